"""The page of what is new, and the selection that it shares with its feed: the address is the question."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from editorial.public.news import FACETS, News, Newsroom
from guidelines.forms import PrincipleChoices
from library.facets import Value, removals, select
from library.forms import FacetFilter, KnownChoices

PAGE_SIZE = 100
# Few and short enough to stand open; the others unfold.
OPEN = ("slags", "tema")


class NewsFilter(FacetFilter):
    """Which news to list. Several values of one filter widen the list, each further filter narrows it."""

    slags = KnownChoices()
    tema = KnownChoices()
    princip = PrincipleChoices()
    aktoer = KnownChoices()
    lov = KnownChoices()

    def __init__(self, data: Any, known: Mapping[str, Mapping[str, Value]]) -> None:
        super().__init__(data, known)
        principles = cast(PrincipleChoices, self.fields["princip"])
        principles.slugs = {str(value.number): slug for slug, value in known["princip"].items()}


class Selection:
    """The news that fit a question, with the choices and how many each would leave.

    query: the question as an address writes it, without what was not understood.
    """

    def __init__(self, given: QueryDict) -> None:
        newsroom = Newsroom()
        form = NewsFilter(given, newsroom.offer)
        chosen = form.chosen()
        self.unknown = form.unknown()
        self.total = len(newsroom.news)
        self.news, self.facets = select(newsroom.news, FACETS, chosen, newsroom.offer)
        self.query = QueryDict(mutable=True)
        for name, slugs in chosen.items():
            if slugs:
                self.query.setlist(name, slugs)

    @property
    def labels(self) -> list[str]:
        """What was chosen, in words."""
        return [choice.label for facet in self.facets for choice in facet.chosen]

    def address(self, name: str) -> str:
        """The page or the feed `name` of this very selection."""
        query = self.query.urlencode()
        return f"{reverse(name)}?{query}" if query else reverse(name)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    selection = Selection(request.GET)
    page = Paginator(selection.news, PAGE_SIZE).get_page(request.GET.get("side"))
    query = selection.query.urlencode()
    context = {
        "selection": selection,
        "years": _by_year(list(page)),
        "page": page,
        "page_base": f"?{query}&side=" if query else "?side=",
        "feed": selection.address("changes:atom"),
        "unknown": selection.unknown,
        "open_facets": [facet for facet in selection.facets if facet.name in OPEN],
        "folded_facets": [facet for facet in selection.facets if facet.name not in OPEN],
        "removals": removals(selection.facets, selection.query),
        "unfiltered": reverse("changes:news"),
    }
    return render(request, "changes/news.html", context)


def _by_year(news: Sequence[News]) -> list[tuple[int, list[News]]]:
    return [(year, list(members)) for year, members in groupby(news, key=lambda item: item.day.year)]
