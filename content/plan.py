"""What storing some records means for all others: decided, rendered and checked before anything is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from content.advice import actor_names, advise
from content.catalogue import Key, merged, stored_entries
from content.checks import Context, check_all, check_record
from guidelines.models import Instruction, Situation
from images.models import Image
from library.models import Link, Tombstone
from library.models import Record as RecordRow
from markup.catalogue import Catalogue, Entry
from markup.guideline import split, with_anchors
from markup.images import Size
from markup.kinds import Kind
from markup.problems import ContentError, Problem
from markup.record import Record, parse
from markup.render import RenderedRecord, render_record
from principles.models import Principle

# What an editor saves is planned again when it is sent, looked at and approved, with many of the texts that are there:
# they are read and rendered once for all of these. About as many as there are; each takes some ten thousand bytes.
_MOST_KEPT = 1000


@dataclass(frozen=True)
class Plan:
    """Records that hold together, rendered, ready to be written.

    records: the incoming ones and those whose rows change with them. before, after: what can be linked to.
    """

    records: list[Record]
    rendered: dict[Key, RenderedRecord]
    catalogue: Catalogue
    before: dict[Key, Entry]
    after: dict[Key, Entry]
    warnings: list[Problem]


def make_plan(incoming: Sequence[Record], deleted: Collection[Key] = (), *, render_all: bool = False) -> Plan:
    """Plan storing `incoming` and removing `deleted`; reads the database, writes nothing.

    render_all: take every stored record along, as after a change of the rendering itself.
    Raises `ContentError` with every error found.
    """
    incoming = [anchored(record) for record in incoming]
    before = stored_entries()
    after = merged(before, incoming, deleted)
    catalogue = _catalogue(tuple(after.values()), tuple(Image.objects.sizes().items()))
    renumbers = _renumbers_a_principle(incoming)
    rows = RecordRow.objects.all() if render_all or renumbers else _dependants(before, after)
    skipped = {key_of(record) for record in incoming} | set(deleted)
    kept = {key: row for row in rows if (key := (Kind(row.kind), row.slug)) not in skipped}
    others = [record_of(row) for row in kept.values()]
    records = incoming + others
    rendered = {key_of(record): _rendered(record, catalogue) for record in records}
    problems = check_all(records, _context(records, catalogue, after, deleted), rendered)
    problems += _taken_numbers(incoming, set(deleted))
    names = actor_names(catalogue)
    problems += [problem for record in (records if render_all else incoming) for problem in advise(record, names)]
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        raise ContentError(errors)
    if not renumbers:
        others = _changed_with_them(others, kept, rendered)
    return Plan(incoming + others, rendered, catalogue, before, after, problems)


def _rendered(record: Record, catalogue: Catalogue) -> RenderedRecord:
    return _body_rendered(record.kind, record.slug, record.number, record.theme, record.body, record.offset, catalogue)


@lru_cache(maxsize=_MOST_KEPT)
def _body_rendered(
    kind: Kind, slug: str, number: int | None, theme: str, body: str, offset: int, catalogue: Catalogue
) -> RenderedRecord:
    return render_record(Record(kind, slug, {}, body, number, theme, offset), catalogue)


@lru_cache(maxsize=2)
def _catalogue(entries: tuple[Entry, ...], images: tuple[tuple[str, Size], ...]) -> Catalogue:
    """The one catalogue of these: patterns are compiled once, and what was rendered with it can be found again."""
    return Catalogue(entries, dict(images))


def _changed_with_them(
    others: Sequence[Record], rows: Mapping[Key, RecordRow], rendered: Mapping[Key, RenderedRecord]
) -> list[Record]:
    """Those of `others` that look different now; an act's provisions and changes are always written again."""
    instructions: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for slug, anchor, html in Instruction.objects.values_list("guideline__slug", "anchor", "html"):
        instructions[slug][anchor] = html

    def changes(record: Record) -> bool:
        row, made = rows[key_of(record)], rendered[key_of(record)]
        if record.kind is Kind.ACT or (row.html, row.sections) != (made.html, list(made.sections)):
            return True
        return record.kind is Kind.GUIDELINE and instructions[record.slug] != made.instructions

    return [record for record in others if changes(record)]


def problems_while_writing(record: Record, catalogue: Catalogue) -> list[Problem]:
    """What is wrong with the Markdown of `record`, and advice on it, but for what its rendering tells.

    It looks at no other text, so it can be asked for at each pause in the typing; `make_plan` has the last word.
    """
    context = _context([record], catalogue, {}, ())
    found = [*check_record(record, context), *advise(record, actor_names(catalogue))]
    return [problem for problem in found if problem.line and not problem.key]


def key_of(record: Record) -> Key:
    return record.kind, record.slug


def record_of(row: RecordRow) -> Record:
    """The record that `row` is a projection of. Guidelines know their theme from their address."""
    return replace(_parsed(row.text, path_of(row)))  # a copy, which the caller may do with as it likes


@lru_cache(maxsize=_MOST_KEPT)
def _parsed(text: str, path: str) -> Record:
    return parse(text, path)


def path_of(row: RecordRow) -> str:
    """The file that `row` is exported to."""
    theme = row.address.strip("/").split("/")[1] if row.kind == Kind.GUIDELINE else ""
    return Record(kind=Kind(row.kind), slug=row.slug, fields={}, number=row.number, theme=theme).path


def anchored(record: Record) -> Record:
    """`record` with an anchor for each of its instructions, as it will be stored."""
    if record.kind is not Kind.GUIDELINE:
        return record
    return replace(record, body=with_anchors(record.body, frozenset(_tombstones(record.slug))))


def _tombstones(guideline_slug: str) -> dict[str, str]:
    """Anchors of a guideline that are out of use → the title that each stood for."""
    retired = Tombstone.objects.filter(address__contains=f"/{guideline_slug}/#").values_list("address", "title")
    return {address.partition("#")[2]: title for address, title in retired}


def _dependants(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> Iterable[RecordRow]:
    """The stored records whose page or whose checks hang on what differs between `before` and `after`."""
    changed = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
    if not before or not changed:
        return RecordRow.objects.none()
    if any(_concerns_every_text(before.get(key), after.get(key)) for key in changed):
        return RecordRow.objects.all()
    slugs = [slug for _, slug in changed]
    linking = set(Link.objects.filter(target__slug__in=slugs).values_list("source_id", flat=True))
    if any(kind is Kind.GUIDELINE for kind, _ in changed):
        linking |= set(Situation.objects.values_list("pk", flat=True))
    return RecordRow.objects.filter(pk__in=linking)


def _renumbers_a_principle(incoming: Iterable[Record]) -> bool:
    """Texts name principles by number: a new one is checked, and followed, in all of them."""
    stored = dict(Principle.objects.values_list("slug", "number"))
    return any(
        record.kind is Kind.PRINCIPLE and stored.get(record.slug, record.number) != record.number for record in incoming
    )


def _concerns_every_text(old: Entry | None, new: Entry | None) -> bool:
    """A record that goes may be named anywhere; names of acts and terms are recognised in all running text."""
    if new is None:
        return True
    if old is None:
        return new.kind in (Kind.ACT, Kind.GLOSSARY)
    return (old.aliases, old.provisions) != (new.aliases, new.provisions) or (
        old.title != new.title and new.kind in (Kind.ACT, Kind.GLOSSARY)
    )


def _taken_numbers(incoming: Sequence[Record], deleted: Collection[Key]) -> Iterator[Problem]:
    """Numbers that a stored record has already, unless it goes or gets another one in the same store."""
    moving = {key_of(record) for record in incoming} | set(deleted)
    for record in incoming:
        if record.number is None:
            continue
        rows = RecordRow.objects.filter(kind=record.kind, number=record.number)
        if record.kind is Kind.GUIDELINE:
            rows = rows.filter(guideline__theme__slug=record.theme)
        for slug in rows.values_list("slug", flat=True):
            if (record.kind, slug) not in moving:
                params = {"kind": record.kind.value, "number": str(record.number), "other": slug}
                yield Problem("duplicate_number", record.path, None, "", params)


def _context(
    records: Sequence[Record], catalogue: Catalogue, entries: Mapping[Key, Entry], deleted: Collection[Key]
) -> Context:
    replaced = {key_of(record) for record in records} | set(deleted)
    numbers = {
        number
        for number, slug in Principle.objects.values_list("number", "slug")
        if (Kind.PRINCIPLE, slug) not in replaced
    }
    numbers |= {record.number for record in records if record.kind is Kind.PRINCIPLE}
    return Context(
        catalogue,
        tuple(entry for entry in entries.values() if entry.kind is Kind.ACT),
        frozenset(number for number in numbers if number is not None),
        {record.slug: _reused_anchors(record) for record in records if record.kind is Kind.GUIDELINE},
    )


def _reused_anchors(record: Record) -> frozenset[str]:
    """Anchors that once belonged to another instruction; an instruction that comes back may have its own again."""
    retired = _tombstones(record.slug)
    if not retired:
        return frozenset()
    return frozenset(
        part.anchor
        for part in split(record.body).instructions
        if part.anchor in retired and retired[part.anchor] != part.title
    )
