"""The whole on one page: how themes, guidelines, principles and actors hang together, drawn and in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.overview import draw, outlines, themes


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    whole = outlines()
    picture = draw(whole)
    return render(request, "guidelines/overview.html", {"picture": picture, "themes": themes(whole).items()})
