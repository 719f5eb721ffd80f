"""The instruction finder: the address is the question, and every choice says how much it would leave."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from guidelines.finder import Finder
from guidelines.forms import FinderForm
from guidelines.models import Instruction
from library.facets import FacetList

PAGE_SIZE = 50
# Few and short enough to stand open; the others unfold.
OPEN = ("forpligtelse", "tema")


def instruction_finder(request: HttpRequest) -> HttpResponse:
    finder = Finder()
    form = FinderForm(request.GET, finder.offer)
    chosen, text = form.chosen(), form.words()
    keys, facets = finder.find(chosen, text)
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("side"))
    query = _query(chosen, text)
    rows = Instruction.objects.for_list().defer("html").filter(pk__in=list(page)).in_reading_order()
    context = {
        "count": len(keys),
        "total": len(finder.rows),
        "page": page,
        "page_base": f"?{query.urlencode()}&side=" if query else "?side=",
        "instructions": rows,
        "text": text,
        "unknown": form.unknown(),
        "open_facets": [facet for facet in facets if facet.name in OPEN],
        "folded_facets": [_worth_showing(facet) for facet in facets if facet.name not in OPEN],
        "removals": _removals(facets, query),
    }
    return render(request, "guidelines/instruction_finder.html", context)


def _query(chosen: dict[str, list[str]], text: str) -> QueryDict:
    """The question as an address writes it, without page number and without what was not understood."""
    query = QueryDict(mutable=True)
    for name, slugs in chosen.items():
        if slugs:
            query.setlist(name, slugs)
    if text:
        query["q"] = text
    return query


def _worth_showing(facet: FacetList) -> FacetList:
    """Provisions are many: those of an act are offered once it or one of them is chosen, and where they hold some."""
    if facet.name != "lov":
        return facet
    acts = {choice.slug.partition(":")[0] for choice in facet.chosen}
    choices = [
        choice
        for choice in facet.choices
        if ":" not in choice.slug or choice.chosen or (choice.count and choice.slug.partition(":")[0] in acts)
    ]
    return FacetList(facet.name, facet.legend, choices)


def _removals(facets: list[FacetList], query: QueryDict) -> list[tuple[str, str]]:
    """(label, address) for every choice that was made: the address is the same question without it."""
    removals = []
    for facet in facets:
        for choice in facet.chosen:
            rest = query.copy()
            rest.setlist(facet.name, [slug for slug in query.getlist(facet.name) if slug != choice.slug])
            removals.append((choice.label, f"?{rest.urlencode()}"))
    if "q" in query:
        rest = query.copy()
        del rest["q"]
        removals.append((f"»{query['q']}«", f"?{rest.urlencode()}"))
    return removals
