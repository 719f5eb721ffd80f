"""The page of the search: the address is the query."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.models import Situation, Theme
from library.personal import has_cpr
from search.asking import asked
from search.counting import count, is_counted
from search.engines.base import IndexUnusable
from search.explaining import address, explain
from search.filters import facet_lists
from search.presenting import Presenter
from search.query import Results, search
from search.upkeep import usable_snapshot

GROUPS_PER_PAGE = 10
# Filters that are few and short stand open; the others unfold.
OPEN = ("forpligtelse", "aktoer", "tema", "type")


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Results for ?q=, or ways onward where nothing was asked or found."""
    try:
        usable = usable_snapshot()
        question = asked(request.GET, usable[0].labels)
        query = question.query
        results = None if query.is_empty else search(query, usable)
    except IndexUnusable:
        return _not_ready(request)
    with_cpr = has_cpr(str(request.GET.get("q", "")))
    context: dict[str, Any] = {
        "search_text": query.text,
        "was_cut": question.was_cut,
        "unknown": question.unknown,
        "with_cpr": with_cpr,
    }
    if results is not None:
        context |= _results(request, results)
    if results is None or not results.count:
        context |= _ways_onward()
    response = render(request, "search/search.html", context)
    if results is not None and not with_cpr and is_counted(request):
        count(results)
    if with_cpr or (results is not None and not (results.is_current and results.count)):
        # Nobody keeps a CPR number or yesterday's hits; and what finds nothing is counted each time, for the editors.
        response["Cache-Control"] = "no-store"
    return response


def _results(request: HttpRequest, results: Results) -> dict[str, Any]:
    query, presenter = results.query, Presenter(results)
    page = Paginator(results.groups, GROUPS_PER_PAGE).get_page(request.GET.get("side"))
    box = presenter.box() if page.number == 1 else None
    lines = explain(results)
    facets = facet_lists(results.snapshot.labels, results.counts, query.filters)
    return {
        "query": query,
        "results": results,
        "lines": lines,
        "gists": list(dict.fromkeys(line.gist or line.word for line in lines)),
        "offers": [
            (word, address(query, forpligtelse=word.value))
            for word in results.understanding.obligations
            if results.counts["forpligtelse"].get(word.value) and not query.filters.get("forpligtelse")
        ],
        "box": box,
        "page": page,
        "page_base": f"{address(query)}&side=",
        "groups": presenter.groups(list(page.object_list), box),
        "open_facets": [facet for facet in facets if facet.name in OPEN],
        "folded_facets": [facet for facet in facets if facet.name not in OPEN],
        "removals": _removals(results),
        "unfiltered": address(query, **dict.fromkeys(query.filters, "")),
    }


def _removals(results: Results) -> list[tuple[str, str]]:
    """(label, address) of each chosen filter: the address is the same query without it."""
    query, labels = results.query, results.snapshot.labels.values
    return [
        (labels[name][slug], address(query, **{name: [other for other in slugs if other != slug]}))
        for name, slugs in query.filters.items()
        for slug in slugs
    ]


def _ways_onward() -> dict[str, Any]:
    return {
        "situations": Situation.objects.light().numbered(),
        "themes": Theme.objects.light().numbered(),
    }


def _not_ready(request: HttpRequest) -> HttpResponse:
    """The index is being made, or cannot be: said plainly, with the ways that need no index."""
    response = render(request, "search/not_ready.html", _ways_onward(), status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = "10"
    return response
