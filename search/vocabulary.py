"""All words of the indexed texts, with their stems and, for compounds, the stems of their parts.

It is made when documents are indexed and kept with the index, so that every process reads texts and queries alike.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

from search.compounds import Lexicon, split
from search.spelling import fold, nearest, tolerance
from search.stems import stem
from search.stopwords import is_stop_word

# A short word that stands in one text only is as likely a slip or an abbreviation as a part of compounds.
_SURELY_A_WORD = 5
_SHORTEST_PART = 3
_SHORTEST_PREFIX = 4
_MOST_BY_PREFIX = 8
# The last of all characters: what begins alike sorts before it.
_LAST = "\U0010ffff"


class Vocabulary:
    """`counts`: word → number of documents that had it when it was counted. `parts`: compound → stems of its parts."""

    def __init__(self, counts: Mapping[str, int], parts: Mapping[str, tuple[str, ...]]) -> None:
        self.counts = dict(counts)
        self._parts = dict(parts)

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> "Vocabulary":
        """The vocabulary of documents, each given as its words."""
        counts: Counter[str] = Counter()
        for words in texts:
            counts.update(set(words))
        return cls(counts, _split_all(counts, counts))

    def extended(self, texts: Iterable[Iterable[str]]) -> "Vocabulary":
        """With the words of further documents. Words that are known keep their count and their parts."""
        new: Counter[str] = Counter()
        for words in texts:
            new.update({word for word in words if word not in self.counts})
        if not new:
            return self
        counts = {**self.counts, **new}
        return Vocabulary(counts, {**self._parts, **_split_all(new, counts)})

    def to_json(self) -> dict[str, Any]:
        """For keeping; `from_json` reads it."""
        return {"counts": self.counts, "parts": {word: list(parts) for word, parts in self._parts.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Vocabulary":
        return cls(data["counts"], {word: tuple(parts) for word, parts in data["parts"].items()})

    def __contains__(self, word: str) -> bool:
        """Whether `word` or another form of it stands in some text."""
        return word in self.counts or stem(word) in self._forms

    def parts(self, word: str) -> tuple[str, ...]:
        """The stems of the parts of a compound; of a word that no text has, as it would be split here."""
        if word in self.counts:
            return self._parts.get(word, ())
        return split(word, self.lexicon)

    def forms(self, base: str) -> tuple[str, ...]:
        """The words that have the stem `base`, the most common first."""
        return self._forms.get(base, ())

    def compounds(self, part: str) -> tuple[str, ...]:
        """The words that have the stem `part` as one of their parts, the most common first."""
        return self._compounds.get(part, ())

    def respelled(self, word: str) -> list[str]:
        """The words that `word` may mean if its æ, ø and å were written otherwise, the most common first."""
        return [form for form in self._folded.get(fold(word), ()) if form != word]

    def beginning_with(self, beginning: str) -> list[str]:
        """The most common words that begin so, where it is long enough to tell."""
        if len(beginning) < _SHORTEST_PREFIX:
            return []
        words = self._alphabetical
        found = words[bisect_left(words, beginning) : bisect_left(words, beginning + _LAST)]
        return sorted(found, key=lambda word: (-self.counts[word], word))[:_MOST_BY_PREFIX]

    def nearest(self, word: str, further: int = 0) -> list[str]:
        """The words that `word` may be a misspelling of, the most likely first. further: more slips to forgive."""
        slips = tolerance(word) + further
        return nearest(word, ((other, self.counts[other]) for other in self._similar(word, slips)), slips)

    def _similar(self, word: str, slips: int) -> set[str]:
        """The words about as long that begin or end like `word`, as nearly all that it can be a slip for do."""
        keys = {word[:2], word[1::-1], word[:1] + word[2:3], word[-3:], word[-4:-1]}
        lengths = range(len(word) - slips, len(word) + slips + 1)
        return {other for key in keys for length in lengths for other in self._by_ends.get(f"{length}{key}", ())}

    @cached_property
    def _by_ends(self) -> dict[str, tuple[str, ...]]:
        """The length of a word with two or three letters of its beginning or end → the words."""
        return _grouped(
            (f"{len(word)}{key}", word) for word in self.counts for key in {word[:2], word[-3:], word[-4:-1]}
        )

    @cached_property
    def lexicon(self) -> Lexicon:
        """What compounds are split with."""
        return _lexicon(self.counts)

    @cached_property
    def _alphabetical(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def _by_count(self) -> list[str]:
        return sorted(self.counts, key=lambda word: (-self.counts[word], word))

    @cached_property
    def _forms(self) -> dict[str, tuple[str, ...]]:
        return _grouped((stem(word), word) for word in self._by_count)

    @cached_property
    def _compounds(self) -> dict[str, tuple[str, ...]]:
        return _grouped((part, word) for word in self._by_count for part in self._parts.get(word, ()))

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        return _grouped((fold(word), word) for word in self._by_count)


def _lexicon(counts: Mapping[str, int]) -> Lexicon:
    words = {
        word
        for word, count in counts.items()
        if len(word) >= _SHORTEST_PART
        and word.isalpha()
        and not is_stop_word(word)
        and (count > 1 or len(word) >= _SURELY_A_WORD)
    }
    return Lexicon(words, {stem(word) for word in words})


def _split_all(words: Collection[str], counts: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """Compound → parts. All forms of a word have the same parts, also those whose ending hides them: "fogedrettens"."""
    lexicon = _lexicon(counts)
    of_stem: dict[str, tuple[str, ...]] = {}
    for word in sorted(words, key=lambda word: (len(word), word)):
        if parts := split(word, lexicon):
            of_stem.setdefault(stem(word), parts)
    return {word: of_stem[stem(word)] for word in words if stem(word) in of_stem}


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    # Tuples of texts: Python's collector of garbage need not look at them again and again.
    return {key: tuple(values) for key, values in groups.items()}
