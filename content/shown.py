"""Which stored pages a change reaches: those of the records that it writes, and those that show something of them.

A guideline's page shows names of other records, their paragraphs and amendments, its neighbours, and what links to it.
What that is, is looked at before and after a change; where it differs, the page is made anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from guidelines.models import Guideline
from library.models import NAMES, Amendment, Link, Provision, Resource
from library.models import Record as RecordRow

# How a guideline's page comes to show another record's names, seen from the guideline.
_PATHS = (
    "theme",
    "related",
    "resources",
    "described_by",
    "sources",
    "links_in__source",
    "instructions__actors",
    "instructions__principles",
    "instructions__bases__source",
    "instructions__bases__provision__act",
)
# Changes of more records than this are whole loads, and reach all pages.
_MANY = 500
_COLUMNS = ("pk", *NAMES, "review", "act__short_title", "principle__short", "source__publisher", "source__year")


@dataclass
class Shown:
    """What pages may show of some records, and of the order of the guidelines, at one moment.

    facts: what others' pages show of each record. leads_to: the guidelines whose pages name each because its text says
    so. showing: the guidelines whose pages show something of each. neighbours: what each guideline's page shows of the
    one before and the one after it.
    """

    facts: dict[int, list[Any]] = field(default_factory=dict)
    leads_to: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    showing: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    neighbours: dict[int, tuple[Any, Any]] = field(default_factory=dict)


def shown(records: Collection[int]) -> Shown:
    """What pages show of the stored records with the primary keys `records`, as it is now."""
    now = Shown(neighbours=_neighbours())
    if len(records) > _MANY:
        return now
    for pk, *names in RecordRow.objects.filter(pk__in=records).values_list(*_COLUMNS):
        now.facts[pk] = names
    provisions = Provision.objects.filter(act__in=records).order_by("pk")
    for act, *facts in provisions.values_list("act", "pk", "number", "key", "heading"):
        now.facts[act].append(facts)
    amendments = Amendment.objects.filter(act__in=records).order_by("position")
    for act, *facts in amendments.values_list("act", "provision", "date", "is_proposed"):
        now.facts[act].append(facts)
    links = Link.objects.filter(source__in=records, target__kind=Guideline.KIND).values_list("source", "target")
    described = Resource.guidelines.through.objects.filter(resource__in=records).values_list("resource", "guideline")
    for record, guideline in [*links, *described]:
        now.leads_to[record].add(guideline)
    for path in _PATHS:
        pairs = Guideline.objects.filter(**{f"{path}__in": records}).order_by().values_list(path, "pk").distinct()
        for record, guideline in pairs:
            now.showing[record].add(guideline)
    return now


def reached(before: Shown, after: Shown, written: Collection[int]) -> Iterable[int]:
    """The guidelines, by primary key, whose pages differ after the records `written` were written or removed."""
    if len(written) > _MANY:
        return Guideline.objects.values_list("pk", flat=True)
    found = set(Guideline.objects.filter(pk__in=written).values_list("pk", flat=True))
    for pk in written:
        found |= before.leads_to[pk] ^ after.leads_to[pk]
        if before.facts.get(pk) != after.facts.get(pk):
            found |= before.showing[pk] | after.showing[pk]
    found |= {pk for pk, around in after.neighbours.items() if before.neighbours.get(pk) != around}
    return found & after.neighbours.keys()


def _neighbours() -> dict[int, tuple[Any, Any]]:
    columns = ("pk", "title", "address", "theme", "theme__title")
    outline = list(Guideline.objects.order_by("theme__number", "number").values_list(*columns))
    around = [None, *outline, None]
    return {own[0]: (around[place], around[place + 2]) for place, own in enumerate(outline)}
