"""Themes and guidelines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.models import Guideline, Obligation, Theme
from library.demands import demands
from library.groups import by_kind, linking_to
from library.models import Resource

CHANGED_SECTION = "aendret-siden-2020"


def with_counts(guidelines: Any) -> Any:
    """Guidelines with the number of their instructions by obligation: `skal`, `boer`, `kan`."""
    counts = {
        word.value: Count("instructions", filter=Q(instructions__obligation=word.value), distinct=True)
        for word in Obligation
    }
    return guidelines.annotate(**counts)


@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    guidelines = with_counts(Guideline.objects.light().numbered())
    themes = Theme.objects.light().numbered().prefetch_related(Prefetch("guidelines", guidelines))
    return render(request, "guidelines/theme_list.html", {"themes": themes})


@require_safe
def theme(request: HttpRequest, theme: str) -> HttpResponse:
    chosen = get_object_or_404(Theme, slug=theme)
    context = {
        "steps": _steps(),
        "theme": chosen,
        "guidelines": with_counts(chosen.guidelines.light().numbered()),
        "themes": Theme.objects.light().numbered(),
    }
    return render(request, "guidelines/theme.html", context)


@dataclass(frozen=True)
class Surroundings:
    """The guidelines around one: those before and after it in reading order, and those it names as related."""

    previous: Mapping[str, Any] | None
    following: Mapping[str, Any] | None
    related: Sequence[Mapping[str, Any]]


def surroundings(guideline: Guideline) -> Surroundings:
    """One query, and of all guidelines only those that are shown."""
    ordered = Guideline.objects.order_by("theme__number", "number")
    theme, number = guideline.theme.number, guideline.number
    before = Q(theme__number__lt=theme) | Q(theme__number=theme, number__lt=number)
    after = Q(theme__number__gt=theme) | Q(theme__number=theme, number__gt=number)
    related = guideline.related.through.objects.filter(from_guideline=guideline)
    shown = ordered.filter(
        Q(pk__in=related.values("to_guideline"))
        | Q(pk=Subquery(ordered.filter(before).reverse().values("pk")[:1]))
        | Q(pk=Subquery(ordered.filter(after).values("pk")[:1]))
    ).annotate(is_related=Exists(related.filter(to_guideline=OuterRef("pk"))))
    entries = list(
        shown.values("title", "address", "theme_id", "theme__title", "theme__number", "number", "is_related")
    )
    earlier = [entry for entry in entries if (entry["theme__number"], entry["number"]) < (theme, number)]
    later = [entry for entry in entries if (entry["theme__number"], entry["number"]) > (theme, number)]
    return Surroundings(
        previous=earlier[-1] if earlier else None,
        following=later[0] if later else None,
        related=[entry for entry in entries if entry["is_related"]],
    )


@require_safe
def guideline(request: HttpRequest, theme: str, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Guideline.objects.select_related("theme"), slug=slug, theme__slug=theme)
    # Through the relation, so that they know their guideline without fetching it again.
    instructions = list(chosen.instructions.with_facts().order_by("position"))
    changed = [section for section in chosen.sections if section["anchor"] == CHANGED_SECTION]
    context = {
        "steps": [*_steps(), (chosen.theme.title, chosen.theme.address)],
        "guideline": chosen,
        "instructions": instructions,
        "demands": demands(instructions, lambda first: f"#{first.anchor}"),
        "changed": changed[0] if changed else None,
        "practice": [section for section in chosen.sections if section not in changed],
        "around": surroundings(chosen),
        "resources": Resource.objects.named()
        .filter(Q(used_by=chosen) | Q(guidelines=chosen))
        .distinct()
        .in_danish_order(),
        "sources": chosen.sources.named("publisher", "year").in_danish_order(),
        "tags": chosen.tags.order_by("name"),
        "links": by_kind(linking_to(chosen)),
    }
    return render(request, "guidelines/guideline.html", context)


def _steps() -> list[tuple[str, str]]:
    return [("Retningslinjer", reverse("guidelines:themes"))]
