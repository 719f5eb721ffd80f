"""What editors learn from counted searches, and what a synonym would change before it is there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Sum

from library.models import Act, GlossaryTerm
from search.models import SearchCount, Synonym
from search.presenting import Presenter
from search.query import Results, SearchQuery, search_in
from search.synonym_list import Line
from search.synonym_store import stored_thesaurus
from search.synonyms import Thesaurus
from search.upkeep import usable_snapshot

# Once may be a slip; what finds nothing so often is a word that readers use and the texts do not.
OFTEN = 3
MOST_ROWS = 50
_MOST_PAGES = 10


@dataclass(frozen=True)
class Found:
    """What a search gives: how many hits, and the titles of the first pages with whether only this search has them."""

    count: int
    pages: list[tuple[str, bool]]


@dataclass(frozen=True)
class Preview:
    """A search for the term of a synonym without the new line and with it."""

    before: Found
    after: Found

    @property
    def sides(self) -> tuple[tuple[str, Found], ...]:
        return ("Nu", self.before), ("Med synonymet", self.after)

    @property
    def changes_nothing(self) -> bool:
        return self.before == self.after


def found_nothing() -> list[Any]:
    """The texts that found nothing, without filters, `OFTEN` times or more, and have not found anything since."""
    counts = SearchCount.objects.filter(filters="").values("text")
    found = counts.filter(hits__gt=0).annotate(last=Max("day")).values_list("text", "last")
    missed = counts.filter(hits=0).annotate(sum=Sum("times"), last=Max("day")).filter(sum__gte=OFTEN)
    helped = dict(found)
    rows = missed.order_by("-sum", "text")
    return [row for row in rows if row["text"] not in helped or helped[row["text"]] < row["last"]][:MOST_ROWS]


def most_searched() -> list[Any]:
    """The texts searched for most, with how many days they were, and the most hits that they gave."""
    rows = SearchCount.objects.values("text").annotate(sum=Sum("times"), days=Count("day", distinct=True))
    return list(rows.annotate(most=Max("hits")).order_by("-sum", "text")[:MOST_ROWS])


def known_terms() -> list[str]:
    """What a word can be made a synonym of: the words of the glossary, of the acts, and of the other synonyms."""
    terms = {word for means in Synonym.objects.values_list("means", flat=True) for word in means.split()}
    for title, aliases in GlossaryTerm.objects.values_list("title", "aliases"):
        terms |= {name.lower() for name in (title, *aliases)}
    terms.update(Act.objects.values_list("short_title", flat=True))
    return sorted(term for term in terms if "§" not in term and "(" not in term)


def unknown_words(line: Line) -> list[str]:
    """The words of a line to look for that no text has. Raises `IndexUnusable`."""
    vocabulary = usable_snapshot()[0].analyzer.vocabulary
    return [word for word in line.means.split() if word not in vocabulary]


def preview(line: Line) -> Preview:
    """What saving `line` would change in a search for its term. Raises `IndexUnusable`."""
    before, after = _results(line, stored_thesaurus()), _results(line, stored_thesaurus(instead=line))
    first, second = _titles(before), _titles(after)
    return Preview(
        Found(before.count, [(title, title not in second) for title in first]),
        Found(after.count, [(title, title not in first) for title in second]),
    )


def _titles(results: Results) -> list[str]:
    return [group.title for group in Presenter(results).groups(results.groups[:_MOST_PAGES])]


def _results(line: Line, thesaurus: Thesaurus) -> Results:
    view, _ = usable_snapshot()
    return search_in(view, SearchQuery(line.term), thesaurus=thesaurus)
