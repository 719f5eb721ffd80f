"""The API itself: what holds for all its answers, and how it says no."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.renderers import JSONRenderer

from content import databases
from search.engines.base import IndexUnusable

logger = logging.getLogger(__name__)

DESCRIPTION = (
    "Hjemvejs indhold som data: retningslinjer, anvisninger, principper, aktører, love, begreber, materialer, "
    "situationer og kilder om indsatsen mod hjemløshed. Teksten er Hjemvejs egen, skrevet ud fra lov og åbne kilder. "
    "Den er ikke den officielle ordlyd. Alt kan kun læses, og der kræves ingen nøgle. "
    "Adresser i »html« er relative til Hjemvejs forside; »url« er altid en hel adresse."
)
# What the endpoints are sorted by, in the order of the page about them.
TOPICS = ("Søgning", "Retningslinjer", "Veje til anvisningerne", "Lov", "Bibliotek", "Om")
NOT_FOUND = "Det findes ikke. Se /api/v1/docs for det, der gør."
NOT_ALLOWED = "Data kan kun læses: brug GET."
FAILED = "Noget gik galt hos os. Prøv igen om lidt."
AWAY = "Databasen svarer ikke. Prøv igen om lidt."
NOT_READY = "Søgningen er ikke klar endnu. Prøv igen om lidt."
INVALID = "Et parameter har en værdi, der ikke kan bruges."
# What pydantic calls the mistakes that a number can have → what is said of them.
_MISTAKES = {
    "greater_than_equal": "skal være mindst {ge}",
    "less_than_equal": "må højst være {le}",
}

View = Callable[..., HttpResponse]


class Renderer(JSONRenderer):
    """Danish letters as they are: shorter, and readable where no program reads them."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = NinjaAPI(
    title="Hjemvejs API",
    version="1",
    description=DESCRIPTION,
    docs_url=None,  # a page of our own: ninja's loads scripts from elsewhere
    urls_namespace="api:v1",
    renderer=Renderer(),
    servers=[{"url": settings.SITE_URL}],
    openapi_extra={"tags": [{"name": topic} for topic in TOPICS]},
)


def public(view: View) -> View:
    """`view` for everybody: only to be read, HEAD like GET, and open to scripts of other sites."""

    @csrf_exempt  # there is nothing to forge, and the refusal is to be ours
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        if asked in ("GET", "HEAD"):
            # ninja knows only the methods that the schema names; the server leaves the body out.
            request.method = "GET"
            response = view(request, *args, **kwargs)
            request.method = asked
        else:
            response = failure(405, NOT_ALLOWED)
            response["Allow"] = "GET, HEAD"
        # Nothing here depends on who asks.
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def failure(status: int, message: str, **more: Any) -> HttpResponse:
    """What every refusal looks like: {"error": a sentence in Danish}, and more where there is more to say."""
    return JsonResponse({"error": message, **more}, status=status, json_dumps_params={"ensure_ascii": False})


def unknown_address(request: HttpRequest, rest: str) -> HttpResponse:
    """Every address below /api/v1/ that is none."""
    return failure(404, NOT_FOUND)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, exception: Http404) -> HttpResponse:
    return failure(404, NOT_FOUND)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, exception: ValidationError) -> HttpResponse:
    problems = [{"parameter": str(error["loc"][-1]), "message": _mistake(error)} for error in exception.errors]
    return failure(422, INVALID, problems=problems)


@api.exception_handler(SuspiciousOperation)
def _refused(request: HttpRequest, exception: SuspiciousOperation) -> HttpResponse:
    """What Django will not read at all, such as thousands of parameters."""
    return failure(400, INVALID)


@api.exception_handler(IndexUnusable)
def _not_ready(request: HttpRequest, exception: IndexUnusable) -> HttpResponse:
    return _later(NOT_READY)


def _later(message: str) -> HttpResponse:
    response = failure(503, message)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "10"
    return response


@api.exception_handler(Exception)
def _failed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise exception
    if databases.is_outage(exception):
        databases.note_failure()
        return _later(AWAY)
    logger.error("The API failed at %s", request.path, exc_info=exception)
    return failure(500, FAILED)


def _mistake(error: Mapping[str, Any]) -> str:
    pattern = _MISTAKES.get(error["type"])
    return pattern.format(**error["ctx"]) if pattern else "skal være et helt tal"
