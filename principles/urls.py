from django.urls import path

from principles import views

app_name = "principles"

urlpatterns = [
    path("", views.principle_list, name="principles"),
    path("matrix/", views.matrix, name="matrix"),
    # /principper/fokus-paa-forebyggelse/
    path("<slug:slug>/", views.principle, name="principle"),
]
