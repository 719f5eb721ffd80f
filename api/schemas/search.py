"""The answer of the search."""

from typing import Any

from ninja import Field, Schema

from api.schemas.base import absolute
from search.documents import Type


class Result(Schema):
    type: Type
    record: str = Field(description="Sidens tekst: en anvisnings retningslinje, en bestemmelses lov.")
    slug: str = Field(description="En anvisnings anker, en paragrafs nummer, ellers som »record«.")
    title: str
    url: str
    obligation: str = Field(description="»skal«, »boer« eller »kan«. Tomt for det, der ikke er en anvisning.")
    theme: str = Field(description="Temaets navn i adressen, hvor der er ét.")
    snippet: str = Field(description="Det bedste udsnit som HTML. Det fundne står i <mark>.")
    score: float

    @staticmethod
    def resolve_url(hit: Any) -> str:
        return absolute(hit.url)

    @staticmethod
    def resolve_score(hit: Any) -> float:
        return round(float(hit.score), 4)


class Choice(Schema):
    slug: str
    label: str
    count: int = Field(description="Hvor mange resultater valget giver under de andre filtre.")
    chosen: bool


class Answer(Schema):
    query: str
    count: int
    results: list[Result]
    facets: dict[str, list[Choice]]
