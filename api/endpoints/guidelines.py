"""Themes, guidelines and instructions; and principles, actors and situations, by which these are found."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query

from api.application import api
from api.parameters import SLUG, InstructionFilters, Paging, page_of
from api.schemas import guidelines as answers
from api.schemas.base import Failure, Page
from guidelines.finder import Finder
from guidelines.forms import FinderForm
from guidelines.models import Actor, Guideline, Instruction, Situation, Theme
from library.models import Resource, Source
from library.models.record import TEXTS
from principles.models import Principle

GUIDELINES = ["Retningslinjer"]
WAYS = ["Veje til anvisningerne"]


@api.get(
    "/themes",
    response={200: Page[answers.ThemeRow], 422: Failure},
    summary="Temaer",
    description="De fire temaer med deres retningslinjer.",
    tags=GUIDELINES,
)
def themes(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    guidelines = Prefetch("guidelines", Guideline.objects.light().numbered())
    return page_of(Theme.objects.light().numbered().prefetch_related(guidelines), paging)


@api.get(
    "/guidelines",
    response={200: Page[answers.GuidelineRow], 422: Failure},
    summary="Retningslinjer",
    description="Alle retningslinjer, ordnet efter tema.",
    tags=GUIDELINES,
)
def guidelines(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(_guidelines(), paging)


@api.get(
    "/guidelines/{slug:slug}",
    response={200: answers.Guideline, 404: Failure},
    summary="En retningslinje",
    description="Med anvisninger og alt, de hviler på.",
    tags=GUIDELINES,
)
def guideline(request: HttpRequest, slug: PathEx[str, P(example="boligfastholdelse", description=SLUG)]) -> Guideline:
    whole = Guideline.objects.select_related("theme").prefetch_related(
        Prefetch("instructions", Instruction.objects.for_list().order_by("position")),
        Prefetch("principles", Principle.objects.light().numbered()),
        Prefetch("actors", Actor.objects.light().in_danish_order()),
        Prefetch("related", _guidelines()),
        Prefetch("resources", Resource.objects.light().in_danish_order()),
        Prefetch("sources", Source.objects.light().in_danish_order()),
    )
    return get_object_or_404(whole, slug=slug)


@api.get(
    "/instructions",
    response={200: answers.InstructionPage, 422: Failure},
    summary="Anvisninger",
    description="Alle anvisninger, eller dem, der passer på filtrene. Flere værdier af et filter udvider, flere filtre "
    "indsnævrer. Værdier, som ikke kendes, udelades og nævnes i »unknown«.",
    tags=GUIDELINES,
)
def instructions(request: HttpRequest, filters: Query[InstructionFilters], paging: Query[Paging]) -> dict[str, Any]:
    # `filters` is there to describe the parameters; the form reads them as the page does.
    finder = Finder()
    form = FinderForm(request.GET, finder.offer)
    keys, _ = finder.find(form.chosen(), form.words())
    page = page_of(keys, paging)
    found = Instruction.objects.for_list().filter(pk__in=page["results"]).in_reading_order()
    return {**page, "results": found, "unknown": form.unknown()}


@api.get(
    "/principles",
    response={200: Page[answers.PrincipleRow], 422: Failure},
    summary="Principper",
    description="De ni principper, der går på tværs af temaerne.",
    tags=WAYS,
)
def principles(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(Principle.objects.light().numbered(), paging)


@api.get(
    "/principles/{slug:slug}",
    response={200: answers.Principle, 404: Failure},
    summary="Et princip",
    description="Med de retningslinjer og anvisninger, der udmønter det.",
    tags=WAYS,
)
def principle(
    request: HttpRequest, slug: PathEx[str, P(example="helhedsorienteret-tilgang", description=SLUG)]
) -> Principle:
    return get_object_or_404(
        Principle.objects.prefetch_related(Prefetch("guidelines", _guidelines()), _names_of_instructions()), slug=slug
    )


@api.get(
    "/actors",
    response={200: Page[answers.ActorRow], 422: Failure},
    summary="Aktører",
    description="Dem, der handler, og dem, der handles for.",
    tags=WAYS,
)
def actors(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(Actor.objects.light().select_related("parent").in_danish_order(), paging)


@api.get(
    "/actors/{slug:slug}",
    response={200: answers.Actor, 404: Failure},
    summary="En aktør",
    description="Med det, aktøren skal, bør og kan.",
    tags=WAYS,
)
def actor(request: HttpRequest, slug: PathEx[str, P(example="boformer", description=SLUG)]) -> Actor:
    children = Prefetch("children", Actor.objects.light().in_danish_order())
    found = Actor.objects.select_related("parent").prefetch_related(children, _names_of_instructions())
    return get_object_or_404(found, slug=slug)


@api.get(
    "/situations",
    response={200: Page[answers.SituationRow], 422: Failure},
    summary="Situationer",
    description="Det, der kan ske for en borger, og som haster.",
    tags=WAYS,
)
def situations(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(Situation.objects.light().numbered(), paging)


@api.get(
    "/situations/{slug:slug}",
    response={200: answers.Situation, 404: Failure},
    summary="En situation",
    description="Med de anvisninger, der gælder, i den rækkefølge, de skal læses.",
    tags=WAYS,
)
def situation(request: HttpRequest, slug: PathEx[str, P(example="fogeden-kommer", description=SLUG)]) -> Situation:
    steps = Prefetch("instructions", Instruction.objects.for_list().order_by("steps__position"))
    return get_object_or_404(Situation.objects.prefetch_related(steps), slug=slug)


def _guidelines() -> QuerySet[Guideline]:
    light = Guideline.objects.defer(*TEXTS, *(f"theme__{name}" for name in TEXTS))
    return light.select_related("theme").order_by("theme__number", "number")


def _names_of_instructions() -> Prefetch:
    """The instructions of a principle or an actor: many, and so only by name."""
    named = Instruction.objects.select_related("guideline")
    named = named.defer("html", *(f"guideline__{name}" for name in TEXTS))
    return Prefetch("instructions", named.in_reading_order())
