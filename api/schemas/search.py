"""The answers of the search, and of what is suggested while one types."""

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
    count: int = Field(description="Hvor mange der passer.")
    listed: int = Field(description="Hvor mange af dem der kan bladres i, de bedste først. Ved over 1.500 ikke alle.")
    results: list[Result]
    facets: dict[str, list[Choice]]


class Suggestion(Schema):
    type: Type
    label: str = Field(description="Typen, som den hedder på dansk.")
    title: str
    name: str = Field(description="Det andet navn, siden blev fundet ved. Tomt, hvor det er titlen.")
    url: str

    @staticmethod
    def resolve_label(suggestion: Any) -> str:
        return Type(suggestion.type).label

    @staticmethod
    def resolve_url(suggestion: Any) -> str:
        return absolute(suggestion.url)


class Suggestions(Schema):
    results: list[Suggestion]
