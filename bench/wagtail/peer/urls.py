from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from peer.views import search

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("soeg/", search, name="search"),
    path("", include(wagtail_urls)),
]
