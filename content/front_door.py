"""The WSGI application in front of Django: answers from the page cache before a request object is even made.

Only a shortcut. What it does not answer, `ContentVersionMiddleware` does in the same way, with the same functions.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError

from content import page_cache

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_front_door(django: Application) -> Application:
    """`django`, asked only for what the page cache cannot answer."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        page = _find(environ)
        if page is None:
            return django(environ, start_response)
        start_response(page.status, page.headers)
        return [page.body]

    return application


def _find(environ: dict[str, Any]) -> page_cache.Page | None:
    if not page_cache.is_public(environ):
        return None
    try:
        return page_cache.find(environ)
    except DatabaseError:
        # A connection that has gone stale: Django makes a new one, or says properly what is wrong.
        return None
