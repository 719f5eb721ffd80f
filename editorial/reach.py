"""What a revision touches beyond its own page: other pages, and what readers search for."""

import re
from dataclasses import dataclass

from django.db.models import Sum

from content.catalogue import Key
from content.plan import Plan, key_of
from library.models import Record as RecordRow
from markup.kinds import Kind
from search.engines.base import IndexUnusable
from search.models import SearchCount, Synonym
from search.query import SearchQuery, search
from search.upkeep import usable_snapshot

# How many of the most frequent searches are tried, and among how many of the first pages this one counts as found.
TRIED = 60
FIRST = 10
_WORDS = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class Finding:
    """A search that readers make, how often, and where the page stands among its results now."""

    text: str
    times: int
    place: int


def other_pages(plan: Plan, own: Key) -> list[RecordRow]:
    """The pages that look different once `plan` is written, besides that of the record `own`."""
    slugs: dict[Kind, list[str]] = {}
    for record in plan.records:
        if key_of(record) != own:
            slugs.setdefault(record.kind, []).append(record.slug)
    rows = (RecordRow.objects.light().filter(kind=kind, slug__in=names) for kind, names in slugs.items())
    return [row for found in rows for row in found.in_danish_order()]


def searches_finding(kind: str, slug: str) -> list[Finding]:
    """Of the most frequent searches of the last months, those that have the page among their first results now."""
    counted = SearchCount.objects.filter(hits__gt=0).values("text").annotate(sum=Sum("times"))
    findings = []
    try:
        usable = usable_snapshot()
        for row in counted.order_by("-sum", "text")[:TRIED]:
            groups = search(SearchQuery(row["text"]), usable).groups[:FIRST]
            pages = [(group.kind.value, group.record) for group in groups]
            if (kind, slug) in pages:
                findings.append(Finding(row["text"], row["sum"], pages.index((kind, slug)) + 1))
    except IndexUnusable:
        return []
    return findings


def synonyms_touched(old: str, new: str) -> list[Synonym]:
    """The synonyms that lead to a word which comes into the text or goes out of it."""
    changed = _words(old) ^ _words(new)
    return [synonym for synonym in Synonym.objects.all() if changed & _words(synonym.means)]


def _words(text: str) -> set[str]:
    return set(_WORDS.findall(text.casefold()))
