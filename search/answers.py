"""The one page that a query means: an exact law reference, a page called just that, or a situation that it tells of."""

from collections.abc import Iterable

from search.documents import Type
from search.snapshot import Snapshot
from search.understanding import Understanding

# Where several pages have the same name, the one that answers most.
_PREFERENCE = (
    Type.SITUATION,
    Type.GUIDELINE,
    Type.TERM,
    Type.PRINCIPLE,
    Type.RESOURCE,
    Type.ACT,
    Type.ACTOR,
    Type.THEME,
    Type.SOURCE,
)
_LONGEST_NAME = 8


def answer(view: Snapshot, understanding: Understanding) -> int | None:
    """The number of the document for the box on top, if the query means a single one."""
    if understanding.references:
        return _provision(view, understanding)
    stems = understanding.stems
    return _preferred(view, view.named.get(" ".join(stems), ())) or _situation(view, stems)


def _provision(view: Snapshot, understanding: Understanding) -> int | None:
    """The provision's page, where the query names one provision and only one act has it."""
    first, *others = understanding.references
    numbers = [] if others else view.provisions(first)
    return numbers[0] if len(numbers) == 1 else None


def _preferred(view: Snapshot, numbers: Iterable[int]) -> int | None:
    pages = [number for number in numbers if view.facts[number].type in _PREFERENCE]
    return min(pages, key=lambda number: _PREFERENCE.index(view.facts[number].type), default=None)


def _situation(view: Snapshot, stems: tuple[str, ...]) -> int | None:
    """The situation of which a word or phrase in the query is a name, the longest such name counting."""
    for length in range(min(_LONGEST_NAME, len(stems)), 0, -1):
        for start in range(len(stems) - length + 1):
            for number in view.named.get(" ".join(stems[start : start + length]), ()):
                if view.facts[number].type is Type.SITUATION:
                    return number
    return None
