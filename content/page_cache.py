"""The page cache: whole public pages, kept compressed, each under its key; and who may be answered from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from csp.constants import HEADER as POLICY_HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.http.request import split_domain_port, validate_host

from content.compression import encoding_for
from content.edition import page_key

CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"

# Addresses with rules of their own: files, probes, and the editors' side.
EDITORS = "/admin/"
OWN_RULES = (settings.STATIC_URL, settings.MEDIA_URL, "/healthz", "/readyz")
# Bounds for the memory of a process, together with MAX_ENTRIES of the cache.
MAX_QUERY = 200
MAX_BODY = 512 * 1024
# Where the key, once found, stands in the WSGI environment.
_KEY = "hjemvej.page_key"


@dataclass(frozen=True)
class Page:
    """An answer as it goes over the wire."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def response(self) -> HttpResponse:
        return HttpResponse(self.body, status=int(self.status[:3]), headers=dict(self.headers))


def is_public(environ: Mapping[str, Any]) -> bool:
    """Whether the request gets what every reader gets: it only reads, at a public address, and is no editor's."""
    return (
        is_reading(environ)
        and not has_private_cookie(environ)
        and _is_our_host(environ.get("HTTP_HOST") or environ["SERVER_NAME"], tuple(settings.ALLOWED_HOSTS))
        and not settings.DEBUG
    )


def is_reading(environ: Mapping[str, Any]) -> bool:
    """Whether the request only reads, at a public address."""
    return environ["REQUEST_METHOD"] in ("GET", "HEAD") and not environ.get("PATH_INFO", "").startswith(
        (EDITORS, *OWN_RULES)
    )


def has_private_cookie(environ: Mapping[str, Any]) -> bool:
    """Whether the request brings the cookie of a session or of a form, or something that looks like it."""
    cookies = environ.get("HTTP_COOKIE", "")
    return settings.SESSION_COOKIE_NAME in cookies or settings.CSRF_COOKIE_NAME in cookies


def find(environ: dict[str, Any]) -> Page | None:
    """The answer to a public request that needs no making: the reader has the page already, or we do."""
    etag = f'"{key_of(environ)}"'
    if etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        return Page("304 Not Modified", [*public_headers(environ).items(), (POLICY_HEADER, _policy())], b"")
    page: Page | None = caches["pages"].get(key_of(environ)) if _may_keep(environ) else None
    return page


def keep(environ: dict[str, Any], response: HttpResponse) -> None:
    """Keep a finished public page for the next reader, if it is not too big."""
    # A HEAD is answered from a kept page but never makes one: its view may have left the body out.
    if _may_keep(environ) and environ["REQUEST_METHOD"] == "GET" and len(response.content) <= MAX_BODY:
        caches["pages"].set(key_of(environ), Page("200 OK", list(response.items()), response.content))


def key_of(environ: dict[str, Any]) -> str:
    """The key of the page asked for: looked up once in a request."""
    key: str | None = environ.get(_KEY)
    if key is None:
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        key = environ[_KEY] = page_key(environ, encoding)
    return key


def forget_key(environ: dict[str, Any]) -> None:
    """The page will be made from another database, and so perhaps of another version."""
    environ.pop(_KEY, None)


def public_headers(environ: dict[str, Any]) -> dict[str, str]:
    """How a page presents itself to the caches on the way."""
    return {"ETag": f'"{key_of(environ)}"', "Cache-Control": CACHE_CONTROL, "Vary": "Accept-Encoding"}


def _may_keep(environ: Mapping[str, Any]) -> bool:
    return settings.PAGE_CACHE and len(environ.get("QUERY_STRING", "")) <= MAX_QUERY


@lru_cache(maxsize=64)
def _is_our_host(host: str, ours: tuple[str, ...]) -> bool:
    domain, _ = split_domain_port(host)
    return bool(domain) and validate_host(domain, ours)


@cache
def _policy() -> str:
    return str(build_policy())
