"""`manage.py backup`: one moment of an installation in use → a file that has all of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from content.edition import code_version
from content.models import ContentVersion
from images.cleaning import content_hash
from images.files import path_of
from images.models import Image
from operations.backup import schema
from operations.backup.archive import Writer, writing
from operations.backup.errors import BackupError
from operations.backup.manifest import ImagePart, Manifest, TablePart, image_member, table_member
from operations.backup.snapshot import snapshot
from operations.backup.tables import columns_of, kept, rows_of


@dataclass(frozen=True)
class Made:
    """What is in a new backup. missing: images that it lacks."""

    content_version: int
    rows: int
    images: int
    missing: tuple[str, ...]


def make(path: Path, *, force: bool = False) -> Made:
    """Write a backup to `path`. Raises BackupError, or OSError where the file cannot be written."""
    with writing(path, force=force) as writer:
        with snapshot():
            manifest = _write(writer)
        writer.finish(manifest)
    rows = sum(part.rows for part in manifest.tables)
    return Made(manifest.content_version, rows, len(manifest.images), manifest.missing)


def _write(writer: Writer) -> Manifest:
    made_at = datetime.now(UTC)
    migrations = schema.applied()
    if not migrations:
        raise BackupError("There is nothing to back up: the database has no tables.")
    tables = []
    for label, model in kept(schema.models_at(migrations)).items():
        digest, count = writer.add(table_member(label), rows_of(model))
        tables.append(TablePart(label, columns_of(model), count, digest))
    images, missing = _write_images(writer)
    return Manifest(
        made_at=made_at,
        program=code_version(),
        database=connection.vendor,
        content_version=ContentVersion.current(),
        migrations=schema.by_app(migrations),
        tables=tuple(tables),
        images=images,
        missing=missing,
    )


def _write_images(writer: Writer) -> tuple[tuple[ImagePart, ...], tuple[str, ...]]:
    """The files of all images that are recorded, and the names of those whose file is missing or damaged."""
    images, missing = [], []
    for name in sorted(Image.objects.sizes()):
        data = _file_of(name)
        if data is None:
            missing.append(name)
        else:
            digest, _ = writer.add(image_member(name), [data], packed=False)
            images.append(ImagePart(name, digest))
    return tuple(images), tuple(missing)


def _file_of(name: str) -> bytes | None:
    path = path_of(name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BackupError(f"Cannot read {path}: {error.strerror}.") from error
    return data if content_hash(data) == path.stem else None
