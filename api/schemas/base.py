"""The parts that all records share in the answers: short as a relation, longer in a list, whole on their own."""

from datetime import datetime
from typing import Any, Generic, TypeVar

from django.conf import settings
from ninja import Field, Schema

Row = TypeVar("Row")


def absolute(address: str) -> str:
    """An address of the site with its host in front."""
    return f"{settings.SITE_URL}{address}"


class Page(Schema, Generic[Row]):
    count: int = Field(description="Hvor mange der er i alt.")
    limit: int
    offset: int
    results: list[Row]


class Problem(Schema):
    parameter: str
    message: str


class Failure(Schema):
    error: str = Field(description="Hvad der er galt, på dansk.")
    problems: list[Problem] = Field([], description="Hvilke parametre der ikke kan bruges.")


# A record as others name it.
class Named(Schema):
    slug: str = Field(description="Navnet i adressen. Det ændres ikke.")
    title: str
    url: str = Field(description="Siden i Hjemvej.")

    @staticmethod
    def resolve_url(record: Any) -> str:
        return absolute(record.get_absolute_url())


class Tag(Schema):
    slug: str
    name: str


class Entry(Named):
    summary: str
    review: str = Field(description="Forbehold: hvad der endnu ikke er bekræftet. Tomt, hvor der intet er.")
    changed_at: datetime


class NumberedEntry(Entry):
    number: int | None = Field(description="Pladsen i rækkefølgen.")


class Section(Schema):
    title: str
    anchor: str
    html: str


# What a record has on its own page beside what lists show.
class Whole(Schema):
    html: str = Field(description="Teksten før første afsnit.")
    sections: list[Section]
    text: str = Field(description="Hele teksten, som den redigeres: Markdown med felterne øverst.")
