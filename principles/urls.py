from django.urls import path

from principles import views

app_name = "principles"

urlpatterns = [
    path("", views.principle_list, name="principles"),
    path("matrix/", views.matrix, name="matrix"),
    path("matrix.csv", views.matrix_csv, name="matrix-csv"),
    # /principper/fokus-paa-forebyggelse/
    path("<slug:slug>/", views.principle, name="principle"),
]
