from django.urls import path

from library import views

app_name = "library"

urlpatterns = [
    # /love/serviceloven/85a/
    path("love/", views.act_list, name="acts"),
    path("love/<slug:slug>/", views.act, name="act"),
    path("love/<slug:act>/<slug:key>/", views.provision, name="provision"),
    # /materialer/housing-first/
    path("materialer/", views.resource_list, name="resources"),
    path("materialer/<slug:slug>/", views.resource, name="resource"),
    # /begreber/handleplan/
    path("begreber/", views.glossary, name="glossary"),
    path("begreber/<slug:slug>/", views.term, name="term"),
    # /kilder/nr-2020/
    path("kilder/", views.source_list, name="sources"),
    path("kilder/<slug:slug>/", views.source, name="source"),
    path("om/", views.about, name="about"),
    path("om/privatliv/", views.privacy, name="privacy"),
]
