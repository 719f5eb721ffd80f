from django.urls import re_path

from images import views
from markup.images import IMAGES_AT, NAME

app_name = "images"

urlpatterns = [re_path(rf"^{IMAGES_AT.lstrip('/')}(?P<name>{NAME})$", views.image, name="image")]
