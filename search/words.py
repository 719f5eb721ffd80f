"""Text → words: the lowest layer of the analysis, shared by indexing, searching and marking."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Longer "words" are noise (addresses, hashes); their beginning is enough to find them by.
MAX_WORD = 60
# Letters and digits; a part behind an apostrophe is an ending ("NGO'er") and not a word.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\u00ad]")


@dataclass(frozen=True)
class Word:
    """One word of a text, in lower case, and where it stands: `text[start:end]`."""

    text: str
    start: int
    end: int


def clean(text: str) -> str:
    """Text that can be analysed, stored and shown: composed letters, no control characters, no lone surrogates."""
    whole = text.encode("utf-8", "replace").decode() if not text.isascii() else text
    return unicodedata.normalize("NFC", _CONTROL.sub(" ", whole))


def words(text: str) -> Iterator[Word]:
    """The words of a cleaned text, in order. Hyphens part words: "CTI-forløb" is "cti", "forløb"."""
    for match in _WORD.finditer(text):
        word = match.group().partition("'")[0].partition("’")[0].lower()[:MAX_WORD]
        yield Word(word, match.start(), match.start() + len(word))
