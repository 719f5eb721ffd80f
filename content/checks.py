"""What must hold across records before any of them is stored.

Each check yields `Problem`s; nothing here touches the database. `Context` says what the records may refer to.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from content.registry import RELATIONS
from markup.catalogue import Catalogue, Entry, number_key
from markup.guideline import Basis, InstructionText, split
from markup.kinds import Kind, Obligation
from markup.problems import Problem
from markup.record import Record
from markup.render import RenderedRecord


@dataclass(frozen=True)
class Context:
    """What there is to refer to.

    acts: all acts. principles: the numbers of the principles. retired: guideline slug → anchors not to be used again.
    """

    catalogue: Catalogue
    acts: tuple[Entry, ...]
    principles: frozenset[int]
    retired: Mapping[str, frozenset[str]] = field(default_factory=dict)


def check_all(
    records: Sequence[Record], context: Context, rendered: Mapping[tuple[Kind, str], RenderedRecord]
) -> list[Problem]:
    """All problems of `records` against `context`, in the order of files and lines; `rendered` by (kind, slug)."""
    problems = [problem for record in records for problem in check_record(record, context)]
    for record in records:
        problems += rendered[record.kind, record.slug].problems
    problems += shared_names(context.acts, records)
    return sorted(problems, key=lambda problem: (problem.path, problem.line or 0))


def duplicates(records: Iterable[Record]) -> Iterator[Problem]:
    """Two files for one record, or one number for two."""
    slugs: dict[object, Record] = {}
    numbers: dict[object, Record] = {}
    for record in records:
        first = slugs.setdefault((record.kind, record.slug), record)
        if first is not record:
            yield _problem(record, "duplicate_slug", "", kind=record.kind, slug=record.slug, other=first.path)
        first = numbers.setdefault((record.kind, record.theme, record.number), record)
        if record.number is not None and first is not record:
            yield _problem(record, "duplicate_number", "", kind=record.kind, number=record.number, other=first.path)


def check_record(record: Record, context: Context) -> Iterator[Problem]:
    """The problems of one record by itself; those of its links are found while rendering."""
    yield from _relations(record, context)
    if record.kind is Kind.GUIDELINE:
        yield from _guideline(record, context)
    elif record.kind is Kind.ACT:
        yield from _act(record, context)
    elif record.kind is Kind.SITUATION:
        yield from _situation(record, context)
    elif record.kind is Kind.ACTOR:
        yield from _actor(record, context)


def shared_names(acts: Iterable[Entry], records: Iterable[Record]) -> Iterator[Problem]:
    """A name by which two acts are cited leads nowhere."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for act in acts:
        for name in (act.title, *act.aliases):
            owners[name.lower()].add(act.slug)
    for record in records:
        if record.kind is Kind.ACT:
            for name in sorted({record.fields["short_title"].lower(), *map(str.lower, record.fields["aliases"])}):
                if others := owners[name] - {record.slug}:
                    yield _problem(record, "duplicate_alias", "aliases", value=name, other=", ".join(sorted(others)))


def _problem(record: Record, code: str, key: str, line: int | None = None, **params: object) -> Problem:
    texts = {name: str(value) for name, value in params.items()}
    return Problem(code, record.path, line or record.line_of(key), key, texts)


def _unknown(record: Record, key: str, kind: Kind, value: object, line: int | None = None) -> Problem:
    return _problem(record, "unknown_slug", key, line, kind=kind, value=value)


def _relations(record: Record, context: Context) -> Iterator[Problem]:
    for relation in RELATIONS.get(record.kind, ()):
        for value in record.fields.get(relation.name, ()):
            if relation.target is Kind.PRINCIPLE:
                known = value in context.principles
            else:
                known = context.catalogue.get(relation.target, value) is not None
            if not known:
                yield _unknown(record, relation.name, relation.target, value)


def _guideline(record: Record, context: Context) -> Iterator[Problem]:
    if not context.catalogue.get(Kind.THEME, record.theme):
        yield _unknown(record, "", Kind.THEME, record.theme)
    for instruction in split(record.body, record.path, record.offset).instructions:
        yield from _instruction(record, instruction, context)


def _instruction(record: Record, instruction: InstructionText, context: Context) -> Iterator[Problem]:
    line = instruction.line
    if instruction.anchor in context.retired.get(record.slug, frozenset()):
        yield _problem(record, "retired_anchor", "", line, anchor=instruction.anchor)
    for actor in instruction.actors:
        if not context.catalogue.get(Kind.ACTOR, actor):
            yield _unknown(record, "", Kind.ACTOR, actor, line)
    for number in instruction.principles:
        if number not in context.principles:
            yield _unknown(record, "", Kind.PRINCIPLE, number, line)
    for basis in instruction.bases:
        yield from _basis(record, basis, context)
    if instruction.obligation is Obligation.SKAL and not any(basis.act for basis in instruction.bases):
        yield _problem(record, "skal_without_provision", "", line, instruction=instruction.title)


def _basis(record: Record, basis: Basis, context: Context) -> Iterator[Problem]:
    if basis.source:
        if not context.catalogue.get(Kind.SOURCE, basis.source):
            yield _unknown(record, "", Kind.SOURCE, basis.source, basis.line)
        return
    act = context.catalogue.act_named(basis.act)
    if act is None:
        yield _problem(record, "unknown_act", "", basis.line, act=basis.act)
    elif context.catalogue.provision_number(act.slug, basis.number) is None:
        yield _problem(record, "unknown_provision", "", basis.line, act=act.title, number=basis.number)


def _act(record: Record, context: Context) -> Iterator[Problem]:
    keys: set[str] = set()
    for place, provision in enumerate(record.fields.get("provisions", ()), start=1):
        key = number_key(provision["number"])
        if key in keys:
            yield _problem(record, "duplicate_value", f"provisions.{place}", value=provision["number"])
        keys.add(key)
    for place, change in enumerate(record.fields.get("changes", ()), start=1):
        number, source = change.get("provision"), change.get("source")
        if number and number_key(number) not in keys:
            act = record.fields["short_title"]
            yield _problem(record, "unknown_provision", f"changes.{place}", act=act, number=number)
        if source and not context.catalogue.get(Kind.SOURCE, source):
            yield _unknown(record, f"changes.{place}", Kind.SOURCE, source)


def _situation(record: Record, context: Context) -> Iterator[Problem]:
    seen: set[str] = set()
    for identifier in record.fields["instructions"]:
        slug, _, anchor = identifier.partition("#")
        guideline = context.catalogue.get(Kind.GUIDELINE, slug)
        if guideline is None or anchor not in guideline.anchors:
            yield _problem(record, "unknown_instruction", "instructions", value=identifier)
        if identifier in seen:
            yield _problem(record, "duplicate_value", "instructions", value=identifier)
        seen.add(identifier)


def _actor(record: Record, context: Context) -> Iterator[Problem]:
    parent = record.fields.get("parent")
    if parent == record.slug:
        yield _problem(record, "cycle", "parent", value=parent)
    elif parent and not context.catalogue.get(Kind.ACTOR, parent):
        yield _unknown(record, "parent", Kind.ACTOR, parent)
