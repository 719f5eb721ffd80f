"""`manage.py restore`: a backup → an empty installation, all of it or nothing; then what is derived is made anew."""

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, DatabaseError, transaction
from django.db.models import F

from content.models import ContentVersion
from content.rendering_version import rendering_version
from content.store import store
from content.stored_pages import refresh
from images.cleaning import content_hash
from images.files import path_of, put
from operations.backup import schema, tables
from operations.backup.archive import Reader, reading
from operations.backup.errors import BackupError
from operations.backup.manifest import Manifest
from search.engines import get_engine

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Restored:
    """What an installation now has. remarks: what is left to do, in whole sentences."""

    manifest: Manifest
    content_version: int
    remarks: tuple[str, ...]


def check(path: Path) -> Manifest:
    """Read a backup from beginning to end. Raises BackupError where anything in it is wrong; OSError if unreadable."""
    with reading(path) as backup:
        backup.verify()
        return backup.manifest


def restore(path: Path) -> Restored:
    """Fill this empty installation with the backup at `path`. Raises BackupError, or OSError for an unreadable file."""
    with reading(path) as backup:
        backup.verify()
        nodes = schema.from_apps(backup.manifest.migrations)
        schema.refuse_unfit(nodes)
        tables.refuse_unless_empty(schema.models_at(schema.applied()))
        schema.bring_to(nodes)
        with _as_one_error(), transaction.atomic():
            _load(backup, schema.models_at(nodes))
    remarks = tuple(_make_derived())
    return Restored(backup.manifest, ContentVersion.current(), remarks)


@contextmanager
def _as_one_error() -> Iterator[None]:
    try:
        yield
    except (DatabaseError, ValueError) as error:  # ValueError: what one database can hold and the other cannot
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise BackupError(f"The database does not take the backup, and nothing was changed: {reason}") from error


def _load(backup: Reader, models: tables.Models) -> None:
    """Rows, content version and images, inside the caller's transaction."""
    tables.refuse_unless_empty(models)  # again, now that nobody can come between
    tables.clear_made_by_migrate(models)
    for part in backup.manifest.tables:
        if part.model not in models:
            raise BackupError(f"The backup has a table {part.model}, which this program does not know.")
        tables.insert(models[part.model], part.columns, backup.rows(part))
    tables.reset_sequences(models.values())
    _raise_content_version(models, backup.manifest.made_at)
    with _images_of(backup):
        # Now rather than at the end, when the images could no longer be taken back.
        transaction.get_connection(DEFAULT_DB_ALIAS).check_constraints()


def _raise_content_version(models: tables.Models, made_at: datetime) -> None:
    """By one for each second begun since the backup, and one: beyond whatever was published meanwhile and is lost.

    No reader and no proxy then has anything under a number that comes again.
    """
    seconds = 1 + max(1, math.ceil((datetime.now(UTC) - made_at).total_seconds()))
    versions = models["content.contentversion"]._base_manager.using(DEFAULT_DB_ALIAS)
    versions.update(number=F("number") + seconds)


@contextmanager
def _images_of(backup: Reader) -> Iterator[None]:
    """Put the images in their folder, before the rows that name them are there for others; take back what is new of
    them if those do not come."""
    new: list[Path] = []
    try:
        for part in backup.manifest.images:
            path = path_of(part.name)
            if path.exists() and content_hash(path.read_bytes()) != path.stem:
                path.unlink()
            if not path.exists():
                put(path, backup.image(part))
                new.append(path)
        yield
    except BaseException:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _make_derived() -> Iterator[str]:
    """Bring the tables up to date, and make anew what is made of the rows; gives what could not be.

    The rows are there for good: whatever goes wrong here is told, and must not look like a restore that failed.
    """
    ContentType.objects.clear_cache()
    for step, otherwise in (
        (schema.bring_up_to_date, "run manage.py migrate"),
        (_render_anew, "the pages stay as they were rendered then; manage.py load_content says what is wrong"),
        (refresh, "pages are made when they are asked for"),
        (get_engine().rebuild, "run manage.py rebuild_index"),
    ):
        try:
            step()
        except Exception as error:
            logger.debug("After a restore", exc_info=True)
            yield f"{error}: {otherwise}."


def _render_anew() -> None:
    """The HTML of all texts, where another version of the rendering made it."""
    if ContentVersion.objects.exclude(rendering=rendering_version()).exists():
        with transaction.atomic():
            store([], render_all=True)
            ContentVersion.objects.update(rendering=rendering_version())
