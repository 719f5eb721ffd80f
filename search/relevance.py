"""How good the search is, measured with judged queries.

    # kind: whole question                   what the queries from here on have in common; other comments say nothing
    query<TAB>slug=grade slug=grade …        3 = this is it, 2 = good, 1 = related

A slug is that of a record; a hit on an instruction or a provision counts for its guideline or act.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.query import SearchQuery, search
from search.words import clean

DEPTH = 10
GOOD = 2
_KIND = re.compile(r"# kind: (?P<name>[^(]*[^( ])")

# Query → slugs of the pages found, best first.
Find = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Judgement:
    query: str
    grades: Mapping[str, int]
    kind: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one judged query gave: the slugs of the pages found, best first, and how good that is."""

    judgement: Judgement
    found: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten, with gain 2^grade - 1."""
        grades = [self.judgement.grades.get(slug, 0) for slug in self.found[:DEPTH]]
        best = sorted(self.judgement.grades.values(), reverse=True)[:DEPTH]
        return _gain(grades) / _gain(best)

    def success(self, depth: int) -> bool:
        """Whether a good page is among the first `depth`."""
        return any(self.judgement.grades.get(slug, 0) >= GOOD for slug in self.found[:depth])


@dataclass(frozen=True)
class Report:
    outcomes: Sequence[Outcome]

    @property
    def ndcg(self) -> float:
        return _mean(outcome.ndcg for outcome in self.outcomes)

    @property
    def empty(self) -> list[str]:
        """The queries that found nothing."""
        return [outcome.judgement.query for outcome in self.outcomes if not outcome.found]

    def of_kinds(self) -> "dict[str, Report]":
        """Kind → the report on its queries alone, in the order of the judgements."""
        kinds = dict.fromkeys(outcome.judgement.kind for outcome in self.outcomes)
        return {kind: Report([one for one in self.outcomes if one.judgement.kind == kind]) for kind in kinds}

    def success(self, depth: int) -> float:
        return _mean(float(outcome.success(depth)) for outcome in self.outcomes)


def read(path: Path) -> list[Judgement]:
    """The judgements of a file. Raises ValueError with the line that cannot be read."""
    judgements = []
    kind = ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if found := _KIND.match(line):
            kind = found["name"]
        if not line.strip() or line.startswith("#"):
            continue
        query, tab, grades = line.partition("\t")
        pairs = [grade.partition("=") for grade in grades.split()]
        if not tab or not pairs or not all(value.isdigit() for _, _, value in pairs):
            raise ValueError(f"{path}:{number}: not a query, a tab, and slug=grade …: {line!r}")
        judgements.append(Judgement(query, {slug: int(value) for slug, _, value in pairs}, kind))
    return judgements


def found_by_search(text: str) -> list[str]:
    """The slugs of the pages that our search finds, best first."""
    slugs = (hit.facts.record for hit in search(SearchQuery(clean(text))).flat)
    return list(dict.fromkeys(slugs))


def measure(judgements: Iterable[Judgement], find: Find = found_by_search) -> Report:
    """Ask all judged queries."""
    return Report([Outcome(judgement, tuple(find(judgement.query))) for judgement in judgements])


def _gain(grades: Iterable[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0
