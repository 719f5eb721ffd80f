"""Glossary, resources and sources."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query

from api.application import api
from api.parameters import SLUG, Paging, page_of
from api.schemas import library as answers
from api.schemas.base import Failure, Page
from guidelines.models import Actor, Guideline
from library.models import GlossaryTerm, Resource, Source
from principles.models import Principle

LIBRARY = ["Bibliotek"]


@api.get(
    "/glossary",
    response={200: Page[answers.TermRow], 422: Failure},
    summary="Begreber",
    description="Fagets ord og det, de betyder.",
    tags=LIBRARY,
)
def glossary(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(GlossaryTerm.objects.light().in_danish_order(), paging)


@api.get(
    "/glossary/{slug:slug}",
    response={200: answers.Term, 404: Failure},
    summary="Et begreb",
    description="Med forklaring og kilder.",
    tags=LIBRARY,
)
def term(request: HttpRequest, slug: PathEx[str, P(example="herberg", description=SLUG)]) -> GlossaryTerm:
    return get_object_or_404(GlossaryTerm.objects.prefetch_related(_sources()), slug=slug)


@api.get(
    "/resources",
    response={200: Page[answers.ResourceRow], 422: Failure},
    summary="Materialer",
    description="Metoder, vidensnotater, redskaber og rådgivning.",
    tags=LIBRARY,
)
def resources(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(Resource.objects.light().in_danish_order(), paging)


@api.get(
    "/resources/{slug:slug}",
    response={200: answers.Resource, 404: Failure},
    summary="Et materiale",
    description="Med det, det handler om, og hvem det er til.",
    tags=LIBRARY,
)
def resource(request: HttpRequest, slug: PathEx[str, P(example="housing-first", description=SLUG)]) -> Resource:
    whole = Resource.objects.prefetch_related(
        Prefetch("guidelines", Guideline.objects.light().in_danish_order()),
        Prefetch("principles", Principle.objects.light().numbered()),
        Prefetch("actors", Actor.objects.light().in_danish_order()),
        _sources(),
    )
    return get_object_or_404(whole, slug=slug)


@api.get(
    "/sources",
    response={200: Page[answers.SourceRow], 422: Failure},
    summary="Kilder",
    description="Det, anvisningerne bygger på ud over loven.",
    tags=LIBRARY,
)
def sources(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(Source.objects.light().in_danish_order(), paging)


@api.get(
    "/sources/{slug:slug}",
    response={200: answers.Source, 404: Failure},
    summary="En kilde",
    description="Med de anvisninger, der hviler på den.",
    tags=LIBRARY,
)
def source(
    request: HttpRequest, slug: PathEx[str, P(example="vidensportal-housing-first", description=SLUG)]
) -> Source:
    return get_object_or_404(Source, slug=slug)


def _sources() -> Prefetch:
    return Prefetch("sources", Source.objects.light().in_danish_order())
