"""What a public page is made from, as one short key: the content, the code, the day, the address and the encoding.

Two requests with the same key get the same bytes. The ETag, the page cache and a `304` all hang on it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from content import databases

# What pages are made with besides the apps: files and folders below the project's folder.
_INGREDIENTS = ("markup", "templates", "static", "requirements/run.txt", "package-lock.json")
_SUFFIXES = frozenset(
    {".py", ".html", ".txt", ".xml", ".css", ".js", ".svg", ".png", ".ico", ".json", ".woff2", ".typ"}
)
# Settings from the environment that readers see on the pages.
_VISIBLE_SETTINGS = ("SITE_URL", "ACCESSIBILITY_STATEMENT_URL", "CONTACT_EMAIL", "CONTACT_PHONE")


def page_key(environ: Mapping[str, Any], encoding: str) -> str:
    """The key of the page that the WSGI request `environ` asks for, encoded with `encoding`.

    The day belongs to it because pages tell what is to come from what has come into force; how the request came to us
    (http or https) because the security headers that are kept with a page differ by it.
    """
    proxy_header, _ = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    ingredients = (
        str(databases.version()),
        code_version(),
        str(timezone.localdate().toordinal()),
        environ["wsgi.url_scheme"],
        environ.get(proxy_header, ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
    )
    address = repr(ingredients).encode("utf-8", "surrogatepass")
    return f"{hashlib.blake2b(address, digest_size=15).hexdigest()}-{encoding or 'plain'}"


@cache
def code_version() -> str:
    """What the pages are made with, found once in a process: CODE_VERSION, or else a hash of the files themselves.

    Nodes that run the same code under the same settings get the same answer.
    """
    if settings.CODE_VERSION:
        return str(settings.CODE_VERSION)
    digest = hashlib.sha256()
    for name in _VISIBLE_SETTINGS:
        digest.update(f"{name}={getattr(settings, name)}\n".encode())
    for path in _files():
        digest.update(f"{path.relative_to(settings.BASE_DIR).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def _files() -> Iterator[Path]:
    own_apps = (Path(config.path) for config in apps.get_app_configs())
    roots = {path for path in own_apps if path.parent == settings.BASE_DIR}
    roots |= {settings.BASE_DIR / name for name in _INGREDIENTS}
    for root in sorted(roots):
        candidates = sorted(root.rglob("*")) if root.is_dir() else [root]
        yield from (path for path in candidates if path.suffix in _SUFFIXES and path.is_file())
