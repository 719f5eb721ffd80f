"""What readers may send to the instruction finder. Filters that it does not know are left out and named."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from guidelines.arrangement import GROUPINGS, ORDERS, Layout
from library.facets import Value
from library.forms import LONGEST_QUERY, FacetFilter, KnownChoices


class PrincipleChoices(KnownChoices):
    """Principles by slug or by number: `princip=7` is what people write."""

    slugs: Mapping[str, str] = {}

    def clean(self, value: Any) -> list[str]:
        return super().clean([self.slugs.get(text, text) for text in self.to_python(value)])


class FinderForm(FacetFilter):
    """Which instructions to list. Several values of one filter widen the list, each further filter narrows it."""

    forpligtelse = KnownChoices()
    tema = KnownChoices()
    princip = PrincipleChoices()
    aktoer = KnownChoices()
    lov = KnownChoices()
    kilde = KnownChoices()
    emne = KnownChoices()
    situation = KnownChoices()
    retningslinje = KnownChoices()

    def __init__(self, data: Any, known: Mapping[str, Mapping[str, Value]]) -> None:
        super().__init__(data, known)
        principles = cast(PrincipleChoices, self.fields["princip"])
        principles.slugs = {str(value.number): slug for slug, value in known["princip"].items()}

    def chosen(self) -> dict[str, list[str]]:
        """As asked for; a provision replaces its act, which would only take in all the others again."""
        chosen = super().chosen()
        chosen["lov"] = without_wider_acts(chosen["lov"])
        return chosen

    def layout(self) -> Layout:
        """Order and headings; what they cannot be is as usual."""
        order, grouping = str(self.data.get("ordning", "")), str(self.data.get("gruppe", ""))
        usual = Layout()
        return Layout(order if order in ORDERS else usual.order, grouping if grouping in GROUPINGS else usual.grouping)

    def words(self) -> str:
        """The text to look for, without control characters; of one that is too long, its beginning."""
        given = str(self.data.get("q", ""))
        return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", given)[:LONGEST_QUERY].split())


def without_wider_acts(slugs: Iterable[str]) -> list[str]:
    """["serviceloven", "serviceloven:110", "aktivloven"] → ["serviceloven:110", "aktivloven"]."""
    listed = list(slugs)
    narrowed = {slug.partition(":")[0] for slug in listed if ":" in slug}
    return [slug for slug in listed if slug not in narrowed]
