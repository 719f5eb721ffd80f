"""Answers for load balancers: whether the process lives, and whether it can serve readers.

What is wrong is told in plain words to whoever asks; a proxy keeps both addresses from the outside (`deploy/nginx/`).
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from content import databases
from operations import readiness


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Always 200 while the process answers; asks nothing of the database."""
    return _answer(200, {"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when readers can be served; else 503, with what is wrong under `failed`, each check by its name.

    `concerns` holds what somebody should look into, though readers are served.
    """
    with databases.reader():  # from where readers read
        failed, concerns = readiness.failures(), readiness.concerns()
    body: dict[str, object] = {"status": "not ready", "failed": failed} if failed else {"status": "ok"}
    if concerns:
        body["concerns"] = concerns
    return _answer(503 if failed else 200, body)


def _answer(status: int, body: dict[str, object]) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
