"""A site with many times the content: `python -m bench.records TIMES` copies what is stored, in the database itself.

Guidelines with their instructions, situations, terms, resources and sources are copied, with all that ties them to each
other, so that each copy has as many relations and backlinks as its model. Themes, principles, actors and the law, which
texts hang on, stay as many as they are: their pages get many times the links. A copy has an address of its own; its
words, and the links that stand in its HTML, are those of its model.
"""

# ruff: noqa: S608 - the statements are put together of our own models' names alone

import os
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import django
from django.db import connection, models, transaction

if TYPE_CHECKING:  # models can be imported only when Django is set up
    from library.models import Record

# Keys of copies are this much larger for each generation.
_STEP = 1_000_000
_GENERATIONS = "bench_generation"
_COPIED = "bench_copied"
_IDS = f"SELECT id FROM {_COPIED}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    multiply(int(sys.argv[1]))


def multiply(times: int) -> None:
    """Make the content `times` as large."""
    kinds = [model.KIND.value for model in _records()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {_GENERATIONS} (g bigint)")
        cursor.executemany(f"INSERT INTO {_GENERATIONS} VALUES (%s)", [[g] for g in range(1, times)])
        cursor.execute(f"CREATE TEMPORARY TABLE {_COPIED} (id bigint PRIMARY KEY)")
        places = ", ".join(["%s"] * len(kinds))
        cursor.execute(f"INSERT INTO {_COPIED} SELECT id FROM library_record WHERE kind IN ({places})", kinds)
        for model, *owners in _tables():
            cursor.execute(_copy(model, owners))


def _records() -> "list[type[Record]]":
    from guidelines.models import Guideline, Situation
    from library.models import GlossaryTerm, Resource, Source

    return [Source, GlossaryTerm, Resource, Guideline, Situation]


def _tables() -> Iterator[tuple[type[models.Model], *tuple[str, ...]]]:
    """The tables in the order in which they need each other, each with the columns that say whose a row is."""
    from content.models import StoredPage
    from guidelines.models import Basis, Instruction, SituationStep
    from library.models import Citation, Link, Record, TaggedRecord

    yield Record, "id"
    yield from ((model, "record_ptr_id") for model in _records())
    yield StoredPage, "record_id"
    yield Instruction, "guideline_id"
    yield Basis, "instruction_id"
    yield SituationStep, "situation_id"
    # What stays links to the copies as well.
    yield Link, "source_id", "target_id"
    yield Citation, "source_id"
    yield TaggedRecord, "object_id"
    owners: list[type[models.Model]] = [*_records(), Instruction]
    for model in owners:
        for relation in model._meta.local_many_to_many:
            through = getattr(model, relation.name).through
            if through._meta.auto_created:
                yield through, through._meta.get_field(relation.m2m_field_name()).column


def _copy(model: type[models.Model], owners: Sequence[str]) -> str:
    """Copies of the rows of `model` of which one of the columns `owners` is a copied record, or an instruction."""
    from guidelines.models import Instruction

    table, instructions = model._meta.db_table, Instruction._meta.db_table
    fields = model._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field) for field in fields)
    copied = {"instruction_id": f"SELECT id FROM {instructions} WHERE id < {_STEP}"}
    among = " OR ".join(f"t.{owner} IN ({copied.get(owner, _IDS)})" for owner in owners)
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" t, {_GENERATIONS} WHERE {among}'


def _value(field: models.Field) -> str:
    """What a copy has in a column: a key of its own, the key of a copy where one is made, an address of its own."""
    column = f't."{field.column}"'
    if isinstance(field, models.ForeignKey):
        return _reference(field, column)
    if field.primary_key or field.name == "object_id":
        return f"{column} + g * {_STEP}"
    if field.name == "slug":
        return f"{column} || '-' || g"
    if field.name == "address":
        return f"rtrim({column}, '/') || '-' || g || '/'"
    # Behind all models, in the order of the models.
    return f"{column} + g * 100" if field.name == "number" else column


def _reference(field: "models.ForeignKey[models.Model, models.Model]", column: str) -> str:
    from guidelines.models import Instruction
    from library.models import Record

    target = field.related_model
    if target is Instruction:
        return f"{column} + g * {_STEP}"
    if isinstance(target, type) and issubclass(target, Record):
        return f"{column} + CASE WHEN {column} IN ({_IDS}) THEN g * {_STEP} ELSE 0 END"
    return column


if __name__ == "__main__":
    main()
