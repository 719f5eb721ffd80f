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
    def weight(self) -> int:
        """How deep the cell is shaded: 0 for nothing, 4 for seven instructions and more."""
        return min((self.total + 1) // 2, 4)

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
    """One guideline; `counts` by obligation, each of its instructions once."""

    guideline: Mapping[str, Any]
    cells: list[Cell]
    counts: Mapping[str, int]
    url: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())


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


def obligation_counts(actor: str = "") -> dict[str, int]:
    """How many instructions there are of each obligation, for one actor or for all."""
    numbers: Counter[str] = Counter()
    for counts in _line_counts("", actor).values():
        numbers += counts
    return {word.value: numbers[word.value] for word in Obligation}


def build_matrix(obligation: str = "", actor: str = "") -> Matrix:
    """The whole table, of the instructions of one obligation and one actor or of all, in four queries."""
    principles = list(Principle.objects.light().numbered())
    wanted = {"forpligtelse": obligation, "aktoer": actor}
    counts: dict[tuple[int, int], Counter[str]] = {}
    for principle, guideline, word, number in _cell_counts(obligation, actor):
        counts.setdefault((principle, guideline), Counter())[word] += number
    lines: dict[str, list[Line]] = {}
    line_counts = _line_counts(obligation, actor)
    for guideline in _guidelines():
        of_guideline = {"retningslinje": guideline["slug"], **wanted}
        cells = [
            Cell(
                counts.get((principle.pk, guideline["pk"]), Counter()),
                finder_url(princip=principle.slug, **of_guideline),
            )
            for principle in principles
        ]
        line = Line(guideline, cells, line_counts.get(guideline["pk"], Counter()), finder_url(**of_guideline))
        lines.setdefault(guideline["guideline__theme__title"], []).append(line)
    sums: dict[int, Counter[str]] = {principle.pk: Counter() for principle in principles}
    for (principle, _), numbers in counts.items():
        sums[principle] += numbers
    totals = [Cell(sums[principle.pk], finder_url(princip=principle.slug, **wanted)) for principle in principles]
    return Matrix(principles, list(lines.items()), totals, sum(sum(line.values()) for line in line_counts.values()))


# This app stands below the one with guidelines, instructions and actors, and asks for them by the names of the
# relations.


def acting() -> QuerySet:
    """(slug, title) of the actors that have instructions, in Danish order."""
    found = Record.objects.filter(kind=Kind.ACTOR.value, actor__instructions__isnull=False).distinct()
    return found.order_by("sort_key").values_list("slug", "title")


def _guidelines() -> QuerySet:
    return (
        Record.objects.filter(kind=Kind.GUIDELINE.value)
        .order_by("guideline__theme__number", "number")
        .values("pk", "slug", "title", "address", "guideline__theme__title")
    )


def _narrowed(instructions: str, obligation: str, actor: str) -> dict[str, Any]:
    """The conditions on the relation `instructions`, for one filter: two would join it twice and multiply counts."""
    conditions = {f"{instructions}__obligation": obligation, f"{instructions}__actors__slug": actor}
    return {f"{instructions}__isnull": False, **{name: value for name, value in conditions.items() if value}}


def _cell_counts(obligation: str, actor: str) -> QuerySet:
    """(principle, guideline, obligation, number)."""
    found = Principle.objects.filter(**_narrowed("instructions", obligation, actor)).order_by()
    columns = found.values_list("pk", "instructions__guideline", "instructions__obligation")
    return columns.annotate(number=Count("instructions"))


def _line_counts(obligation: str, actor: str) -> dict[int, Counter[str]]:
    """Guideline → the numbers of its instructions by obligation, each counted once."""
    relation = "guideline__instructions"
    found = Record.objects.filter(kind=Kind.GUIDELINE.value, **_narrowed(relation, obligation, actor)).order_by()
    counts: dict[int, Counter[str]] = {}
    columns = found.values_list("pk", f"{relation}__obligation")
    for guideline, word, number in columns.annotate(number=Count(relation, distinct=True)):
        counts.setdefault(guideline, Counter())[word] = number
    return counts
