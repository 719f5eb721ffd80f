"""What is new: considerable changes of the texts, and amendments of the law behind them, with what each concerns.

What a change concerns is taken from the rows of the instruction finder, so that both pages filter alike: a guideline
concerns whom its instructions name, an amendment whom the instructions name that rest on the provision.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from editorial.models import Revision, Significance, State
from guidelines.finder import Finder
from library.facets import Facet, Term, Value
from library.groups import KIND_NAMES
from library.models import Amendment, Citation, Record
from markup.kinds import Kind

TEXT, LAW = "tekst", "lovaendring"
SORTS = {TEXT: Term(TEXT, "Ændret i teksterne"), LAW: Term(LAW, "Ændret i loven")}
# The parameter of each filter and what the page calls it, in the order of the page.
LEGENDS = {"slags": "Hvad", "tema": "Tema", "princip": "Princip", "aktoer": "Hvem", "lov": "Lov"}
# How an instruction is found from a record of a kind, by the finder's own filters.
_CARRIED_BY = {Kind.GUIDELINE: "retningslinje", Kind.SITUATION: "situation", Kind.ACT: "lov"}
# The kinds that are filtered by.
_ITSELF = {Kind.THEME: "tema", Kind.PRINCIPLE: "princip", Kind.ACTOR: "aktoer", Kind.ACT: "lov"}

# Filter → the values that something has there, by their slugs.
Topics = Mapping[str, Mapping[str, Value]]
_Gathered = defaultdict[str, dict[str, Value]]


@dataclass(frozen=True)
class News:
    """One change: of a text (`revision`) or of the law (`amendment`).

    day: under which it is listed. updated: when it came to be known here, never in the future. identifier: what feeds
    know it by; it never changes. address: where it is read, below the site's own address.
    """

    day: date
    updated: datetime
    identifier: str
    title: str
    summary: str
    address: str
    topics: Topics
    record: Record | None = None
    revision: Revision | None = None
    amendment: Amendment | None = None

    @property
    def sort(self) -> Term:
        return SORTS[TEXT if self.revision else LAW]

    @property
    def is_new_page(self) -> bool:
        return bool(self.revision and self.revision.state == State.PUBLISHED and not _compared_with(self.revision))


class Newsroom:
    """All news, the newest first, and per filter every value that may be asked for (`offer`). Some twelve queries."""

    def __init__(self) -> None:
        self._finder = Finder()
        self.offer: dict[str, Mapping[str, Value]] = {name: self._finder.offer.get(name, SORTS) for name in LEGENDS}
        self.offer["lov"] = {slug: value for slug, value in self.offer["lov"].items() if ":" not in slug}
        self._carried = self._topics_of_instructions()
        self.news = sorted([*self._changes(), *self._amendments()], key=lambda news: news.day, reverse=True)

    def _topics_of_instructions(self) -> Mapping[tuple[str, str], Topics]:
        """(filter of the finder, value) → what the instructions that have the value concern, taken together."""
        found: defaultdict[tuple[str, str], _Gathered] = defaultdict(lambda: defaultdict(dict))
        for row in self._finder.rows.values():
            for by in _CARRIED_BY.values():
                for slug in row.values[by]:
                    _add(found[by, slug], row.values)
        return found

    def _changes(self) -> Iterator[News]:
        major = Revision.objects.public().filter(significance=Significance.MAJOR)
        revisions = list(major.select_related("base").defer("base__text"))
        slugs = {revision.slug for revision in revisions}
        records = {(record.kind, record.slug): record for record in Record.objects.named().filter(slug__in=slugs)}
        cited: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        citations = Citation.objects.filter(source__slug__in=slugs).order_by()
        for kind, slug, act in citations.values_list("source__kind", "source__slug", "provision__act__slug").distinct():
            cited[kind, slug].add(act)
        for revision in revisions:
            key = revision.kind, revision.slug
            yield self._change(revision, records.get(key), cited[key])

    def _change(self, revision: Revision, record: Record | None, acts: Iterable[str]) -> News:
        kind, moment = Kind(revision.kind), revision.published_at or revision.changed_at
        number = {"kind": kind, "slug": revision.slug, "number": revision.content_version}
        return News(
            day=timezone.localdate(moment),
            updated=moment,
            identifier=reverse("changes:version", kwargs=number),
            title=f"{KIND_NAMES[kind][0]}: {revision.title}",
            summary=revision.reason if revision.withdraws else revision.public_note,
            address=_address_of(revision),
            topics=self._topics_of(revision, acts),
            record=record if revision.state == State.PUBLISHED else None,
            revision=revision,
        )

    def _topics_of(self, revision: Revision, acts: Iterable[str]) -> Topics:
        """What the record is, what its own fields name, what it cites, and what its instructions concern."""
        kind, record = Kind(revision.kind), revision.record
        topics: _Gathered = defaultdict(dict, {"slags": {TEXT: SORTS[TEXT]}})
        if kind in _CARRIED_BY:
            _add(topics, self._carried.get((_CARRIED_BY[kind], revision.slug), {}))
        by_number = {value.number: slug for slug, value in self.offer["princip"].items()}
        numbers = record.fields.get("principles", ())
        named: dict[str, Iterable[str]] = {
            "tema": [record.theme],
            "aktoer": record.fields.get("actors", ()),
            "princip": [by_number[number] for number in numbers if number in by_number],
            "lov": acts,
        }
        for name, slugs in named.items():
            own = [revision.slug] if _ITSELF.get(kind) == name else []
            topics[name] |= {slug: self.offer[name][slug] for slug in [*slugs, *own] if slug in self.offer[name]}
        return topics

    def _amendments(self) -> Iterator[News]:
        numbers: Counter[str] = Counter()
        for amendment in Amendment.objects.for_list():
            act, provision = amendment.act, amendment.provision
            # Amendments have no identity of their own; of several on a day, a new one is written last.
            stem = f"{act.slug}/{provision.key if provision else '-'}/{amendment.date.isoformat()}"
            numbers[stem] += 1
            topics: _Gathered = defaultdict(dict, {"slags": {LAW: SORTS[LAW]}})
            _add(topics, self._carried.get(("lov", f"{act.slug}:{provision.key}" if provision else act.slug), {}))
            # Instructions rest on other acts as well, which this is no news of.
            topics["lov"] = {act.slug: self.offer["lov"][act.slug]} if act.slug in self.offer["lov"] else {}
            in_force = timezone.make_aware(datetime.combine(amendment.date, time.min))
            yield News(
                day=amendment.date,
                updated=min(in_force, act.changed_at),
                identifier=f"/lovaendring/{stem}/{numbers[stem]}",
                title=_title_of(amendment),
                summary=amendment.summary,
                address=provision.get_absolute_url() if provision else act.address,
                topics=topics,
                amendment=amendment,
            )


def _topics(name: str, news: News) -> Iterable[Value]:
    return news.topics.get(name, {}).values()


FACETS: tuple[Facet[News], ...] = tuple(Facet(name, legend, partial(_topics, name)) for name, legend in LEGENDS.items())


def _add(topics: _Gathered, more: Topics) -> None:
    """What `more` says under the filters of this page. It may name provisions too; their acts stand beside them."""
    for name in LEGENDS:
        topics[name] |= {slug: value for slug, value in more.get(name, {}).items() if ":" not in slug}


def _compared_with(revision: Revision) -> Revision | None:
    """The version before, where the text was public then."""
    base = revision.base
    return base if base and base.state == State.PUBLISHED else None


def _address_of(revision: Revision) -> str:
    """What has changed, or the page where all of it is new, or why it is gone."""
    history = reverse("changes:history", kwargs={"kind": revision.kind, "slug": revision.slug})
    if base := _compared_with(revision):
        return f"{history}?fra={base.content_version}&til={revision.content_version}"
    return f"{history}#udgave-{revision.content_version}"


def _title_of(amendment: Amendment) -> str:
    act, provision = capfirst(amendment.act.short_title), amendment.provision
    standing = "Foreslået: " if amendment.is_proposed else "Kommende: " if amendment.is_coming else ""
    return f"{standing}{act} § {provision.number}" if provision else f"{standing}{act}"
