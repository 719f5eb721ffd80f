"""Which pages belong together, and how closely: what a situation gathers, an instruction rests on, a text links to.

A page that stands beside the best hits is likely to be about the same thing, also where it says it in other words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from guidelines.models import Basis, Guideline, Situation
from library.models import Amendment, Citation, GlossaryTerm, Link, Resource
from markup.kinds import Kind

Page = tuple[Kind, str]
# Page → the pages beside it, with how near they are: 0 to 1.
Relations = Mapping[Page, Mapping[Page, float]]

# How much one relation says, by what it is, or for links by the kinds that they lead from and to, in either order.
STEP = 1.6
LAW = 1.0
SOURCE = 1.0
RELATED = 1.0
RESOURCE = 1.0
PRINCIPLE = 1.0
ACTOR = 0.65
LINK = 1.0
# Further relations between the same two pages count less and less; beyond this many not at all.
_MOST_BETWEEN = 4
# A page with many relations is little of a sign for each: by this power of how many the two have.
_SPREAD = 0.4


def stored_relations() -> Relations:
    """All relations of the records as they are stored, the same in both directions."""
    strengths: defaultdict[Page, defaultdict[Page, float]] = defaultdict(lambda: defaultdict(float))
    for weight, rows in _relations():
        for (one, other), count in Counter(_pages(rows)).items():
            value = weight * min(count, _MOST_BETWEEN) ** 0.5
            strengths[one][other] += value
            strengths[other][one] += value
    totals = {page: sum(beside.values()) for page, beside in strengths.items()}
    return {
        page: {other: value / (totals[page] * totals[other]) ** _SPREAD for other, value in beside.items()}
        for page, beside in strengths.items()
    }


def _pages(rows: Iterable[tuple[str, str, str, str]]) -> Iterator[tuple[Page, Page]]:
    for kind, slug, other_kind, other_slug in rows:
        if slug and other_slug and (kind, slug) != (other_kind, other_slug):
            yield (Kind(kind), slug), (Kind(other_kind), other_slug)


def _relations() -> Iterator[tuple[float, Iterable[tuple[str, str, str, str]]]]:
    yield STEP, _rows(Situation.objects.all(), "instructions__guideline")
    yield LAW, _rows(Basis.objects.all(), "provision__act", "instruction__guideline")
    # What a guideline or an act cites is among its bases or provisions already.
    cited = Citation.objects.exclude(source__kind__in=(Kind.GUIDELINE, Kind.ACT))
    yield LAW, _rows(cited, "provision__act", "source")
    yield SOURCE, _rows(Basis.objects.all(), "source", "instruction__guideline")
    yield SOURCE, _rows(Amendment.objects.all(), "source", "act")
    for model in (Guideline, GlossaryTerm, Resource):
        yield SOURCE, _rows(model._default_manager.all(), "sources")
    yield RELATED, _rows(Guideline.objects.all(), "related")
    yield RESOURCE, _rows(Guideline.objects.all(), "resources")
    yield PRINCIPLE, _rows(Guideline.objects.all(), "principles")
    yield ACTOR, _rows(Guideline.objects.all(), "actors")
    yield LINK, _rows(Link.objects.all(), "target", "source")


def _rows(found: QuerySet[Any], to: str, start: str = "") -> Iterable[tuple[str, str, str, str]]:
    """Kind and slug of the records at both ends. start: the way to the first, "" for the rows themselves."""
    own = f"{start}__" if start else ""
    there = found.exclude(**{f"{to}__isnull": True})
    return there.values_list(f"{own}kind", f"{own}slug", f"{to}__kind", f"{to}__slug")
