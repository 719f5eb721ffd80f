"""What a backup says of itself: the last member of its file, as JSON."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from operations.backup.errors import BackupError

# Raised when older programs could no longer read the file rightly.
FORMAT = 1


@dataclass(frozen=True)
class TablePart:
    """One table: the model by its label, its columns in the order of each row's values, and what its member holds."""

    model: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True)
class ImagePart:
    """One image file by its name in the folder of the images."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """made_at: the moment that the backup shows. program: which code made it, as its ETags call it.

    migrations: app → those applied, which say what the tables look like. missing: images that were recorded and had no
    file, or a damaged one.
    """

    made_at: datetime
    program: str
    database: str
    content_version: int
    migrations: dict[str, list[str]]
    tables: tuple[TablePart, ...]
    images: tuple[ImagePart, ...]
    missing: tuple[str, ...]


def table_member(model: str) -> str:
    return f"tables/{model}.jsonl"


def image_member(name: str) -> str:
    return f"media/{name}"


def dump(manifest: Manifest) -> bytes:
    fields = {"format": FORMAT, **asdict(manifest), "made_at": manifest.made_at.isoformat()}
    return json.dumps(fields, indent=1).encode()


def parse(data: bytes) -> Manifest:
    """Raises `BackupError` for a newer format, and any of KeyError, TypeError and ValueError for no manifest."""
    fields: dict[str, Any] = json.loads(data)
    found = fields.pop("format")
    if found != FORMAT:
        raise BackupError(
            f"The backup is of format {found}, this program knows format {FORMAT}. Restore it with the program that "
            "made it, or a newer one."
        )
    made_at = datetime.fromisoformat(fields.pop("made_at"))
    tables = tuple(TablePart(**{**part, "columns": tuple(part["columns"])}) for part in fields.pop("tables"))
    images = tuple(ImagePart(**part) for part in fields.pop("images"))
    missing = tuple(fields.pop("missing"))
    return Manifest(made_at=made_at, tables=tables, images=images, missing=missing, **fields)
