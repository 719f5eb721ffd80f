"""What differs between two texts, by words. Pure functions; the comparing itself is difflib's."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

# Below this, two parts have so little in common that the words they share only confuse.
ALIKE = 0.3
# How many lines are shown on either side of a change, what is left of its own line among them.
AROUND = 3
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


class Status(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Step(Generic[T]):
    """One part of two sequences laid upon each other: it is in both (`old` and `new` are equal), or in one."""

    status: Status
    old: T | None
    new: T | None


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `skipped`: how many unchanged lines it stands for instead."""

    status: Status
    text: str
    skipped: int = 0


def compare(old: Sequence[T], new: Sequence[T]) -> Iterator[Step[T]]:
    """Lay two sequences upon each other; where they differ, what is gone comes before what has come."""
    for operation, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = old[start:end], new[new_start:new_end]
        if operation == "equal":
            yield from (Step(Status.SAME, *pair) for pair in zip(before, after, strict=True))
        else:
            yield from (Step(Status.REMOVED, part, None) for part in before)
            yield from (Step(Status.ADDED, None, part) for part in after)


def compare_in_groups(old: Sequence[Sequence[T]], new: Sequence[Sequence[T]]) -> Iterator[Step[T]]:
    """The same for sequences in groups (the lines of a text, the paragraphs of a page): whole groups first, then what
    is inside those that differ. That is faster, and closer to what a reader sees."""
    steps = compare([tuple(group) for group in old], [tuple(group) for group in new])
    for is_same, part in groupby(steps, key=lambda step: step.status is Status.SAME):
        groups = list(part)
        before = [item for step in groups for item in step.old or ()]
        after = [item for step in groups for item in step.new or ()]
        if is_same:
            yield from (Step(Status.SAME, *pair) for pair in zip(before, after, strict=True))
        elif SequenceMatcher(None, before, after, autojunk=False).ratio() < ALIKE:
            yield from (Step(Status.REMOVED, item, None) for item in before)
            yield from (Step(Status.ADDED, None, item) for item in after)
        else:
            yield from compare(before, after)


def text_diff(old: str, new: str) -> list[Piece]:
    """Two texts as one, in stretches; of what is unchanged only the lines around the changes."""
    steps = compare_in_groups(_lines(old), _lines(new))
    pieces = [
        Piece(status, "".join((step.new or step.old or "") for step in part))
        for status, part in groupby(steps, key=lambda step: step.status)
    ]
    return list(_shortened(pieces))


def _lines(text: str) -> list[list[str]]:
    return [_WORDS.findall(line) for line in text.splitlines(keepends=True)]


def _shortened(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for place, piece in enumerate(pieces):
        lines = piece.text.splitlines(keepends=True)
        before = AROUND if place else 0
        after = AROUND if place + 1 < len(pieces) else 0
        skipped = len(lines) - before - after
        if piece.status is not Status.SAME or skipped <= 1:
            yield piece
            continue
        yield from _if_any(lines[:before])
        yield Piece(Status.SAME, "", skipped)
        yield from _if_any(lines[len(lines) - after :])


def _if_any(lines: Iterable[str]) -> Iterator[Piece]:
    if text := "".join(lines):
        yield Piece(Status.SAME, text)
