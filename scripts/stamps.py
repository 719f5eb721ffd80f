"""What has been done already, so that it need not be done again: one small JSON file of step → fingerprint.

A stamp is written when its step has succeeded and lies with what the step made, so that both vanish together.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over the names and bytes of all files named or found below `paths`, whatever their dates."""
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".pyc":
                continue
            digest.update(f"{file.relative_to(path.parent)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


class Stamps:
    """The stamps kept in one file; a missing or unreadable file holds none."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __contains__(self, stamp: tuple[str, str]) -> bool:
        step, value = stamp
        return self._read().get(step) == value

    def add(self, *stamps: tuple[str, str]) -> None:
        """Remember that each step was done for its fingerprint."""
        known = self._read() | dict(stamps)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def _read(self) -> dict[str, str]:
        try:
            known = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}
