"""Texts ready to be looked through for what a query asks for: read once, for all searches that show them."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from html import escape
from sys import intern

from markup.catalogue import Catalogue
from search.law_terms import Reference, references
from search.words import words

# About all that a site of today shows; each takes some ten thousand bytes.
_MOST_KEPT = 4000
# Private-use characters that stand for marks until a text has been escaped; no text of ours holds them.
OPEN, CLOSE = "\ue000", "\ue001"
_PRIVATE = re.compile(f"[{OPEN}{CLOSE}]")
_SENTENCE_START = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ»\d])")
# A word, and not what stands behind its apostrophe.
_WORD = re.compile(r"(?<![^\W_])(?<![^\W_]['’])[^\W_]+")


class Text:
    """A text with the places of its words, its sentences and the law that it names."""

    def __init__(self, text: str) -> None:
        self.plain = _PRIVATE.sub("", text)
        self._cited: tuple[Catalogue, list[Reference]] | None = None

    @cached_property
    def escaped(self) -> str:
        """The text as HTML."""
        return escape(self.plain)

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Word in lower case → where it starts."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        low = self.plain.lower()
        if len(low) == len(self.plain):
            # As with `search.words.words`, but many times as fast.
            for match in _WORD.finditer(low):
                found[intern(match.group())].append(match.start())
        else:  # as with the Turkish İ
            for word in words(self.plain):
                found[word.text].append(word.start)
        return {word: tuple(starts) for word, starts in found.items()}

    @cached_property
    def _sentences(self) -> list[int]:
        return [0, *(match.end() for match in _SENTENCE_START.finditer(self.plain))]

    def sentence(self, place: int) -> int:
        """Where the sentence that `place` is in starts."""
        sentences = self._sentences
        return sentences[bisect_right(sentences, place) - 1]

    def references(self, catalogue: Catalogue) -> list[Reference]:
        """The provisions that the text names."""
        if self._cited is None or self._cited[0] is not catalogue:
            self._cited = catalogue, references(self.plain, catalogue)
        return self._cited[1]


prepared = lru_cache(maxsize=_MOST_KEPT)(Text)
