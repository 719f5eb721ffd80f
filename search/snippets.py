"""The best passage of a text, with what was found in it marked. Escaped before marking: no text of ours is markup."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from markup.catalogue import Catalogue
from search.danish import PART, Analyzer
from search.law_terms import SIGN
from search.texts import CLOSE, OPEN, Text, prepared

LENGTH = 260
_BLANK = re.compile(r"\s")

# (start, end, which of the things asked for)
Hit = tuple[int, int, int]


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
        whole = prepared(text)
        hits = self._hits(whole)
        return mark_safe(_marked(whole.plain, 0, len(whole.plain), hits) if hits else whole.escaped)

    def passage(self, text: str, length: int = LENGTH) -> SafeString:
        """The passage of about `length` characters that has most of what was asked for, marked; else the beginning."""
        whole = prepared(text)
        hits = self._hits(whole)
        start, end = _window(whole, hits, length)
        before, after = ("… " if start else ""), (" …" if end < len(whole.plain) else "")
        return mark_safe(f"{before}{_marked(whole.plain, start, end, _within(hits, start, end))}{after}")

    def _hits(self, text: Text) -> list[Hit]:
        """What was found, in order, without overlaps."""
        places = text.places
        found = [
            (start, start + len(word), self.spoken[word])
            for word in self.spoken.keys() & places.keys()
            for start in places[word]
        ]
        if self.cited:
            found += [
                (reference.start, reference.end, self.cited[term])
                for reference in text.references(self.catalogue)
                for term in reference.terms
                if term in self.cited
            ]
        found.sort()
        hits: list[Hit] = []
        for hit in found:
            if not hits or hit[0] >= hits[-1][1]:
                hits.append(hit)
        return hits


def _window(text: Text, hits: Sequence[Hit], length: int) -> tuple[int, int]:
    """The best stretch of text, from the beginning of a sentence where that is near, to the end of a word."""
    plain = text.plain
    if len(plain) <= length:
        return 0, len(plain)
    if not hits or hits[-1][1] <= length:
        return 0, _end_of_word(plain, 0, length)
    candidates = {0, *(_start_before(first, text.sentence(first), length) for first, _, _ in hits)}
    start = max(sorted(candidates), key=lambda start: _worth(hits, start, start + length))
    if text.sentence(start) != start:
        start = _next_word(plain, start)
    return start, _end_of_word(plain, start, start + length)


def _end_of_word(plain: str, start: int, end: int) -> int:
    """The end of the last whole word that ends at `end` at the latest."""
    if end >= len(plain):
        return len(plain)
    blank = plain.rfind(" ", start + 1, end + 1)
    return blank if blank > start else end


def _start_before(place: int, sentence: int, length: int) -> int:
    """Where a passage around `place` begins: at its sentence, or shortly before it in a long one."""
    return sentence if place - sentence < length // 2 else place - length // 3


def _worth(hits: Sequence[Hit], start: int, end: int) -> tuple[int, int]:
    inside = _within(hits, start, end)
    return len({which for _, _, which in inside}), len(inside)


def _within(hits: Sequence[Hit], start: int, end: int) -> Sequence[Hit]:
    # A tuple of one number comes before all that begin with it: compared so, many times as fast as with a key.
    begun = hits[bisect_left(hits, (start,)) : bisect_left(hits, (end,))]
    return begun[:-1] if begun and begun[-1][1] > end else begun


def _next_word(text: str, place: int) -> int:
    blank = _BLANK.search(text, place)
    return blank.end() if blank else place


def _marked(text: str, start: int, end: int, hits: Iterable[Hit]) -> str:
    """`text[start:end]`, escaped, with the `hits` in it marked."""
    pieces = []
    for first, last, _ in hits:
        pieces += [text[start:first], OPEN, text[first:last], CLOSE]
        start = last
    escaped = escape("".join([*pieces, text[start:end]]))
    return escaped.replace(OPEN, "<mark>").replace(CLOSE, "</mark>")


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
