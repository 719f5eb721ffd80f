"""What may be asked for: pages of lists, and the filters of the instruction finder and of the search."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from ninja import Field, Schema

MOST_ROWS = 500
MOST_HITS = 100
SLUG = "Navnet i adressen."
# Beyond any list of ours, and within what every database can count to.
_LARGEST_OFFSET = 1_000_000


# The parameters of every list.
class Paging(Schema):
    limit: int = Field(100, ge=1, le=MOST_ROWS, description="Hvor mange der højst svares med.")
    offset: int = Field(0, ge=0, le=_LARGEST_OFFSET, description="Hvor mange der springes over.")


class HitPaging(Schema):
    limit: int = Field(20, ge=1, le=MOST_HITS, description="Hvor mange resultater der højst svares med.")
    offset: int = Field(0, ge=0, le=_LARGEST_OFFSET, description="Hvor mange resultater der springes over.")


def _choices(description: str, example: str | None = None) -> Any:
    """A filter that may be given several times."""
    extra: dict[str, Any] = {"example": [example]} if example else {}
    return Field([], description=f"{description} Kan gives flere gange.", json_schema_extra=extra)


class Filters(Schema):
    forpligtelse: list[str] = _choices("»skal«, »boer« eller »kan«.", "skal")
    tema: list[str] = _choices("Temaets navn i adressen.")
    princip: list[str] = _choices("Princippets nummer eller navn i adressen.")
    aktoer: list[str] = _choices("Aktørens navn i adressen.")
    lov: list[str] = _choices("Lovens navn i adressen, eller en paragraf som »serviceloven:110«.")
    emne: list[str] = _choices("Emnets navn i adressen.")


class InstructionFilters(Filters):
    q: str = Field("", description="Ord, der alle skal stå i anvisningen.")
    retningslinje: list[str] = _choices("Retningslinjens navn i adressen.")


class SearchFilters(Filters):
    q: str = Field(
        "",
        description="Det, der søges efter. En lang tekst afkortes.",
        json_schema_extra={"example": "borgeren bliver smidt ud"},
    )
    type: list[str] = _choices(
        "»anvisning«, »retningslinje«, »situation«, »bestemmelse«, »lov«, »begreb«, »materiale«, »princip«, "
        "»aktoer«, »tema« eller »kilde«."
    )
    synonymer: str = Field("", description="»nej« søger uden synonymer.")


class Typed(Schema):
    q: str = Field("", description="Det, der er skrevet indtil nu.", json_schema_extra={"example": "hjemloe"})


def page_of(rows: QuerySet[Any] | Sequence[Any], paging: Paging) -> dict[str, Any]:
    """The part of `rows` that was asked for, as `schemas.base.Page` wants it."""
    return {
        "count": rows.count() if isinstance(rows, QuerySet) else len(rows),
        "limit": paging.limit,
        "offset": paging.offset,
        "results": list(rows[paging.offset : paging.offset + paging.limit]),
    }
