"""The filters of a search: which values there are, and which documents have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst

from guidelines.models import Actor, Theme
from library.facets import Choice, FacetList
from library.models import Act, Provision, Tag
from markup.kinds import Obligation
from principles.models import Principle
from search.documents import Type

# The filters by the names that they have in addresses, in the order of the page.
LEGENDS: dict[str, str] = {
    "forpligtelse": "Forpligtelse",
    "aktoer": "Hvem",
    "tema": "Tema",
    "type": "Type",
    "princip": "Princip",
    "lov": "Lov",
    "emne": "Emne",
}
# Of long lists the page shows the choices with the most hits.
MOST_CHOICES = 12


@dataclass(frozen=True)
class Labels:
    """values: filter → slug → what readers call it, in the order of the page; only these slugs may be asked for.

    principle_numbers: number → slug, for `princip=7`.
    """

    values: Mapping[str, Mapping[str, str]]
    principle_numbers: Mapping[str, str]

    @classmethod
    def stored(cls) -> "Labels":
        """Those of the published content."""
        acts = Act.objects.order_by("sort_key").values_list("slug", "short_title")
        provisions = Provision.objects.order_by("act__sort_key", "position").values_list(
            "act__slug", "act__short_title", "key", "number"
        )
        principles = Principle.objects.order_by("number").values_list("slug", "number", "short", "title")
        return cls(
            values={
                "forpligtelse": {word.value: word.label for word in Obligation},
                "aktoer": dict(Actor.objects.order_by("sort_key").values_list("slug", "title")),
                "tema": dict(Theme.objects.order_by("number").values_list("slug", "title")),
                "type": {type_.value: type_.plural for type_ in Type},
                "princip": {slug: f"{number} {short or title}" for slug, number, short, title in principles},
                "lov": {slug: capfirst(title) for slug, title in acts}
                | {f"{act}:{key}": f"{capfirst(title)} § {number}" for act, title, key, number in provisions},
                "emne": dict(Tag.objects.order_by("name").values_list("slug", "name")),
            },
            principle_numbers={str(number): slug for slug, number, _, _ in principles},
        )

    @cached_property
    def offered(self) -> Mapping[str, Mapping[str, str]]:
        """The same without the single provisions, which are very many: those are asked for by links alone."""
        return {
            name: {slug: label for slug, label in labels.items() if ":" not in slug}
            for name, labels in self.values.items()
        }


def allowed(members: Mapping[str, Mapping[str, int]], chosen: Mapping[str, Sequence[str]]) -> int:
    """The documents that pass all filters, as bits; of one filter, any of its values will do.

    members: filter → slug → the documents that have it, as bits.
    """
    passing = -1
    for name, slugs in chosen.items():
        if slugs:
            some = 0
            for slug in slugs:
                some |= members.get(name, {}).get(slug, 0)
            passing &= some
    return passing


def facet_lists(
    labels: Labels,
    counts: Mapping[str, Mapping[str, int]],
    chosen: Mapping[str, Sequence[str]],
    *,
    every: bool = False,
) -> list[FacetList]:
    """The filters with the choices that would give something, and those chosen. every: also beyond `MOST_CHOICES`."""
    lists = []
    for name, legend in LEGENDS.items():
        picked, found, called = chosen.get(name, ()), counts[name], labels.values[name]
        offered = [slug for slug, count in found.items() if count or slug in picked]
        if len(offered) > MOST_CHOICES and not every:
            shown = set(sorted(offered, key=lambda slug: (slug not in picked, -found[slug]))[:MOST_CHOICES])
            offered = [slug for slug in offered if slug in shown]
        if offered:
            choices = [Choice(slug, called[slug], found[slug], slug in picked) for slug in offered]
            lists.append(FacetList(name, legend, choices))
    return lists
