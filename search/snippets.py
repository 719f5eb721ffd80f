"""The best passage of a text, with what was found in it marked. Escaped before marking: no text of ours is markup."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from markup.catalogue import Catalogue
from search.danish import PART, Analyzer
from search.law_terms import SIGN, references
from search.words import words

LENGTH = 260
# Private-use characters: no text holds them, and they pass through escaping.
_OPEN, _CLOSE = "\ue000", "\ue001"
_PRIVATE = re.compile(f"[{_OPEN}{_CLOSE}]")
_SENTENCE_START = re.compile(r"(?<=[.!?:])\s+(?=[A-ZÆØÅ»\d])")
# A word, and not what stands behind its apostrophe.
_WORD = re.compile(r"(?<![^\W_]['’])[^\W_]+")
_APOSTROPHES = ("'", "’")
_BLANK = re.compile(r"\s")


@dataclass(frozen=True)
class Marker:
    """Marks what a query found.

    spoken: word in lower case → which of the things asked for it says. cited: the same for law references, by term.
    """

    catalogue: Catalogue
    spoken: Mapping[str, int]
    cited: Mapping[str, int]

    def title(self, text: str) -> SafeString:
        """The whole text, marked."""
        plain = _PRIVATE.sub("", text)
        return _marked(plain, self._hits(plain))

    def passage(self, text: str, length: int = LENGTH) -> SafeString:
        """The passage of about `length` characters that has most of what was asked for, marked; else the beginning."""
        plain = _PRIVATE.sub("", text)
        hits = self._hits(plain)
        start, end = self._window(plain, hits, length)
        inside = [(first - start, last - start) for first, last, _ in hits if start <= first and last <= end]
        before, after = ("… " if start else ""), (" …" if end < len(plain) else "")
        marked = _marked(plain[start:end], ((first, last, 0) for first, last in inside))
        return mark_safe(f"{before}{marked}{after}")

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        """(start, end, which thing asked for) of what was found, in order, without overlaps."""
        found = self._spoken_hits(text)
        if self.cited:
            found += [
                (reference.start, reference.end, self.cited[term])
                for reference in references(text, self.catalogue)
                for term in reference.terms
                if term in self.cited
            ]
            found.sort()
        hits: list[tuple[int, int, int]] = []
        for hit in found:
            if not hits or hit[0] >= hits[-1][1]:
                hits.append(hit)
        return hits

    def _spoken_hits(self, text: str) -> list[tuple[int, int, int]]:
        """As with `search.words.words`, but a page has thousands of words, and this is many times as fast."""
        low = text.lower()
        if len(low) != len(text):  # as with the Turkish İ
            say = self.spoken.get
            return [(word.start, word.end, which) for word in words(text) if (which := say(word.text)) is not None]
        found = self.spoken.keys() & set(_WORD.findall(low))
        return sorted((start, start + len(word), self.spoken[word]) for word in found for start in _starts(low, word))

    def _window(self, text: str, hits: list[tuple[int, int, int]], length: int) -> tuple[int, int]:
        """The best stretch of text, from the beginning of a sentence where that is near, to the end of a word."""
        if len(text) <= length:
            return 0, len(text)
        starts = [0, *(match.end() for match in _SENTENCE_START.finditer(text))]
        candidates = {0, *(_start_before(first, starts, length) for first, _, _ in hits)}
        start = max(sorted(candidates), key=lambda start: _worth(hits, start, start + length))
        if start not in starts:
            start = _next_word(text, start)
        end = start + length
        if end >= len(text):
            return start, len(text)
        blank = text.rfind(" ", start + 1, end + 1)
        return start, blank if blank > start else end


def _starts(text: str, word: str) -> Iterator[int]:
    """Where `word` stands as a whole word, and not behind the apostrophe of another."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        before, after = text[max(start - 2, 0) : start], text[end : end + 1]
        if not (before[-1:].isalnum() or after.isalnum() or (before[-1:] in _APOSTROPHES and before[:-1].isalnum())):
            yield start
        start = text.find(word, end)


def _start_before(place: int, starts: list[int], length: int) -> int:
    """Where a passage around `place` begins: at its sentence, or shortly before it in a long one."""
    sentence = max(start for start in starts if start <= place)
    return sentence if place - sentence < length // 2 else place - length // 3


def _worth(hits: Iterable[tuple[int, int, int]], start: int, end: int) -> tuple[int, int]:
    inside = [which for first, last, which in hits if start <= first and last <= end]
    return len(set(inside)), len(inside)


def _next_word(text: str, place: int) -> int:
    blank = _BLANK.search(text, place)
    return blank.end() if blank else place


def _marked(text: str, hits: Iterable[tuple[int, int, int]]) -> SafeString:
    pieces = []
    end = 0
    for first, last, _ in hits:
        pieces += [text[end:first], _OPEN, text[first:last], _CLOSE]
        end = last
    escaped = escape("".join([*pieces, text[end:]]))
    return mark_safe(escaped.replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>"))


def marker(analyzer: Analyzer, wanted: Iterable[Collection[str]]) -> Marker:
    """A marker for what a query asks for, each thing given as all terms that say it."""
    spoken: dict[str, int] = {}
    cited: dict[str, int] = {}
    for place, terms in enumerate(wanted):
        for term in terms:
            if term.startswith(SIGN):
                cited.setdefault(term, place)
            else:
                is_part = term.startswith(PART)
                vocabulary = analyzer.vocabulary
                said = vocabulary.compounds(term.removeprefix(PART)) if is_part else [term, *vocabulary.forms(term)]
                for word in said:
                    spoken.setdefault(word, place)
    return Marker(analyzer.catalogue, spoken, cited)
