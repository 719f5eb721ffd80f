"""Spellings that may be meant for one another: ASCII for æøå, and slips of the finger."""

import re
from collections.abc import Iterable
from functools import lru_cache

_FOLDS = (("aa", "a"), ("å", "a"), ("ae", "a"), ("æ", "a"), ("ä", "a"), ("oe", "o"), ("ø", "o"), ("ö", "o"))
_FOLD = re.compile("|".join(written for written, _ in _FOLDS))
_FOLDED = dict(_FOLDS)
_SHORTEST = 4
_SHORTEST_FOR_TWO = 8


def fold(word: str) -> str:
    """A key that is the same for all ways to write æ, ø and å: hjemløs, hjemloes, hjemlos → "hjemlos"."""
    return _FOLD.sub(lambda match: _FOLDED[match.group()], word)


def tolerance(word: str) -> int:
    """How many slips are forgiven: none in short words and numbers, one from 4 letters, two from 8."""
    if len(word) < _SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= _SHORTEST_FOR_TWO else 1


def distance(one: str, other: str, limit: int) -> int:
    """The number of slips between two words: a letter too many, too few, wrong, or two swapped. `limit` + 1 if more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def nearest(word: str, candidates: Iterable[tuple[str, int]], limit: int) -> list[str]:
    """The candidates within `limit` slips of `word`: the nearest first, then those that begin alike, then common ones.

    candidates: (word, how common it is).
    """
    if not limit:
        return []
    own = _letters(word)
    found = []
    for candidate, count in candidates:
        if abs(len(candidate) - len(word)) > limit or (own ^ _letters(candidate)).bit_count() > 2 * limit:
            continue
        away = distance(word, candidate, limit)
        if away <= limit and away < len(candidate) - 2:
            found.append((away, candidate[:1] != word[:1], -count, candidate))
    return [candidate for *_, candidate in sorted(found)]


@lru_cache(maxsize=50_000)
def _letters(word: str) -> int:
    """The set of letters in a word as a bit mask: words that differ much here cannot be near each other."""
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % 61)
    return mask
