"""Where to begin: what this is, how new it is, and where everything else is."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Schema

from api.application import DESCRIPTION, api
from api.schemas.base import absolute
from content.models import ContentVersion

_LISTS = (
    "themes",
    "guidelines",
    "instructions",
    "principles",
    "actors",
    "situations",
    "acts",
    "glossary",
    "resources",
    "sources",
    "search",
    "suggest",
)


class Root(Schema):
    name: str
    description: str
    is_official: bool = Field(description="Altid falsk: ordlyden er Hjemvejs egen.")
    content_version: int = Field(description="Tallet stiger, hver gang noget ændres.")
    about: str
    docs: str
    openapi: str
    links: dict[str, str]


@api.get("/", response=Root, summary="Begyndelsen", description="Hvad dette er, og hvor resten findes.", tags=["Om"])
def root(request: HttpRequest) -> dict[str, Any]:
    return {
        "name": "Hjemvej",
        "description": DESCRIPTION,
        "is_official": False,
        "content_version": ContentVersion.current(),
        "about": absolute(reverse("library:about")),
        "docs": absolute(reverse("api:docs")),
        "openapi": absolute(reverse("api:v1:openapi-json")),
        "links": {name: absolute(reverse(f"api:v1:{name}")) for name in _LISTS},
    }
