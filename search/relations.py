"""Which pages belong together, and how closely: what a situation gathers, an instruction rests on, a text links to.

A page that stands beside the best hits is likely to be about the same thing, also where it says it in other words.
A relation of an instruction or a provision is not one of its whole page: it counts where that passage is what answers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value

from guidelines.models import Basis, Guideline, SituationStep
from library.models import Amendment, Citation, GlossaryTerm, Link, Resource
from markup.kinds import Kind

Page = tuple[Kind, str]
# A page and the passage on it: the anchor of an instruction, the key of a provision, or "" for the page as a whole.
Place = tuple[Page, str]


class Relation(NamedTuple):
    """From a passage of a page to another page. nearness: 0 to 1."""

    passage: str
    page: Page
    nearness: float


Relations = Mapping[Page, Sequence[Relation]]
# Document of a page → how near it is.
Nearness = Mapping[int, float]


class Neighbours(NamedTuple):
    """What stands beside a page: as near as it always is, and passage → how much nearer where that is what answers."""

    always: Nearness
    further: Mapping[str, Nearness]


# So much of that a relation keeps where the passage that it is of does not answer.
_BESIDE = 0.5
# How much one relation says, by what it is.
STEP = 1.6
LAW = 1.0
SOURCE = 1.0
RELATED = 1.0
RESOURCE = 1.0
PRINCIPLE = 0.6
ACTOR = 0.65
LINK = 1.0
# A page with many relations is little of a sign for each: by this power of how many the two have.
_SPREAD = 0.4


@dataclass(frozen=True)
class _End:
    """Where a row of the database names one end of a relation: the record, "" for the row itself, and the passage."""

    record: str = ""
    passage: str = ""

    @property
    def columns(self) -> tuple[Any, ...]:
        own = f"{self.record}__" if self.record else ""
        return f"{own}kind", f"{own}slug", self.passage or Value("")


_INSTRUCTION = _End("instruction__guideline", "instruction__anchor")
_PROVISION = _End("provision__act", "provision__key")


def stored_relations() -> Relations:
    """All relations of the records as they are stored, each from both of its ends."""
    strengths: defaultdict[tuple[Place, Place], float] = defaultdict(float)
    for weight, places in _relations():
        for one, other in dict.fromkeys(places):
            strengths[one, other] += weight
            strengths[other, one] += weight
    totals: defaultdict[Page, float] = defaultdict(float)
    for ((page, _), _), strength in strengths.items():
        totals[page] += strength
    between: defaultdict[tuple[Place, Page], float] = defaultdict(float)
    for (place, (beside, _)), strength in strengths.items():
        between[place, beside] += strength / (totals[place[0]] * totals[beside]) ** _SPREAD
    relations: defaultdict[Page, list[Relation]] = defaultdict(list)
    for ((page, passage), beside), nearness in between.items():
        relations[page].append(Relation(passage, beside, nearness))
    return relations


def neighbours(relations: Relations, pages: Mapping[Page, int]) -> Mapping[int, Neighbours]:
    """Document of a page → what stands beside it. pages: the document of each page; those without are left out."""
    return {pages[page]: _neighbours(beside, pages) for page, beside in relations.items() if page in pages}


def _neighbours(beside: Sequence[Relation], pages: Mapping[Page, int]) -> Neighbours:
    always: defaultdict[int, float] = defaultdict(float)
    further: defaultdict[str, defaultdict[int, float]] = defaultdict(lambda: defaultdict(float))
    for passage, page, nearness in beside:
        number = pages.get(page)
        if number is not None:
            always[number] += nearness * (_BESIDE if passage else 1)
            if passage:
                further[passage][number] += nearness * (1 - _BESIDE)
    return Neighbours(dict(always), {passage: dict(near) for passage, near in further.items()})


def _relations() -> Iterator[tuple[float, Iterator[tuple[Place, Place]]]]:
    yield STEP, _places(SituationStep.objects.all(), _INSTRUCTION, _End("situation"))
    yield LAW, _places(Basis.objects.all(), _INSTRUCTION, _PROVISION)
    # What a guideline or an act cites is among its bases or provisions already.
    cited = Citation.objects.exclude(source__kind__in=(Kind.GUIDELINE, Kind.ACT))
    yield LAW, _places(cited, _End("source"), _PROVISION)
    yield SOURCE, _places(Basis.objects.all(), _INSTRUCTION, _End("source"))
    yield SOURCE, _places(Amendment.objects.all(), _End("act", "provision__key"), _End("source"))
    for model in (Guideline, GlossaryTerm, Resource):
        yield SOURCE, _places(model._default_manager.all(), _End(), _End("sources"))
    for weight, name in ((RELATED, "related"), (RESOURCE, "resources"), (PRINCIPLE, "principles"), (ACTOR, "actors")):
        yield weight, _places(Guideline.objects.all(), _End(), _End(name))
    yield LINK, _places(Link.objects.all(), _End("source", "anchor"), _End("target"))


def _places(found: QuerySet[Any], one: _End, other: _End) -> Iterator[tuple[Place, Place]]:
    """Both ends of the relations that the rows `found` are, without those of a page to itself."""
    there = found.exclude(**{f"{other.record}__isnull": True})
    rows: Iterable[tuple[Any, ...]] = there.values_list(*one.columns, *other.columns)
    for kind, slug, passage, other_kind, other_slug, other_passage in rows:
        if (kind, slug) != (other_kind, other_slug):
            yield ((Kind(kind), slug), passage or ""), ((Kind(other_kind), other_slug), other_passage or "")
