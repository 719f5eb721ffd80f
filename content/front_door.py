"""The WSGI application in front of Django: answers from the page cache before a request object is even made.

Only a shortcut. What it does not answer, `ContentVersionMiddleware` does in the same way, with the same functions.
"""

from collections.abc import Callable, Iterable
from typing import Any

from content import databases, page_cache

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def with_front_door(django: Application) -> Application:
    """`django`, asked only for what the page cache cannot answer."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not page_cache.is_public(environ):
            return django(environ, start_response)
        with databases.reader():
            page = page_cache.find(environ)
            if page is None:
                return django(environ, start_response)
        start_response(page.status, page.headers)
        return [page.body]

    return application
