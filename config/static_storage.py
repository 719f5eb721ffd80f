"""How collected static files are kept: under names that change with their content, but for those asked for plainly."""

from collections.abc import Iterable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

# The pages that say that something failed name it so, because the list of the other names may be what failed.
PLAIN = frozenset({"css/failure.css"})


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, which keeps only the changing names where the settings say so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, looked up once: it stays the same, and a dozen stand on each page."""
        if name not in self._addresses:
            self._addresses[name] = super().url(name, force)
        return self._addresses[name]

    def delete_files(self, files_to_delete: Iterable[str]) -> None:
        super().delete_files(set(files_to_delete) - PLAIN)
