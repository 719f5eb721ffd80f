"""Acts and their provisions."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import P, PathEx, Query

from api.application import api
from api.parameters import SLUG, Paging, page_of
from api.schemas import library as answers
from api.schemas.base import Failure, Page
from library.danish import sort_key
from library.models import Act, Amendment, Provision

LAW = ["Lov"]


@api.get(
    "/acts",
    response={200: Page[answers.ActRow], 422: Failure},
    summary="Love",
    description="Lovene, som anvisningerne hviler på.",
    tags=LAW,
)
def acts(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return page_of(sorted(Act.objects.light(), key=lambda act: sort_key(act.short_title)), paging)


@api.get(
    "/acts/{slug:slug}",
    response={200: answers.Act, 404: Failure},
    summary="En lov",
    description="Med dens paragraffer og ændringer.",
    tags=LAW,
)
def act(request: HttpRequest, slug: PathEx[str, P(example="serviceloven", description=SLUG)]) -> Act:
    provisions = Prefetch("provisions", Provision.objects.with_act().order_by("position"))
    amendments = Prefetch("amendments", Amendment.objects.for_list())
    return get_object_or_404(Act.objects.prefetch_related(provisions, amendments), slug=slug)


@api.get(
    "/provisions/{slug:act}/{slug:key}",
    response={200: answers.Provision, 404: Failure},
    summary="En paragraf",
    description="Med de anvisninger, der hviler på den, og de tekster, der nævner den.",
    tags=LAW,
)
def provision(
    request: HttpRequest,
    act: PathEx[str, P(example="serviceloven", description=SLUG)],
    key: PathEx[str, P(example="110", description="Paragraffens nummer uden mellemrum, som 85a.")],
) -> Provision:
    return get_object_or_404(Provision.objects.select_related("act"), act__slug=act, key=key)
