"""Text → terms: the one analysis that indexing, searching and marking share.

    "Hjemløshedsindsatsen på § 110-boformer"  →  hjemløshedsindsats ~hjemløs ~indsats på §110 110 boform "110 boform" …

A term is the stem of a word; with ~ before it, the stem of a part of a compound; with § before it, a law reference;
with a blank in it, two words that stand next to each other in either order, words that do not count left out.
How much each kind counts is decided when searching (`search.understanding`), without a new index.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from markup.catalogue import Catalogue
from search.law_terms import SIGN, references
from search.stems import stem
from search.stopwords import is_stop_word
from search.vocabulary import Vocabulary
from search.words import words

PART = "~"
# Raised with every change of what this module or those below it make of a text: older indexes are then rebuilt.
ANALYSIS_VERSION = 3


def pair(first: str, second: str) -> str:
    """The term for two words that stand next to each other, words that do not count left out.

    The same in either order: Danish turns words around in a question ("kommer borgeren", "borgeren kommer").
    """
    return " ".join(sorted((first, second)))


def is_pair(term: str) -> bool:
    return " " in term and not term.startswith(SIGN)


@dataclass(frozen=True)
class Token:
    """A term and where it comes from: `text[start:end]`, the `position`-th word."""

    term: str
    position: int
    start: int
    end: int


class Analyzer:
    """The analysis of texts with a vocabulary (for compounds) and a catalogue (for the names of acts)."""

    def __init__(self, vocabulary: Vocabulary, catalogue: Catalogue) -> None:
        self.vocabulary = vocabulary
        self.catalogue = catalogue

    def tokens(self, text: str, own_act: str = "") -> Iterator[Token]:
        """The terms of a cleaned text in order; several may stand at one position. own_act: whose text it is."""
        before = ""
        pending = references(text, self.catalogue, own_act)
        position = -1
        for position, word in enumerate(words(text)):
            while pending and pending[0].start <= word.start:
                reference = pending.pop(0)
                for term in reference.terms:
                    yield Token(term, position, reference.start, reference.end)
            base = stem(word.text)
            yield Token(base, position, word.start, word.end)
            if not is_stop_word(word.text):
                if before:
                    yield Token(pair(before, base), position, word.start, word.end)
                before = base
            for part in self.vocabulary.parts(word.text):
                yield Token(PART + part, position, word.start, word.end)
        for reference in pending:
            for term in reference.terms:
                yield Token(term, position + 1, reference.start, reference.end)

    def stems(self, text: str) -> tuple[str, ...]:
        """The stems of the words alone, in order: what names are compared by."""
        return tuple(stem(word.text) for word in words(text))
