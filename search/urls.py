from django.urls import path

from search import views

app_name = "search"

# /soeg/?q=fogeden+kommer&forpligtelse=skal
urlpatterns = [path("", views.search_page, name="search")]
