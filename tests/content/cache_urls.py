"""A tiny site for the tests of the page cache; `calls` counts how often a page was really made."""

from collections import Counter

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path

calls: Counter[str] = Counter()
TEXT = "Borgeren skal have rådgivning. " * 100


def page(request: HttpRequest) -> HttpResponse:
    calls[request.get_full_path()] += 1
    if request.GET.get("side", "1") == "0":
        return HttpResponse("Siden findes ikke.", status=404)
    return HttpResponse(f"<p>{TEXT}</p>{request.GET.get('q', '')}")


def broken(request: HttpRequest) -> HttpResponse:
    calls[request.get_full_path()] += 1
    return HttpResponse("Noget gik galt.", status=503)


def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def visits(request: HttpRequest) -> HttpResponse:
    calls[request.get_full_path()] += 1
    return HttpResponse("Med session" if request.session.get("x") else "Uden session")


def unsettled(request: HttpRequest) -> HttpResponse:
    calls[request.get_full_path()] += 1
    return HttpResponse(TEXT, headers={"Cache-Control": "no-store"})


def stream(request: HttpRequest) -> HttpResponseBase:
    calls[request.get_full_path()] += 1
    return StreamingHttpResponse([b"a", b"b"])


def big(request: HttpRequest) -> HttpResponse:
    calls[request.get_full_path()] += 1
    return HttpResponse(b"x" * 600_000, content_type="application/octet-stream")


urlpatterns = [
    path("side/", page),
    path("anden/", page),
    path("broken/", broken),
    path("form/", form),
    path("visits/", visits),
    path("unsettled/", unsettled),
    path("stream/", stream),
    path("big/", big),
    path("admin/side/", page),
    path("healthz", page),
]
