"""Every address below /api/v1/. They are promised: what they answer may grow, but keeps what it has."""

from django.urls import URLPattern, include, path

from api import application, endpoints
from api.docs import docs

app_name = "api"

# Importing the endpoints has made them part of the API.
_patterns: list[URLPattern] = [
    path(str(pattern.pattern), application.public(pattern.callback), name=pattern.name)
    for pattern in endpoints.api.urls[0]
    if isinstance(pattern, URLPattern)
]

urlpatterns = [
    path("docs", docs, name="docs"),
    path("", include((_patterns, "ninja"), namespace="v1")),
    path("<path:rest>", application.public(application.unknown_address)),
]
