"""Lists of records under headings: the Danish names of their kinds, or their first letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.text import capfirst

from library.danish import initial, sort_key
from library.models import Record, RecordQuerySet, Source
from markup.kinds import Kind
from markup.slugs import slugify

# (one, several), in the order in which pages list them.
KIND_NAMES: dict[Kind, tuple[str, str]] = {
    Kind.GUIDELINE: ("Retningslinje", "Retningslinjer"),
    Kind.SITUATION: ("Situation", "Situationer"),
    Kind.GLOSSARY: ("Begreb", "Begreber"),
    Kind.RESOURCE: ("Materiale", "Materialer"),
    Kind.ACT: ("Lov", "Love"),
    Kind.PRINCIPLE: ("Princip", "Principper"),
    Kind.ACTOR: ("Aktør", "Aktører"),
    Kind.THEME: ("Tema", "Temaer"),
    Kind.SOURCE: ("Kilde", "Kilder"),
}
_ORDER = {kind.value: place for place, kind in enumerate(KIND_NAMES)}


@dataclass(frozen=True)
class NamedRecord:
    """A record under the name that readers know it by; of an act, the short one."""

    title: str
    address: str
    review: str


@dataclass(frozen=True)
class KindGroup:
    """Records of one kind under the name of that kind."""

    kind: Kind
    name: str
    records: list[NamedRecord]


def by_kind(records: Iterable[Record]) -> list[KindGroup]:
    """The records under the Danish names of their kinds, each list in Danish order.

    Acts come without further queries only from `listed()`.
    """
    ordered = sorted(records, key=lambda record: (_ORDER[record.kind], sort_key(_name(record)), record.slug))
    groups = []
    for kind, members in groupby(ordered, key=lambda record: Kind(record.kind)):
        named = [NamedRecord(_name(record), record.address, record.review) for record in members]
        one, several = KIND_NAMES[kind]
        groups.append(KindGroup(kind, one if len(named) == 1 else several, named))
    return groups


def listed() -> RecordQuerySet:
    """All records with what `by_kind` reads of them."""
    return Record.objects.named("review", "act__short_title").select_related("act")


def _name(record: Record) -> str:
    return capfirst(record.act.short_title) if record.kind == Kind.ACT else record.title


@dataclass(frozen=True)
class ListGroup:
    """Part of a long list: its heading, such as a letter, and the anchor of that heading on the page."""

    heading: str
    anchor: str
    records: list[Any]


def by_initial(records: Iterable[Any]) -> list[ListGroup]:
    """`records`, which come in Danish order, under their first letters; numbers under "0-9"."""
    groups = groupby(records, key=lambda record: initial(record.title))
    return [ListGroup(letter, f"bogstav-{slugify(letter)}", list(members)) for letter, members in groups]


def by_publisher(sources: Iterable[Source]) -> list[ListGroup]:
    """`sources` under the names of their publishers, those in Danish order."""
    ordered = sorted(sources, key=lambda source: (sort_key(source.publisher), source.sort_key, source.slug))
    groups = groupby(ordered, key=lambda source: source.publisher)
    return [ListGroup(name, f"udgiver-{slugify(name)}", list(members)) for name, members in groups]


def linking_to(record: Record) -> RecordQuerySet:
    """The records whose texts lead to `record`, each once, without their texts."""
    return listed().filter(links_out__target=record).exclude(pk=record.pk).distinct()
