"""The principles: each with the instructions that carry it out, and all against all guidelines."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from library.demands import demands
from library.facets import Facet, Term, select
from library.groups import by_kind, linking_to
from library.spreadsheet import csv_response
from markup.kinds import Obligation
from principles.forms import MatrixForm, PrincipleFilter
from principles.matrix import acting, build_matrix, finder_url, obligation_counts
from principles.models import Principle

QUESTIONS_SECTION = "spoergsmaal-til-egen-praksis"
OBLIGATIONS = {word.value: Term(word.value, word.label, number=place) for place, word in enumerate(Obligation)}

FACETS: tuple[Facet[Any], ...] = (
    Facet("forpligtelse", "Forpligtelse", lambda instruction: [OBLIGATIONS[instruction.obligation]]),
    Facet("aktoer", "Hvem", lambda instruction: instruction.actors.all()),
)


@require_safe
def principle_list(request: HttpRequest) -> HttpResponse:
    table = build_matrix()
    context = {
        "principles": table.principles,
        "rows": list(zip(table.principles, table.totals, strict=True)),
    }
    return render(request, "principles/principle_list.html", context)


@require_safe
def principle(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Principle, slug=slug)
    # The reverse relation, since the app of the instructions stands above this one.
    instructions = list(chosen.instructions.for_list().defer("html").in_reading_order())
    form = PrincipleFilter(request.GET, known={facet.name: facet.known(instructions) for facet in FACETS})
    wanted = form.chosen()
    selected, facets = select(instructions, FACETS, wanted)
    context = {
        "steps": _steps(),
        "principle": chosen,
        "principles": Principle.objects.light().numbered(),
        "questions": [section for section in chosen.sections if section["anchor"] == QUESTIONS_SECTION],
        "sections": [section for section in chosen.sections if section["anchor"] != QUESTIONS_SECTION],
        "instructions": selected,
        "total": len(instructions),
        "guideline_count": len({instruction.guideline_id for instruction in selected}),
        "demands": demands(instructions, lambda first: finder_url(princip=chosen.slug, forpligtelse=first.obligation)),
        "facets": facets,
        "is_filtered": any(wanted.values()),
        "unknown": form.unknown(),
        "links": by_kind(linking_to(chosen)),
    }
    return render(request, "principles/principle.html", context)


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """`forpligtelse` and `aktoer` show the instructions of one alone; without them, all are shown."""
    actors = list(acting())
    form = _matrix_form(request, actors)
    wanted = form.first()
    counts = obligation_counts(wanted["aktoer"])
    context = {
        "steps": _steps(),
        "matrix": build_matrix(wanted["forpligtelse"], wanted["aktoer"]),
        "obligation": wanted["forpligtelse"],
        "actor": wanted["aktoer"],
        "actors": actors,
        "unknown": form.unknown(),
        "switches": [
            (label, word, number, _own_address({**wanted, "forpligtelse": word}))
            for label, word, number in (
                ("Alle", "", sum(counts.values())),
                *((word.label, word.value, counts[word.value]) for word in Obligation),
            )
        ],
        "csv_query": _own_address(wanted),
    }
    return render(request, "principles/matrix.html", context)


@require_safe
def matrix_csv(request: HttpRequest) -> HttpResponse:
    """The table with a line for each guideline and obligation, so that a spreadsheet can add up either way."""
    wanted = _matrix_form(request, list(acting())).first()
    table = build_matrix(wanted["forpligtelse"], wanted["aktoer"])
    principles = [f"{principle.number} {principle.title}" for principle in table.principles]
    words = [word for word in Obligation if wanted["forpligtelse"] in ("", word.value)]
    rows = [
        [
            theme,
            line.guideline["title"],
            word.label,
            *(cell.counts.get(word.value, 0) for cell in line.cells),
            line.counts.get(word.value, 0),
        ]
        for theme, lines in table.blocks
        for line in lines
        for word in words
    ]
    return csv_response("hjemvej-principper", ["tema", "retningslinje", "forpligtelse", *principles, "i alt"], rows)


def _steps() -> list[tuple[str, str]]:
    return [("Principper", reverse("principles:principles"))]


def _matrix_form(request: HttpRequest, actors: list[tuple[str, str]]) -> MatrixForm:
    known = {"forpligtelse": list(OBLIGATIONS), "aktoer": [slug for slug, _ in actors]}
    # A form sends an empty value for "all".
    given = {name: [value for value in request.GET.getlist(name) if value] for name in known}
    return MatrixForm(MultiValueDict(given), known)


def _own_address(wanted: dict[str, str]) -> str:
    """The query of the table with these filters; "?" without any."""
    return f"?{urlencode({name: value for name, value in wanted.items() if value})}"
