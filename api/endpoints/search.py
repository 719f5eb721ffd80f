"""The search of /soeg/ as data: the same questions, the same results, as one flat list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from api.application import api
from api.parameters import HitPaging, SearchFilters
from api.schemas.base import Failure
from api.schemas.search import Answer
from search.asking import asked
from search.filters import facet_lists
from search.presenting import Presenter
from search.query import search as find
from search.upkeep import usable_snapshot


@api.get(
    "/search",
    response={200: Answer, 422: Failure, 503: Failure},
    summary="Søgning",
    description="Retningslinjer, anvisninger, paragraffer og alt det andet, de bedste først. Filtre virker som på "
    "søgesiden; værdier, som ikke kendes, udelades. »facets« siger, hvad hvert valg ville give.",
    tags=["Søgning"],
)
def search(
    request: HttpRequest, response: HttpResponse, filters: Query[SearchFilters], paging: Query[HitPaging]
) -> dict[str, Any]:
    usable = usable_snapshot()
    # `filters` is there to describe the parameters; they are read as the page reads them.
    query = asked(request.GET, usable[0].labels).query
    results = find(query, usable)
    if not results.is_current:
        response["Cache-Control"] = "no-store"
    facets = facet_lists(results.snapshot.labels, results.counts, query.filters, every=True)
    hits = [] if query.is_empty else results.flat
    return {
        "query": query.text,
        "count": 0 if query.is_empty else results.count,
        "listed": len(hits),
        "results": Presenter(results).hits(hits[paging.offset : paging.offset + paging.limit]),
        "facets": {facet.name: facet.choices for facet in facets},
    }
