"""Principles × guidelines: how many instructions carry each principle out in each guideline, by obligation."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from library.models import Record
from markup.kinds import Kind, Obligation
from principles.models import Principle


@dataclass(frozen=True)
class Cell:
    """The numbers of one principle in one guideline, and the address of the instructions behind them."""

    counts: Mapping[str, int]
    url: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def signs(self) -> list[str]:
        """One obligation per instruction, Skal first."""
        return [word.value for word in Obligation for _ in range(self.counts.get(word.value, 0))]

    @property
    def words(self) -> list[str]:
        """["2 skal", "1 bør"], without those of which there are none."""
        numbers = ((self.counts.get(word.value, 0), word.label.lower()) for word in Obligation)
        return [f"{number} {word}" for number, word in numbers if number]


@dataclass(frozen=True)
class Line:
    """One guideline; `total` counts each of its instructions once."""

    guideline: Mapping[str, Any]
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class Matrix:
    """`blocks`: (theme, its lines). `totals`: one cell per principle, over all guidelines."""

    principles: list[Principle]
    blocks: list[tuple[str, list[Line]]]
    totals: list[Cell]
    total: int


def finder_url(**parameters: str) -> str:
    """The address of the instruction finder with these filters; empty ones are left out."""
    given = {name: value for name, value in parameters.items() if value}
    return f"{reverse('guidelines:instructions')}?{urlencode(given)}"


def obligation_counts() -> dict[str, int]:
    """How many instructions there are of each obligation."""
    counted = _guidelines_with_instructions().values_list("guideline__instructions__obligation")
    numbers = dict(counted.annotate(number=Count("guideline__instructions", distinct=True)))
    return {word.value: numbers.get(word.value, 0) for word in Obligation}


def build_matrix(obligation: str = "") -> Matrix:
    """The whole table, of instructions of one obligation or of all, in four queries."""
    principles = list(Principle.objects.light().numbered())
    counts: dict[tuple[int, int], Counter[str]] = {}
    for principle, guideline, word, number in _cell_counts(obligation):
        counts.setdefault((principle, guideline), Counter())[word] += number
    lines: dict[str, list[Line]] = {}
    totals = _line_totals(obligation)
    for guideline in _guidelines():
        cells = [
            Cell(
                counts.get((principle.pk, guideline["pk"]), Counter()),
                finder_url(princip=principle.slug, retningslinje=guideline["slug"], forpligtelse=obligation),
            )
            for principle in principles
        ]
        line = Line(guideline, cells, totals.get(guideline["pk"], 0))
        lines.setdefault(guideline["guideline__theme__title"], []).append(line)
    return Matrix(principles, list(lines.items()), _column_totals(principles, counts, obligation), sum(totals.values()))


def _column_totals(
    principles: list[Principle], counts: Mapping[tuple[int, int], Counter[str]], obligation: str
) -> list[Cell]:
    sums: dict[int, Counter[str]] = {principle.pk: Counter() for principle in principles}
    for (principle, _), numbers in counts.items():
        sums[principle] += numbers
    return [
        Cell(sums[principle.pk], finder_url(princip=principle.slug, forpligtelse=obligation))
        for principle in principles
    ]


# This app stands below the one with guidelines and instructions, and asks for them by the names of the relations.


def _guidelines() -> QuerySet:
    return (
        Record.objects.filter(kind=Kind.GUIDELINE.value)
        .order_by("guideline__theme__number", "number")
        .values("pk", "slug", "title", "address", "guideline__theme__title")
    )


def _guidelines_with_instructions(obligation: str = "") -> QuerySet:
    """One filter for both conditions: two would join the instructions twice and multiply what is counted."""
    narrower = {"guideline__instructions__obligation": obligation} if obligation else {}
    return Record.objects.filter(
        kind=Kind.GUIDELINE.value, guideline__instructions__isnull=False, **narrower
    ).order_by()


def _cell_counts(obligation: str) -> QuerySet:
    """(principle, guideline, obligation, number)."""
    narrower = {"instructions__obligation": obligation} if obligation else {}
    found = Principle.objects.filter(instructions__isnull=False, **narrower).order_by()
    columns = found.values_list("pk", "instructions__guideline", "instructions__obligation")
    return columns.annotate(number=Count("instructions"))


def _line_totals(obligation: str) -> dict[int, int]:
    """Guideline → number of its instructions, each counted once."""
    found = _guidelines_with_instructions(obligation).values_list("pk")
    return dict(found.annotate(number=Count("guideline__instructions", distinct=True)))
