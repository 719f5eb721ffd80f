"""Addresses of the admin beyond Django's own."""

from django.urls import path

from content.preview import preview

app_name = "content"

urlpatterns = [path("forhaandsvisning/", preview, name="preview")]
