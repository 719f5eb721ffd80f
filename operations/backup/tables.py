"""Rows ↔ lines of JSON: one list of values for each row, in the order of the table's columns.

Values are as Python has them, times in UTC to the microsecond, and so the same from either database.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, Model

from operations.backup.errors import BackupError

# Who is signed in, and what is made anew: finished pages, and the search index in PostgreSQL.
_LEFT_OUT = {
    "sessions.session",
    "content.storedpage",
    "search.indexstate",
    "search.indexeddocument",
    "search.frequentterm",
}
# What `manage.py migrate` fills, and a restore therefore replaces.
_MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission", "auth.group", "auth.group_permissions"}
# So many rows, some of them long texts, are in memory at a time.
_ROWS = 100


Models = Mapping[str, type[Model]]


def labelled(models: Iterable[type[Model]]) -> Models:
    """Models by their labels, in order."""
    return dict(sorted((str(model._meta.label_lower), model) for model in models))


def kept(models: Models) -> Models:
    """Those whose rows a backup holds."""
    return {label: model for label, model in models.items() if label not in _LEFT_OUT}


def columns_of(model: type[Model]) -> tuple[str, ...]:
    return tuple(str(field.column) for field in model._meta.local_concrete_fields)


def rows_of(model: type[Model]) -> Iterator[bytes]:
    """All rows, as lines. Inside a transaction, none are in memory but the next few, on PostgreSQL too."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    rows = model._base_manager.using(DEFAULT_DB_ALIAS).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_ROWS):
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    """Dates and times; what else JSON does not know must be thought about before a backup can hold it."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a backup cannot hold {value!r}")


def insert(model: type[Model], columns: Sequence[str], lines: Iterable[bytes]) -> None:
    """Put the rows in as they were, keys and times included, past models and signals."""
    by_column: dict[str, Any] = {str(field.column): field for field in model._meta.local_concrete_fields}
    if set(columns) != by_column.keys():
        raise BackupError(f"The table {model._meta.label_lower} has other columns than those of the backup.")
    fields = [by_column[column] for column in columns]
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    remaining = iter(lines)
    with connection.cursor() as cursor:
        while batch := list(islice(remaining, _ROWS)):
            rows = (json.loads(line) for line in batch)
            cursor.executemany(statement, [list(map(_stored, fields, row)) for row in rows])


def _stored(field: "Field[Any, Any]", value: Any) -> Any:
    """What the database takes for a value. In a JSON column that must hold something, None is the null of JSON."""
    prepare = field.get_db_prep_save if field.null else field.get_db_prep_value
    return prepare(field.to_python(value), connection)


def refuse_unless_empty(models: Models) -> None:
    """Raises BackupError where the installation has more than what its making has put there."""
    for label, model in kept(models).items():
        if label not in _MADE_BY_MIGRATE and model._base_manager.using(DEFAULT_DB_ALIAS).exists():
            raise BackupError(f"This installation is not empty: there are rows in {label}. Restore into an empty one.")


def clear_made_by_migrate(models: Models) -> None:
    with connection.cursor() as cursor:
        for label in sorted(_MADE_BY_MIGRATE):
            table = connection.ops.quote_name(models[label]._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - our own name


def reset_sequences(models: Iterable[type[Model]]) -> None:
    """The next row gets a key of its own. SQLite sees to that by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
