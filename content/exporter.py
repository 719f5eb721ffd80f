"""Database → files: the published texts as the tree that the loader reads, byte for byte."""

from pathlib import Path

from content.companions import COMPANIONS
from content.plan import record_of
from library.models import Record as RecordRow
from markup.kinds import FOLDERS


def export(folder: Path) -> int:
    """Write every record below `folder`, remove record files that the database does not have, and count the records.

    Files that already hold the right bytes are not touched.
    """
    written = {}
    for row in RecordRow.objects.order_by("kind", "slug"):
        written[folder / record_of(row).path] = row.text.encode()
    companions = {folder / companion.path: companion.dump() for companion in COMPANIONS}
    for path, content in (written | {path: content for path, content in companions.items() if content}).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
    for kind_folder in FOLDERS.values():
        for path in sorted((folder / kind_folder).rglob("*.md")):
            if path not in written:
                path.unlink()
    for path, content in companions.items():
        if not content:
            path.unlink(missing_ok=True)
    return len(written)
