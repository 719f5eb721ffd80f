"""The principles: each with the instructions that carry it out, and all against all guidelines."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from library.demands import demands
from library.facets import Facet, Term, select
from library.groups import by_kind, linking_to
from markup.kinds import Obligation
from principles.forms import MatrixForm, PrincipleFilter
from principles.matrix import build_matrix, finder_url, obligation_counts
from principles.models import Principle

QUESTIONS_SECTION = "spoergsmaal-til-egen-praksis"
OBLIGATIONS = {word.value: Term(word.value, word.label, number=place) for place, word in enumerate(Obligation)}

FACETS: tuple[Facet[Any], ...] = (
    Facet("forpligtelse", "Forpligtelse", lambda instruction: [OBLIGATIONS[instruction.obligation]]),
    Facet("aktoer", "Hvem", lambda instruction: instruction.actors.all()),
)


def principle_list(request: HttpRequest) -> HttpResponse:
    table = build_matrix()
    context = {
        "principles": table.principles,
        "rows": list(zip(table.principles, table.totals, strict=True)),
    }
    return render(request, "principles/principle_list.html", context)


def principle(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Principle, slug=slug)
    # The reverse relation, since the app of the instructions stands above this one.
    instructions = list(chosen.instructions.for_list().defer("html").in_reading_order())
    form = PrincipleFilter(request.GET, known={facet.name: facet.known(instructions) for facet in FACETS})
    wanted = form.chosen()
    selected, facets = select(instructions, FACETS, wanted)
    context = {
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


def matrix(request: HttpRequest) -> HttpResponse:
    """`forpligtelse` shows the instructions of one obligation alone; without it, all are shown."""
    form = MatrixForm(request.GET)
    counts = obligation_counts()
    context = {
        "matrix": build_matrix(form.obligation()),
        "obligation": form.obligation(),
        "is_unknown": not form.is_valid(),
        "counts": [(word, counts[word.value]) for word in Obligation],
        "total": sum(counts.values()),
    }
    return render(request, "principles/matrix.html", context)
