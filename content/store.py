"""The one door into the database, for files and for the admin alike.

    records → anchors → catalogue → rendering → checks → rows, in one transaction, with a new content version

Nothing is stored unless everything holds. A record that others link to takes them along: they are rendered and checked
again when what they show of it has changed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from content.catalogue import Key
from content.models import ContentVersion
from content.plan import Plan, key_of, make_plan, record_of
from content.projection import write_columns, write_references, write_relations
from content.registry import MODELS
from content.shown import reached, shown
from content.signals import content_stored
from content.stored_pages import make
from guidelines.models import Instruction
from library.models import Record as RecordRow
from library.models import Tombstone
from library.models.record import text_hash
from markup.kinds import Kind
from markup.problems import Problem
from markup.record import Record, dump

__all__ = ["Farewell", "delete_record", "publish", "record_of", "save_record", "store"]


@dataclass(frozen=True)
class Farewell:
    """What readers are told where a removed record was: why it is gone, and the address to go to instead."""

    reason: str = ""
    successor: str = ""


def save_record(record: Record) -> list[Problem]:
    """Store one record as an editor wrote it, and give the warnings. Raises `ContentError`; then nothing is stored."""
    return store([record])


def delete_record(kind: Kind, slug: str) -> list[Problem]:
    """Remove a record and leave a tombstone. Raises `ContentError` naming the records that still need it."""
    return store([], [(kind, slug)])


def publish() -> None:
    """Publish a change of something that is no record: a new content version, inside the caller's transaction."""
    version = ContentVersion.increment()
    content_stored.send(sender=store, changed=set(), deleted=set(), deleted_keys=set(), version=version)


def store(
    incoming: Sequence[Record],
    deleted: Collection[Key] = (),
    *,
    farewells: Mapping[Key, Farewell] | None = None,
    from_files: bool = False,
    render_all: bool = False,
) -> list[Problem]:
    """Write `incoming`, remove `deleted`, and publish both as one new content version.

    farewells: what readers are told of those removed.
    from_files: the texts are those of files, so that later loads can tell an editor's change from a file's.
    render_all: render every stored record anew.
    Gives the warnings. Raises `ContentError` with all errors, and then has written nothing.
    """
    with transaction.atomic():
        # Raising the version first locks its row: writers take turns, each planning on what the one before published.
        version = ContentVersion.increment()
        plan = make_plan(incoming, deleted, render_all=render_all)
        _retire_addresses(plan, farewells or {})
        old = _primary_keys({*map(key_of, plan.records), *deleted})
        before = shown(old)
        rows = _write(plan, {key_of(record) for record in incoming}, from_files=from_files)
        removed = _remove(deleted)
        changed = {row.pk for row in rows}
        make(reached(before, shown(changed), changed | old))
        content_stored.send(sender=store, changed=changed, deleted=removed, deleted_keys=set(deleted), version=version)
    return plan.warnings


def _write(plan: Plan, incoming: Collection[Key], *, from_files: bool) -> list[RecordRow]:
    """Rows first, then what points at other rows, kind by kind in the order in which they need each other."""
    order = list(MODELS)
    records = sorted(plan.records, key=lambda record: order.index(record.kind))
    now = timezone.now()
    rows = {}
    for record in records:
        key, text = key_of(record), dump(record)
        loaded_hash = text_hash(text) if from_files and key in incoming else None
        row = rows[key] = write_columns(record, text, plan.rendered[key], now, loaded_hash)
    for record in records:
        write_relations(record, rows[key_of(record)], plan.rendered[key_of(record)], plan.catalogue)
    for key, row in rows.items():
        write_references(row, plan.rendered[key])
    return list(rows.values())


def _primary_keys(keys: Collection[Key]) -> set[int]:
    """Those of `keys` that are stored."""
    stored = RecordRow.objects.filter(slug__in={slug for _, slug in keys}).values_list("kind", "slug", "pk")
    return {pk for kind, slug, pk in stored if (Kind(kind), slug) in keys}


def _remove(deleted: Collection[Key]) -> set[int]:
    order = list(MODELS)
    removed = set()
    for kind, slug in sorted(deleted, key=lambda key: order.index(key[0]), reverse=True):
        row = MODELS[kind].objects.get(slug=slug)
        removed.add(row.pk)
        row.delete()
    return removed


def _retire_addresses(plan: Plan, farewells: Mapping[Key, Farewell]) -> None:
    """Leave a tombstone wherever a page or an instruction was and is no longer; take away those in use again."""
    titles = {
        (instruction.guideline.slug, instruction.anchor): instruction.title
        for instruction in Instruction.objects.select_related("guideline")
    }
    in_use = []
    for key in plan.before.keys() | plan.after.keys():
        old, new = plan.before.get(key), plan.after.get(key)
        if new and new != old:
            in_use += [new.url, *(f"{new.url}#{anchor}" for anchor in new.anchors)]
        if old and old.url != (new.url if new else ""):
            farewell = farewells.get(key) or Farewell(successor=new.url if new else "")
            Tombstone.objects.update_or_create(address=old.url, defaults={"title": old.title, **asdict(farewell)})
        if old and new:
            for anchor in old.anchors - new.anchors:
                Tombstone.objects.update_or_create(
                    address=f"{new.url}#{anchor}",
                    defaults={"title": titles[old.slug, anchor], "successor": ""},
                )
    Tombstone.objects.filter(address__in=in_use).delete()
