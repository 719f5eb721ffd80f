"""The answer while a database is away, full or too slow: what that means for who asked, and the text they had sent.

Leans on nothing that may be what failed: no database, no session, no list of static files.
"""

from dataclasses import dataclass

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.middleware import ACCOUNT, EDITORS
from operations import request_ids

RETRY_SECONDS = 10
# A value that is longer, or has several lines, is a text that somebody wrote, and is shown.
_SHORT = 60
# Django's, against forged forms; nobody wrote it.
_FORGERY_GUARD = "csrfmiddlewaretoken"
_NOT_SAVED = "Det blev ikke gemt"
_NO_EDITING = "Redigeringen er ude af drift lige nu"
_NO_READING = "Siden kan ikke vises lige nu"


@dataclass(frozen=True)
class Field:
    """A field of a form that was sent, with one value of it."""

    name: str
    value: str

    @property
    def is_text(self) -> bool:
        return self.name != _FORGERY_GUARD and (len(self.value) > _SHORT or "\n" in self.value)


def unavailable(request: HttpRequest) -> HttpResponse:
    """What failed, in Danish; whoever had sent a form gets it back, to be sent again as it is."""
    fields = _sent(request)
    is_editors, is_sent = request.path.startswith(EDITORS), request.method not in ("GET", "HEAD")
    context = {
        "heading": _NOT_SAVED if fields else _NO_EDITING if is_editors or is_sent else _NO_READING,
        "is_editors": is_editors,
        "is_sent": is_sent,
        "address": request.get_full_path(),
        "fields": fields,
        "texts": [field for field in fields if field.is_text],
        "request_id": request_ids.current(),
    }
    response = HttpResponse(render_to_string("errors/503.html", context), status=503)
    response["Cache-Control"] = "private, no-store"
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _sent(request: HttpRequest) -> list[Field]:
    """The fields of a form; no passwords, and nothing of the forms for accounts, which ask for codes too."""
    if request.method != "POST" or request.path.startswith(ACCOUNT):
        return []
    try:
        sent = request.POST
    except (OSError, BadRequest, SuspiciousOperation):
        return []
    return [Field(name, value) for name, values in sent.lists() if "password" not in name for value in values]
