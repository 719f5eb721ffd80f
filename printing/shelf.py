"""Where finished PDFs lie: made once for a content version, kept as files until the next one."""

import hashlib
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from content.edition import code_version
from content.models import ContentVersion

_log = logging.getLogger(__name__)
# One document at a time in a process: the book wants a whole processor, and who waits for it finds it made.
_making = threading.Lock()


def fetch(name: str, version: ContentVersion, make: Callable[[], bytes]) -> bytes:
    """The file `name` of this content version, from the shelf or else from `make`.

    A disk that cannot be written to is told to the log; the reader gets the document all the same.
    """
    path = _root() / _edition(version) / name
    found = _read(path)
    if found is None:
        with _making:
            found = _read(path)
            if found is None:
                found = make()
                _put(path, found)
    return found


def _root() -> Path:
    return Path(settings.VAR_DIR) / "pdf"


def _edition(version: ContentVersion) -> str:
    """A folder's name for all that documents are made from.

    The moment belongs to it because a database that was restored may count to the same number with other content.
    """
    ingredients = (version.number, version.changed_at.isoformat(), code_version(), settings.SITE_URL)
    return f"{version.number}-{hashlib.blake2b(repr(ingredients).encode(), digest_size=8).hexdigest()}"


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _put(path: Path, pdf: bytes) -> None:
    """Under its name all at once, so that nobody reads half a file; what earlier versions left is removed."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
        Path(draft).replace(path)
        _remove_others(path)
    except OSError as error:
        _log.warning("A PDF could not be kept: %s", error)


def _remove_others(path: Path) -> None:
    current = path.relative_to(_root()).parts[0]
    for folder in _root().iterdir():
        if folder.name != current:
            shutil.rmtree(folder, ignore_errors=True)
