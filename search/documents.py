"""What is indexed: a document is a record's page, one instruction, or one provision.

`collecting` makes documents from the database, `indexing` turns their texts into terms, the engines keep both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import Any

from markup.kinds import Kind, Obligation


class Type(StrEnum):
    """What a hit is; the value stands in addresses (`type=anvisning`) and in the API."""

    INSTRUCTION = "anvisning"
    GUIDELINE = "retningslinje"
    SITUATION = "situation"
    PROVISION = "bestemmelse"
    ACT = "lov"
    TERM = "begreb"
    RESOURCE = "materiale"
    PRINCIPLE = "princip"
    ACTOR = "aktoer"
    THEME = "tema"
    SOURCE = "kilde"

    @property
    def label(self) -> str:
        return TYPE_LABELS[self][0]

    @property
    def plural(self) -> str:
        return TYPE_LABELS[self][1]


TYPE_LABELS: dict[Type, tuple[str, str]] = {
    Type.INSTRUCTION: ("Anvisning", "Anvisninger"),
    Type.GUIDELINE: ("Retningslinje", "Retningslinjer"),
    Type.SITUATION: ("Situation", "Situationer"),
    Type.PROVISION: ("Bestemmelse", "Lovbestemmelser"),
    Type.ACT: ("Lov", "Love"),
    Type.TERM: ("Begreb", "Begreber"),
    Type.RESOURCE: ("Materiale", "Materialer"),
    Type.PRINCIPLE: ("Princip", "Principper"),
    Type.ACTOR: ("Aktør", "Aktører"),
    Type.THEME: ("Tema", "Temaer"),
    Type.SOURCE: ("Kilde", "Kilder"),
}
TYPE_OF_KIND: dict[Kind, Type] = {
    Kind.THEME: Type.THEME,
    Kind.PRINCIPLE: Type.PRINCIPLE,
    Kind.GUIDELINE: Type.GUIDELINE,
    Kind.ACTOR: Type.ACTOR,
    Kind.ACT: Type.ACT,
    Kind.GLOSSARY: Type.TERM,
    Kind.RESOURCE: Type.RESOURCE,
    Kind.SITUATION: Type.SITUATION,
    Kind.SOURCE: Type.SOURCE,
}

# The sorts of documents that rank differently: what a hit is, and what it obliges to.
SORTS = tuple(product(Type, ("", *(obligation.value for obligation in Obligation))))

# How much a word counts by where it stands, in both engines. The letters are those of PostgreSQL's tsvector.
LABEL_WEIGHTS: dict[str, float] = {"A": 1.0, "B": 0.6, "C": 0.4, "D": 0.2}
# What people say and the page does not: each word for itself, which must not outdo the pages that are about it,
# and two that stand together as people say them, which are as good as a name.
SEARCH_WORDS, SAID_TOGETHER = "D", "B"


@dataclass(frozen=True)
class Part:
    """A piece of a document's text with the label of its weight. with_law: whether it can name provisions.

    together: the label of two words next to each other, where it is another one.
    """

    label: str
    text: str
    with_law: bool = True
    together: str = ""


@dataclass(frozen=True)
class Facts:
    """What filtering, counting and ranking need to know of a document; kept in memory for all of them.

    record: the slug of the page's record, of kind `kind`; slug: the document's own: an anchor, the key of a provision.
    facets: filter → slugs. names: all that the document is called, as stems: a query that is one of them means it.
    """

    type: Type
    kind: Kind
    record: str
    slug: str
    obligation: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def passage(self) -> str:
        """The anchor of an instruction, the key of a provision; "" for a record's page."""
        return "" if self.type is TYPE_OF_KIND[self.kind] else self.slug

    def to_json(self) -> dict[str, Any]:
        """For keeping; `from_json` reads it."""
        facets = {name: list(slugs) for name, slugs in self.facets.items()}
        return {**vars(self), "facets": facets, "names": list(self.names)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Facts":
        facets = _facets(tuple((name, tuple(slugs)) for name, slugs in data["facets"].items()))
        own = {"type": Type(data["type"]), "kind": Kind(data["kind"]), "facets": facets, "names": tuple(data["names"])}
        return cls(**{**data, **own})


@lru_cache(maxsize=20_000)
def _facets(having: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping[str, tuple[str, ...]]:
    """One object for all documents that have the same: there are very many documents, and all are kept in memory."""
    return dict(having)


@dataclass(frozen=True)
class Shown:
    """What a list of results shows of a document. note: the small print, such as who it concerns and the law."""

    title: str
    url: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Document:
    """One thing that can be found. record_id: whose change makes it be indexed again.

    names: what it is called besides its title. law: terms of the provisions that it is about or rests on.
    """

    record_id: int
    facts: Facts
    shown: Shown
    parts: tuple[Part, ...]
    names: tuple[str, ...] = ()
    law: tuple[tuple[str, str], ...] = ()
