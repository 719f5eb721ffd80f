"""Suggestions for the search field: pages whose names begin with what has been typed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query

from api.application import api
from api.parameters import Typed
from api.schemas.search import Suggestions
from search.suggesting import suggest as find

# Short, and not kept by the page cache, where every beginning of every word would push out a page.
_BRIEF = "public, max-age=60"


@api.get(
    "/suggest",
    response=Suggestions,
    summary="Forslag, mens man skriver",
    description="Højst ti sider, hvis titel, andre navne eller paragraf begynder med det, der er skrevet. "
    "Hvert ord i »q« skal begynde et ord i navnet; æ, ø og å kan skrives som ae, oe og aa.",
    tags=["Søgning"],
)
def suggest(request: HttpRequest, response: HttpResponse, typed: Query[Typed]) -> dict[str, Any]:
    response["Cache-Control"] = _BRIEF
    return {"results": find(typed.q)}
