"""Filtering a list by what its members belong to, with the number of hits behind every choice."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.http import QueryDict

Item = TypeVar("Item")


class Value(Protocol):
    """What an item may belong to: a record, or a `Term`. Its text is what the reader sees."""

    @property
    def slug(self) -> str: ...

    @property
    def number(self) -> int | None: ...

    @property
    def sort_key(self) -> str: ...


@dataclass(frozen=True)
class Term:
    """A value that is no record, such as an obligation or a tag."""

    slug: str
    label: str
    sort_key: str = ""
    number: int | None = None

    def __str__(self) -> str:
        return self.label


@dataclass(slots=True)
class Choice:
    """One value, ready for a page, which has so many that to freeze each would be felt."""

    slug: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet(Generic[Item]):
    """`name` is the parameter in the address, `members` gives what an item belongs to."""

    name: str
    legend: str
    members: Callable[[Item], Iterable[Value]]

    def known(self, items: Iterable[Item]) -> dict[str, Value]:
        """Slug → value, of all that some item belongs to, by their numbers and then their titles."""
        found = {value.slug: value for item in items for value in self.members(item)}
        return dict(sorted(found.items(), key=lambda pair: (pair[1].number or 0, pair[1].sort_key)))

    def fits(self, item: Item, slugs: Sequence[str]) -> bool:
        """Whether `item` belongs to one of `slugs`; everything does when none is chosen."""
        return not slugs or any(value.slug in slugs for value in self.members(item))


@dataclass(frozen=True)
class FacetList:
    """One group of choices, ready for a page; `note` says how to use it."""

    name: str
    legend: str
    choices: list[Choice]
    note: str = ""

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.chosen]


def select(
    items: Sequence[Item],
    facets: Sequence[Facet[Item]],
    chosen: Mapping[str, Sequence[str]],
    known: Mapping[str, Mapping[str, Value]] | None = None,
) -> tuple[list[Item], list[FacetList]]:
    """The items that fit all facets, and every choice with the number that it would give under the others.

    known: per facet the values to offer, by slug; without it, those that some item belongs to.
    """
    offered = known or {facet.name: facet.known(items) for facet in facets}
    misfits = [{facet.name for facet in facets if not facet.fits(item, chosen[facet.name])} for item in items]
    lists = []
    for facet in facets:
        rest = [item for item, misfit in zip(items, misfits, strict=True) if misfit <= {facet.name}]
        counts = Counter(slug for item in rest for slug in {value.slug for value in facet.members(item)})
        choices = [
            Choice(slug, str(value), counts[slug], slug in chosen[facet.name])
            for slug, value in offered[facet.name].items()
        ]
        lists.append(FacetList(facet.name, facet.legend, choices))
    selected = [item for item, misfit in zip(items, misfits, strict=True) if not misfit]
    return selected, lists


def removals(facets: Iterable[FacetList], query: QueryDict) -> list[tuple[str, str]]:
    """(label, address) for every choice that was made: the address is the same question, `query`, without it."""
    found = []
    for facet in facets:
        for choice in facet.chosen:
            rest = query.copy()
            rest.setlist(facet.name, [slug for slug in query.getlist(facet.name) if slug != choice.slug])
            found.append((choice.label, f"?{rest.urlencode()}"))
    return found
