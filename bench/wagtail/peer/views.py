"""Searching, as the view that `wagtail start` makes does it: all live pages, ten at a time."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page


def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    found = Page.objects.live().search(query) if query else Page.objects.none()
    results = Paginator(found, 10).get_page(request.GET.get("page"))
    return TemplateResponse(request, "peer/search.html", {"query": query, "results": results})
