"""Public answers by content version: `304` where the reader has the page, else from the page cache, else made and kept.

Stands outside all other middleware, so that a kept page costs little more than looking it up; what those add to a page
(the security headers) is kept with it. No public answer depends on a cookie. Whoever brings the cookie of a session or
of a form is served past the cache, and told to keep nothing.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from content import databases, page_cache
from content.compression import compress, encoding_for
from content.models import ContentVersion

_PRIVATE = "private, no-store"
_BRIEF = "public, max-age=60"
# Answers without content of their own that are still a function of address and content.
_POINTERS = frozenset({301, 302, 308, 404, 410})


class ContentVersionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        environ = request.META
        # For apps below this one, which may print the number and ask for it only then.
        request.content_version = SimpleLazyObject(ContentVersion.current)  # type: ignore[attr-defined]  # ours
        if page_cache.is_public(environ):
            with databases.reader():
                page = page_cache.find(environ)
                return page.response() if page else self._made(request)
        if page_cache.is_reading(environ):
            with databases.reader(may_have_written=True):
                response = self._read(request)
        else:
            response = self.get_response(request)
        private = request.path_info.startswith(page_cache.EDITORS) or page_cache.has_private_cookie(environ)
        if private and not request.path_info.startswith(page_cache.OWN_RULES):
            _forbid_keeping(response)
        return response

    def _read(self, request: HttpRequest) -> HttpResponseBase:
        """What the view makes; from another database where the one it read from has failed."""
        response = self.get_response(request)
        if response.status_code == 503 and databases.can_try_again():
            page_cache.forget_key(request.META)
            response = self.get_response(request)
        return response

    def _made(self, request: HttpRequest) -> HttpResponseBase:
        response = self._read(request)
        if not _is_shared(response) or databases.is_adrift():
            return response
        if response.status_code == 200 and isinstance(response, HttpResponse):
            encoding = encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", ""))
            # What is asked with a query is asked by few.
            compress(response, encoding, quickly=bool(request.META.get("QUERY_STRING")))
            for name, value in page_cache.public_headers(request.META).items():
                response[name] = value
            page_cache.keep(request.META, response)
        elif response.status_code in _POINTERS and not response.get("Location", "").startswith("http"):
            # Caches on the way may keep it for a minute. Ours does not: there is no end of addresses that are not here.
            # A redirect to https must not be kept for those who already are there.
            response["Cache-Control"] = _BRIEF
        return response


def _is_shared(response: HttpResponseBase) -> bool:
    """Whether all readers get this answer.

    A view that says itself how its answer may be kept is taken at its word; an answer that sets a cookie or depends on
    one is one reader's; a nonce in the policy is good for one answer only.
    """
    return not (
        response.has_header("Cache-Control")
        or response.cookies
        or "cookie" in response.get("Vary", "").lower()
        or "'nonce-" in response.get("Content-Security-Policy", "")
    )


def _forbid_keeping(response: HttpResponseBase) -> None:
    if "no-store" not in response.get("Cache-Control", ""):
        response["Cache-Control"] = _PRIVATE
