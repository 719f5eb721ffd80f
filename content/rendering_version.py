"""Which version of the rendering is running: stored HTML made by another one is made anew at the next load."""

import hashlib
from functools import cache
from pathlib import Path

import markup


@cache
def rendering_version() -> str:
    """A hash over the source of `markup`, the only code that turns texts into HTML."""
    digest = hashlib.sha256()
    for folder in markup.__path__:
        for path in sorted(Path(folder).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
