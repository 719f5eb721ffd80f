"""The id of the request that is being answered: in every log line, on the page that says something failed, in a header.

A trusted proxy may give it (`X-Request-ID`), so that its log and ours can be laid side by side; else it is made here.
It says nothing about who asked.
"""

import re
import secrets
from collections.abc import MutableMapping
from contextvars import ContextVar
from typing import Any

from django.conf import settings

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_KEY = "hjemvej.request_id"
_environ: ContextVar[MutableMapping[str, Any] | None] = ContextVar("environ", default=None)


def begin(environ: MutableMapping[str, Any]) -> None:
    """From here on, this thread answers the WSGI request `environ`."""
    _environ.set(environ)


def current() -> str:
    """The id of the request being answered; "" outside of one. Made when first asked for, as few requests need it."""
    environ = _environ.get()
    if environ is None:
        return ""
    found: str | None = environ.get(_KEY)
    if found is None:
        found = environ[_KEY] = _given(environ) or secrets.token_hex(8)
    return found


def query_string() -> str:
    """The query of the request being answered, as it came: what must not get into a log."""
    environ = _environ.get()
    return str(environ.get("QUERY_STRING", "")) if environ else ""


def _given(environ: MutableMapping[str, Any]) -> str:
    given = str(environ.get("HTTP_X_REQUEST_ID", "")) if settings.BEHIND_PROXY else ""
    return given if _WELL_FORMED.fullmatch(given) else ""
