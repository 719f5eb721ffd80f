"""The instructions that rest on a provision or a source, in reading order and by `stk.`, and who else cites those."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from library.models import Citation, Provision, Record
from library.models.record import TEXTS

_NUMBERS = re.compile(r"stk\.\s*(?P<numbers>\d+(?:\s*(?:,|og|-|–)\s*\d+)*)")
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")


def subsection_numbers(text: str) -> list[int]:
    """The numbers that `text` names; none where it names the whole provision.

    >>> subsection_numbers("stk. 1, nr. 2"), subsection_numbers("stk. 3-5 og 7"), subsection_numbers("")
    ([1], [3, 4, 5, 7], [])
    """
    found = _NUMBERS.search(text)
    if not found:
        return []
    numbers: set[int] = set()
    for part in re.split(r"\s*(?:,|og)\s*", found["numbers"]):
        ends = _RANGE.fullmatch(part)
        numbers.update(range(int(ends[1]), int(ends[2]) + 1) if ends else [int(part)])
    return sorted(numbers)


def in_reading_order(bases: QuerySet) -> QuerySet:
    """`bases` with their instructions and guidelines, without the texts, in the order of the guidelines."""
    guideline = "instruction__guideline"
    return (
        bases.select_related(guideline)
        .defer("instruction__html", f"{guideline}__text", f"{guideline}__html", f"{guideline}__sections")
        .order_by(f"{guideline}__theme__number", f"{guideline}__number", "instruction__position")
    )


@dataclass
class SubsectionGroup:
    """What rests on one `stk.`; number 0 stands for the provision as a whole.

    `citing`, where no instruction does: the texts that name it. Their links lead to its anchor.
    """

    number: int
    instructions: list[Any] = field(default_factory=list)
    citing: list[Record] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"Stk. {self.number}" if self.number else "Paragraffen som helhed"

    @property
    def anchor(self) -> str:
        return f"stk-{self.number}" if self.number else "hele-paragraffen"


def by_subsection(bases: Iterable[Any], citing: Mapping[int, list[Record]] | None = None) -> list[SubsectionGroup]:
    """`bases` (each with `subsection` and `instruction`) grouped by `stk.`, the whole provision first.

    An instruction that rests on several `stk.` stands under each of them, once. citing: the texts that name a
    `stk.`, from `citing_subsections`; it then has a group of its own even where no instruction rests on it.
    """
    groups: dict[int, SubsectionGroup] = {}
    for basis in bases:
        for number in subsection_numbers(basis.subsection) or [0]:
            group = groups.setdefault(number, SubsectionGroup(number))
            if basis.instruction not in group.instructions:
                group.instructions.append(basis.instruction)
    for number in set(citing or {}) - groups.keys():
        groups[number] = SubsectionGroup(number, citing=(citing or {})[number])
    return [groups[number] for number in sorted(groups)]


def citing_subsections(provision: Provision) -> dict[int, list[Record]]:
    """`stk.` → the records whose texts name it, each once, in Danish order."""
    citations = Citation.objects.filter(provision=provision).exclude(subsection="").select_related("source")
    found: dict[int, list[Record]] = defaultdict(list)
    ordered = citations.defer(*(f"source__{name}" for name in TEXTS)).order_by("source__sort_key", "source__slug")
    for citation in ordered:
        for number in subsection_numbers(citation.subsection):
            if citation.source not in found[number]:
                found[number].append(citation.source)
    return dict(found)
