"""How collected static files are kept: under names that change with their content, but for those asked for plainly."""

from collections.abc import Iterable
from functools import lru_cache

from whitenoise.storage import CompressedManifestStaticFilesStorage

# The pages that say that something failed name it so, because the list of the other names may be what failed.
PLAIN = frozenset({"css/failure.css"})


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, which keeps only the changing names where the settings say so."""

    @lru_cache(maxsize=500)  # noqa: B019  # there is one storage, and it lives as long as the process
    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file, which stays the same while the process runs, and stands a dozen times on each page."""
        return str(super().url(name, force))

    def delete_files(self, files_to_delete: Iterable[str]) -> None:
        super().delete_files(set(files_to_delete) - PLAIN)
