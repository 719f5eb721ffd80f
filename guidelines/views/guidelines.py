"""Themes and guidelines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

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


def theme_list(request: HttpRequest) -> HttpResponse:
    guidelines = with_counts(Guideline.objects.light().numbered())
    themes = Theme.objects.light().numbered().prefetch_related(Prefetch("guidelines", guidelines))
    return render(request, "guidelines/theme_list.html", {"themes": themes})


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
    """One query for all, since there are few guidelines and only their names are needed."""
    related = guideline.related.through.objects.filter(from_guideline=guideline, to_guideline=OuterRef("pk"))
    outline = list(
        Guideline.objects.annotate(is_related=Exists(related))
        .order_by("theme__number", "number")
        .values("pk", "title", "address", "theme_id", "theme__title", "is_related")
    )
    place = next(index for index, entry in enumerate(outline) if entry["pk"] == guideline.pk)
    return Surroundings(
        previous=outline[place - 1] if place else None,
        following=outline[place + 1] if place + 1 < len(outline) else None,
        related=[entry for entry in outline if entry["is_related"]],
    )


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
