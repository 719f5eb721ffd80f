from django.urls import path

from guidelines import views

app_name = "guidelines"

urlpatterns = [
    path("", views.home, name="home"),
    # /retningslinjer/boligindsatser/boligfastholdelse/
    path("retningslinjer/", views.theme_list, name="themes"),
    path("retningslinjer/<slug:theme>/", views.theme, name="theme"),
    path("retningslinjer/<slug:theme>/<slug:slug>/", views.guideline, name="guideline"),
    # /aktoerer/boformer/
    path("aktoerer/", views.actor_list, name="actors"),
    path("aktoerer/<slug:slug>/", views.actor, name="actor"),
    # /situationer/loesladelse/
    path("situationer/", views.situation_list, name="situations"),
    path("situationer/<slug:slug>/", views.situation, name="situation"),
    # /anvisninger/?forpligtelse=skal&aktoer=boformer
    path("anvisninger/", views.instruction_finder, name="instructions"),
    path("anvisninger.csv", views.instruction_csv, name="instructions-csv"),
    path("overblik/", views.overview, name="overview"),
]
