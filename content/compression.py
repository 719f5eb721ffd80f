"""Compressing answers, once for all who get them."""

import gzip
from functools import lru_cache

import brotli
from django.http import HttpResponse

_MIN_SIZE = 300
_TYPES = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
# For many readers: close to the smallest there is.
_BROTLI_QUALITY = 5
_GZIP_LEVEL = 6
# For few: in half the time, and a tenth larger.
_QUICK_BROTLI_QUALITY = 3
_QUICK_GZIP_LEVEL = 3


@lru_cache(maxsize=256)
def encoding_for(accept_encoding: str) -> str:
    """The best encoding that a browser accepts: "br", "gzip" or "" for none.

    >>> encoding_for("gzip, deflate, br"), encoding_for("gzip;q=1.0, br;q=0"), encoding_for("identity")
    ('br', 'gzip', '')
    """
    accepted = set()
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        if weight not in ("0", "0.0", "0.00", "0.000"):
            accepted.add(name)
    return next((name for name in ("br", "gzip") if name in accepted), "")


def compress(response: HttpResponse, encoding: str, *, quickly: bool = False) -> None:
    """Compress the body of `response` with `encoding`, where that is worth it, and say its length.

    quickly: for an answer that few will ask for again.
    """
    worth_it = response.get("Content-Type", "").startswith(_TYPES) and len(response.content) >= _MIN_SIZE
    if encoding and worth_it and not response.has_header("Content-Encoding"):
        response.content = _compressed(response.content, encoding, quickly)
        response["Content-Encoding"] = encoding
    response["Content-Length"] = str(len(response.content))


def _compressed(body: bytes, encoding: str, quickly: bool) -> bytes:
    if encoding == "br":
        quality = _QUICK_BROTLI_QUALITY if quickly else _BROTLI_QUALITY
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))
    return gzip.compress(body, compresslevel=_QUICK_GZIP_LEVEL if quickly else _GZIP_LEVEL, mtime=0)
