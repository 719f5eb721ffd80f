"""A bare Django site: one view, no middleware, no database, that returns the bytes of a captured page.

The measure that Hjemvej's pages are held against: what Django and the application server alone cost for the same bytes.
Serve it like the real site: `BARE_PAGE=<file> granian --interface wsgi bench.bare:application`.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, SECRET_KEY="not secret: nothing is signed here")  # noqa: S106 - no session, no form, nothing to sign

_captured = Path(os.environ["BARE_PAGE"])
_headers: dict[str, str] = json.loads(_captured.with_suffix(".json").read_text(encoding="utf-8"))
_body = _captured.read_bytes()


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_body, headers=_headers)


urlpatterns = [path("", page)]
application = get_wsgi_application()
