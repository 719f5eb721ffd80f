"""Images as readers get them: kept for a year, for their address is their content, and unable to do anything."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import condition, require_safe

from images.files import path_of

_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    # Opened by itself, as a page, it has no rights at all.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _etag(request: HttpRequest, name: str) -> str | None:
    return f'"{name}"' if path_of(name).is_file() else None


@require_safe
@condition(etag_func=_etag)
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file called `name`; SecurityMiddleware adds nosniff."""
    try:
        file = path_of(name).open("rb")
    except FileNotFoundError:
        raise Http404("There is no such image.") from None
    return FileResponse(file, content_type=_TYPES[name.rpartition(".")[2]], headers=_HEADERS)
