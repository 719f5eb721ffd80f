"""Sees every request from outside, those answered by the front door too: its line in the log, its numbers, its id.

What is told of a request: method, view, status, how the page cache served, time and bytes; the path where it is one of
ours. Never the query, the sender, the browser, a cookie or a user.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve

from operations import metrics, request_ids
from operations.logs import REQUESTS
from operations.masking import masked

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

logger = logging.getLogger(REQUESTS)

_MADE = "hjemvej.made_by_django"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
# Asked for every few seconds by whoever watches; in the log only where all is.
_PROBES = frozenset({"healthz", "readyz"})
# Addresses with keys and numbers of persons in them.
_PRIVATE_PATHS = ("/admin/",)
_LONGEST_PATH = 200


def observed(django: Application, door: Callable[[Application], Application]) -> Application:
    """`django` behind `door`, which answers some requests itself; each request is told of when it has been answered."""
    inner = door(_marking(django))

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request_ids.begin(environ)
        started = time.perf_counter()
        answer: tuple[str, Headers] = ("", [])

        def start(status: str, headers: Headers, *error: Any) -> Any:
            nonlocal answer
            answer = status, headers
            if _MADE in environ and not _is_shared(headers):
                headers = [*headers, (request_ids.HEADER, request_ids.current())]
            return start_response(status, headers, *error)

        body = inner(environ, start)
        _tell(environ, *answer, time.perf_counter() - started)
        return body

    return application


def _marking(django: Application) -> Application:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        environ[_MADE] = True
        return django(environ, start_response)

    return application


def _is_shared(headers: Headers) -> bool:
    """Whether caches hand the answer to others too, who asked with other ids."""
    return any(name.lower() == "cache-control" and "public" in value for name, value in headers)


def _tell(environ: dict[str, Any], status: str, headers: Headers, seconds: float) -> None:
    is_logged = logger.isEnabledFor(logging.INFO)
    if not (is_logged or metrics.are_on()):
        return
    code = int(status[:3])
    method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in _METHODS else "other"
    view = _view(environ.get("PATH_INFO", ""))
    cache = _cache(environ, view, code, headers)
    metrics.count_request(view, method, code, cache, seconds)
    if is_logged and (view not in _PROBES or logger.isEnabledFor(logging.DEBUG)):
        fields: dict[str, Any] = {"method": method, "view": view, "status": code, "cache": cache}
        fields |= {"duration_ms": round(seconds * 1000, 1), "bytes": _length(headers)}
        path = get_path_info(environ)
        if (code < 400 or code >= 500) and view not in ("", "static") and not path.startswith(_PRIVATE_PATHS):
            fields["path"] = masked(path[:_LONGEST_PATH])
        logger.info("%s %s %s", method, view or "no view", code, extra={"fields": fields})


def _cache(environ: Mapping[str, Any], view: str, code: int, headers: Headers) -> str:
    """How the page cache served: "hit", "revalidated" (304), "made" (and now kept), or "none"."""
    if _MADE not in environ:
        return "revalidated" if code == 304 else "hit"
    is_kept = code == 200 and view != "static" and _is_shared(headers)
    return "made" if is_kept and any(name == "ETag" for name, _ in headers) else "none"


def _length(headers: Headers) -> int | None:
    return next((int(value) for name, value in headers if name.lower() == "content-length"), None)


@lru_cache(maxsize=2048)
def _view(raw_path: str) -> str:
    """The name of the view that answers a path, "" where there is none: a number of names that does not grow."""
    path = get_path_info({"PATH_INFO": raw_path})
    if path.startswith(settings.STATIC_URL):
        return "static"
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""
