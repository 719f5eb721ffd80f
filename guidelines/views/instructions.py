"""The instruction finder: the address is the question, and every choice says how much it would leave."""

from collections.abc import Iterable
from dataclasses import replace

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidelines.arrangement import GROUPINGS, ORDERS, Layout, arrange, groups, in_order
from guidelines.finder import Finder, Row
from guidelines.forms import FinderForm
from guidelines.models import Basis, Instruction
from library.facets import Choice, FacetList, removals
from library.spreadsheet import csv_response, plain_text

PAGE_SIZE = 50
# Few and short enough to stand open; the others unfold.
OPEN = ("forpligtelse", "tema")
COLUMNS = (
    "id",
    "forpligtelse",
    "titel",
    "tekst",
    "retningslinje",
    "tema",
    "aktører",
    "principper",
    "lovgrundlag",
    "kilder",
    "adresse",
    "indholdsversion",
)


@require_safe
def instruction_finder(request: HttpRequest) -> HttpResponse:
    finder = Finder()
    form = FinderForm(request.GET, finder.offer)
    chosen, text, layout = form.chosen(), form.words(), form.layout()
    keys, facets = finder.find(chosen, text)
    rows = [finder.rows[key] for key in keys]
    page = Paginator(arrange(rows, layout, finder.offer, chosen), PAGE_SIZE).get_page(request.GET.get("side"))
    query = _query(chosen, text, layout)
    context = {
        "count": len(keys),
        "total": len(finder.rows),
        "page": page,
        "page_base": f"?{query.urlencode()}&side=" if query else "?side=",
        "query": query.urlencode(),
        "groups": groups(page, layout, finder.offer),
        "layout": layout,
        "layout_choices": _layout_choices(query, layout),
        "text": text,
        "unknown": form.unknown(),
        "open_facets": [facet for facet in facets if facet.name in OPEN],
        "folded_facets": [_worth_showing(facet) for facet in facets if facet.name not in OPEN],
        "removals": _removals(facets, query),
        "unfiltered": request.path,
    }
    return render(request, "guidelines/instruction_finder.html", context)


@require_safe
def instruction_csv(request: HttpRequest) -> HttpResponse:
    """What the finder finds for the same question, each instruction once, in the order asked for."""
    finder = Finder()
    form = FinderForm(request.GET, finder.offer)
    found, _ = finder.find(form.chosen(), form.words())
    rows = in_order([finder.rows[key] for key in found], form.layout().order, finder.offer)
    # Who acts and which principles an instruction carries, its row knows.
    bases = Prefetch("bases", Basis.objects.select_related("provision__act", "source"))
    listed = Instruction.objects.for_list().prefetch_related(None).prefetch_related(bases)
    instructions = listed.in_bulk([row.pk for row in rows])
    # The middleware that keeps pages by content version tells us the number; this app does not know where it lives.
    version = str(getattr(request, "content_version", ""))
    return csv_response("hjemvej-anvisninger", COLUMNS, [_cells(row, instructions[row.pk], version) for row in rows])


def _cells(row: Row, instruction: Instruction, version: str) -> list[str]:
    bases = instruction.bases.all()
    return [
        instruction.identifier,
        instruction.get_obligation_display(),
        instruction.title,
        plain_text(instruction.html),
        instruction.guideline.title,
        instruction.guideline.theme.title,
        _joined(map(str, row.values["aktoer"].values())),
        _joined(map(str, row.values["princip"].values())),
        _joined(str(basis) for basis in bases if basis.provision),
        _joined(str(basis) for basis in bases if basis.source),
        settings.SITE_URL + instruction.get_absolute_url(),
        version,
    ]


def _joined(names: Iterable[str]) -> str:
    return " | ".join(names)


def _query(chosen: dict[str, list[str]], text: str, layout: Layout) -> QueryDict:
    """The question as an address writes it, without page number and without what was not understood."""
    query = QueryDict(mutable=True)
    for name, slugs in chosen.items():
        if slugs:
            query.setlist(name, slugs)
    if text:
        query["q"] = text
    query.update(layout.parameters())
    return query


def _layout_choices(query: QueryDict, layout: Layout) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """(what is chosen, its choices), each choice as (label, address of the same question laid out so, chosen)."""
    orders = [
        (label, _laid_out(query, replace(layout, order=name)), name == layout.order) for name, label in ORDERS.items()
    ]
    groupings = [
        (label, _laid_out(query, replace(layout, grouping=name)), name == layout.grouping)
        for name, label in GROUPINGS.items()
    ]
    return [("Saml under", groupings), ("Ordn efter", orders)]


def _laid_out(query: QueryDict, layout: Layout) -> str:
    """The address of the same question in another layout."""
    other = query.copy()
    for name in ("ordning", "gruppe"):
        other.pop(name, None)
    other.update(layout.parameters())
    return f"?{other.urlencode()}" if other else "?"


def _worth_showing(facet: FacetList) -> FacetList:
    """Sources and provisions are many: offered where they hold some, provisions once their act or one is chosen."""
    acts = {choice.slug.partition(":")[0] for choice in facet.chosen}
    choices = [choice for choice in facet.choices if choice.chosen or _is_offered(facet.name, choice, acts)]
    note = "Vælg en lov for at se dens paragraffer." if facet.name == "lov" else ""
    return FacetList(facet.name, facet.legend, choices, note)


def _is_offered(name: str, choice: Choice, acts: set[str]) -> bool:
    act, _, provision = choice.slug.partition(":")
    if provision:
        return choice.count > 0 and act in acts
    return choice.count > 0 or name != "kilde"


def _removals(facets: list[FacetList], query: QueryDict) -> list[tuple[str, str]]:
    """(label, address) for every choice and for the words: the address is the same question without it."""
    found = removals(facets, query)
    if "q" in query:
        rest = query.copy()
        del rest["q"]
        found.append((f"»{query['q']}«", f"?{rest.urlencode()}"))
    return found
