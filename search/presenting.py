"""Results → what a page and the API show: titles and passages with marks, under the page that they are on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.text import capfirst

from markup.kinds import Kind
from search.answers import answer
from search.documents import TYPE_OF_KIND, Shown, Type
from search.grouping import Group, Hit
from search.query import Results
from search.snapshot import Snapshot
from search.snippets import Marker, marker

_MEMBERS = {Kind.GUIDELINE: "anvisning,anvisninger", Kind.ACT: "bestemmelse,bestemmelser"}


class ShownHit(NamedTuple):
    """One hit, ready for a page. snippet: the best passage, escaped and with <mark>; so is `marked_title`."""

    type: Type
    record: str
    slug: str
    title: str
    marked_title: SafeString
    url: str
    obligation: str
    theme: str
    snippet: SafeString
    note: str
    score: float


class ShownGroup(NamedTuple):
    """The hits on one page. own: the page itself, if it is a hit. place: what stands under its title."""

    title: str
    url: str
    place: str
    members: str
    own: ShownHit | None
    hits: Sequence[ShownHit]


@dataclass(frozen=True)
class Box:
    """The page that the query means, for the top: "Situation: Fogeden kommer"."""

    label: str
    title: str
    url: str
    text: SafeString


class Presenter:
    """Shows the hits of one search."""

    def __init__(self, results: Results) -> None:
        self._results = results
        self._view: Snapshot = results.snapshot
        wanted = [concept.all_terms for concept in results.understanding.concepts]
        self._marker: Marker = marker(self._view.analyzer, wanted)

    def hits(self, hits: Collection[Hit]) -> list[ShownHit]:
        """Hits as a flat list; those that have gone meanwhile are left out."""
        stored = self._view.shown([hit.number for hit in hits])
        return [self._hit(hit, stored[hit.number]) for hit in hits if hit.number in stored]

    def groups(self, groups: Sequence[Group], boxed: "Box | None" = None) -> list[ShownGroup]:
        """Groups with their hits, without the one that says no more than the box on top."""
        numbers = {hit.number for group in groups for hit in group.hits} | {group.page for group in groups}
        stored = self._view.shown(numbers)
        shown = (self._group(group, stored) for group in groups)
        return [group for group in shown if group and not (boxed and group.url == boxed.url and not group.hits)]

    def box(self) -> Box | None:
        """The box on top."""
        number = answer(self._view, self._results.understanding)
        found = self._view.shown([number]).get(number) if number is not None else None
        if number is None or found is None:
            return None
        type_ = self._view.facts[number].type
        label = "" if type_ is Type.PROVISION else type_.label
        return Box(label, found.title, found.url, marker(self._view.analyzer, ()).passage(found.text, 160))

    def _group(self, group: Group, stored: Mapping[int, Shown]) -> ShownGroup | None:
        page = group.page
        if page not in stored:
            return None
        shown = [self._hit(hit, stored[hit.number]) for hit in group.hits if hit.number in stored]
        own = next((hit for hit in shown if hit.url == stored[page].url), None)
        hits = [hit for hit in shown if hit is not own]
        theme = self._theme(page)
        place = TYPE_OF_KIND[group.kind].label + (f" i {theme}" if theme and group.kind is Kind.GUIDELINE else "")
        if own and own.note:
            place = f"{place} · {own.note}"
        return ShownGroup(stored[page].title, stored[page].url, place, _MEMBERS.get(group.kind, ""), own, hits)

    def _hit(self, hit: Hit, shown: Shown) -> ShownHit:
        return ShownHit(
            type=hit.facts.type,
            record=hit.facts.record,
            slug=hit.facts.slug,
            title=shown.title,
            marked_title=self._marker.title(shown.title),
            url=shown.url,
            obligation=hit.facts.obligation,
            theme=next(iter(hit.facts.facets.get("tema", ())), ""),
            snippet=self._marker.passage(shown.text),
            note=shown.note,
            score=hit.score,
        )

    def _theme(self, number: int) -> str:
        slug = next(iter(self._view.facts[number].facets.get("tema", ())), "")
        return capfirst(self._view.labels.values["tema"].get(slug, ""))
