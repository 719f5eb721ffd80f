"""Addresses of the admin beyond Django's own."""

from django.urls import path

from editorial.preview import preview

app_name = "editorial"

urlpatterns = [path("forhaandsvisning/", preview, name="preview")]
