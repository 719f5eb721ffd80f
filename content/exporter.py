"""Database → files: the published texts as the tree that the loader reads, byte for byte."""

from collections.abc import Collection, Iterator
from pathlib import Path

from content.catalogue import Key
from content.companions import COMPANIONS
from content.plan import path_of
from library.models import Record as RecordRow
from markup.kinds import FOLDERS
from markup.record import key_of_path


def export(folder: Path, only: Collection[Key] | None = None) -> int:
    """Write every record below `folder`, remove record files that the database does not have, and count the records.

    only: leave the files of all other records as they are. A file that already holds the right bytes is not touched.
    """
    rows = [
        row
        for row in RecordRow.objects.defer("html", "sections").order_by("kind", "slug")
        if only is None or (row.kind, row.slug) in only
    ]
    written = {folder / path_of(row): row.text.encode() for row in rows}
    companions = {folder / path: content for companion in COMPANIONS for path, content in companion.dump().items()}
    for path, content in (written | companions).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    for path in _record_files(folder):
        if path not in written and (only is None or key_of_path(path.relative_to(folder).as_posix()) in only):
            path.unlink()
    for companion in COMPANIONS:
        place = folder / companion.path
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            if path not in companions and path.is_file():
                path.unlink()
    return len(written)


def _record_files(folder: Path) -> Iterator[Path]:
    for kind_folder in FOLDERS.values():
        yield from sorted((folder / kind_folder).rglob("*.md"))
