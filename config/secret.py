"""A secret key of this machine's own, for running without any set-up."""

import os
import secrets
from pathlib import Path


def local_secret_key(path: Path) -> str:
    """The key kept in the file `path`; made, readable by its owner only, when there is none yet."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(60)
        file.write(key)
    return key
