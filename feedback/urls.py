from django.urls import path

from feedback import views

app_name = "feedback"

urlpatterns = [
    # /feedback/?side=/begreber/handleplan/
    path("", views.ask, name="ask"),
    path("tak/", views.thanks, name="thanks"),
]
