"""Query → what it asks for: words with their inflections, compounds, spellings and synonyms, law references, filters.

Each step that goes beyond the words as typed leaves a note, with the query that undoes it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from markup.kinds import Obligation
from search.danish import PART, Analyzer, pair
from search.law_terms import SIGN, Reference, query_references
from search.ranking import Concept
from search.stems import stem
from search.stopwords import OBLIGATION_WORDS, is_stop_word
from search.synonyms import LONGEST_PHRASE, Thesaurus
from search.words import Word, words

# How much a document counts that says it otherwise than the query does. 1 is the word itself, in any inflection.
IN_COMPOUND = 0.7  # asked for "indsats", found "hjemløshedsindsats"
OF_COMPOUND = 0.7  # asked for "hjemløshedsindsats", found "hjemløshed" and "indsats"; shared by the parts
RESPELLED = 0.9
CORRECTED = 0.8
COMPLETED = 0.7
SYNONYM = 0.6
LAW = (1.0, 0.85, 0.3)  # the subsection, the provision, the same number in any act
BARE_NUMBER = 0.5  # asked for "110", found "§ 110"


MAX_WORDS = 40
# More provisions than this are a range, of which any will do.
MAX_LAW_CONCEPTS = 3
_QUOTED = re.compile(r'"([^"]*)"')


class Step(StrEnum):
    """What was done to a word."""

    COMPOUNDS = "compounds"  # longer words that contain it are found too
    PARTS = "parts"  # it was split
    SYNONYMS = "synonyms"
    RESPELLED = "respelled"
    CORRECTED = "corrected"
    COMPLETED = "completed"
    DROPPED = "dropped"  # too common to count
    UNKNOWN = "unknown"  # in no text; `others` are near it
    LAW = "law"


@dataclass(frozen=True)
class Note:
    """One step for the reader: what was typed, what it became, and the query that undoes it ("" if nothing does).

    around: what stands before and after the word in the query.
    """

    step: Step
    word: str
    others: tuple[str, ...] = ()
    undone: str = ""
    around: tuple[str, str] = ("", "")

    def with_word(self, word: str) -> str:
        """The query with another word in the place of this one."""
        return word.join(self.around)


@dataclass(frozen=True)
class Understanding:
    """What a query asks for, and what to tell about it.

    obligations: the filters that the words offer. references: the provisions named. stems: all words of the query as
    stems, to be compared with the names of documents.
    """

    concepts: tuple[Concept, ...] = ()
    pairs: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    references: tuple[Reference, ...] = ()
    stems: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Asked:
    """A word of the query and how it was typed: in quotes, or with a + before it."""

    word: Word
    exact: bool
    forced: bool

    @property
    def is_plain(self) -> bool:
        return not (self.exact or self.forced)


@dataclass
class _Ways:
    """The ways to say one thing, as they are gathered; see `Concept`."""

    terms: dict[str, float] = field(default_factory=dict)
    parts: list[dict[str, float]] = field(default_factory=list)
    whole: float = 1.0

    def add(self, term: str, weight: float) -> None:
        self.terms[term] = max(weight, self.terms.get(term, 0.0))


class Interpreter:
    """Understands queries with the vocabulary of the index and the synonyms of the content."""

    def __init__(self, analyzer: Analyzer, thesaurus: Thesaurus) -> None:
        self._analyzer = analyzer
        self._thesaurus = thesaurus

    def understand(self, text: str, *, synonyms: bool = True, lenient: bool = False) -> Understanding:
        """What `text`, cleaned and of bearable length, asks for.

        synonyms: whether to look for these too. lenient: to forgive one slip more, where nothing was found without.
        """
        thesaurus = self._thesaurus if synonyms else Thesaurus((), ())
        return _Reading(text, self._analyzer, thesaurus, further=int(lenient)).result()


class _Reading:
    """One query being understood."""

    def __init__(self, text: str, analyzer: Analyzer, thesaurus: Thesaurus, further: int) -> None:
        """further: slips forgiven in a word beyond the usual."""
        self._analyzer = analyzer
        self._further = further
        self._vocabulary = analyzer.vocabulary
        self._thesaurus = thesaurus
        self._references, self._text = query_references(text, analyzer.catalogue)
        self._notes: list[Note] = []
        self._concepts: list[Concept] = []
        self._obligations: list[Obligation] = []
        self._pairs: list[str] = []
        self._stems = analyzer.stems(text)

    def result(self) -> Understanding:
        self._add_law()
        asked = list(self._asked())[:MAX_WORDS]
        counting = [stem(part.word.text) for part in asked if not is_stop_word(part.word.text)]
        self._pairs = list(dict.fromkeys(pair(first, second) for first, second in pairwise(counting)))
        while asked:
            asked = asked[self._add_phrase(asked) or self._add_word(asked[0]) :]
        return Understanding(
            tuple(self._concepts),
            tuple(self._pairs),
            tuple(self._notes),
            tuple(dict.fromkeys(self._obligations)),
            tuple(self._references),
            self._stems,
        )

    def _asked(self) -> Iterator[_Asked]:
        """The words outside of law references."""
        quotes = [match.span(1) for match in _QUOTED.finditer(self._text)]
        taken = [(reference.start, reference.end) for reference in self._references]
        for word in words(self._text):
            if not any(start <= word.start < end for start, end in taken):
                exact = any(start <= word.start < end for start, end in quotes)
                yield _Asked(word, exact, forced=self._text[word.start - 1 : word.start] == "+")

    def _note(self, step: Step, asked: _Asked, others: Iterable[str] = (), undo: str = "") -> None:
        """Tell of a step. undo: what to write for the word to undo it, with {} for the word."""
        typed = self._text[asked.word.start : asked.word.end]
        before, after = self._text[: asked.word.start], self._text[asked.word.end :]
        undone = f"{before}{undo.format(typed)}{after}" if undo else ""
        self._notes.append(Note(step, typed, tuple(others), undone, (before, after)))

    # ---------- Law ----------

    def _add_law(self) -> None:
        groups = [[reference] for reference in self._references]
        if len(groups) > MAX_LAW_CONCEPTS:
            groups = [list(self._references)]
        for group in groups:
            ways = _Ways()
            for reference in group:
                weights = LAW[-len(reference.terms) :] if reference.act else LAW[:1]
                for term, weight in zip(reference.terms, weights, strict=False):
                    ways.add(term, weight)
            self._concepts.append(Concept(self._text[group[0].start : group[-1].end], ways.terms))

    # ---------- Words ----------

    def _add_phrase(self, asked: list[_Asked]) -> int:
        """Take the longest phrase that the words begin with and that has synonyms; the number of its words, or 0."""
        for length in range(min(LONGEST_PHRASE, len(asked)), 1, -1):
            phrase = asked[:length]
            stems = tuple(stem(part.word.text) for part in phrase)
            found = self._thesaurus.of(stems)
            if not found or not all(part.is_plain for part in phrase):
                continue
            ways = _Ways(dict.fromkeys(found, SYNONYM))
            counting = [base for base, part in zip(stems, phrase, strict=True) if not is_stop_word(part.word.text)]
            ways.parts = [{base: 1.0, PART + base: IN_COMPOUND} for base in counting]
            start, end = phrase[0].word.start, phrase[-1].word.end
            self._concepts.append(Concept(self._text[start:end], ways.terms, ways.parts))
            self._notes.append(Note(Step.SYNONYMS, self._text[start:end], tuple(found.values())))
            return length
        return 0

    def _add_word(self, asked: _Asked) -> int:
        """Take one word. It gives 1, the number of words taken."""
        word = asked.word.text
        if asked.exact:
            self._concepts.append(Concept(word, {stem(word): 1.0}, required=True))
        elif word in OBLIGATION_WORDS and not asked.forced:
            self._obligations.append(OBLIGATION_WORDS[word])
        elif is_stop_word(word) and not asked.forced:
            self._note(Step.DROPPED, asked, undo="+{}")
        else:
            ways = self._ways(asked)
            self._concepts.append(Concept(word, ways.terms, ways.parts, ways.whole, required=asked.forced))
        return 1

    def _ways(self, asked: _Asked) -> _Ways:
        """All ways to say a word: as it is where the texts know it, else as it may have been meant."""
        word, ways = asked.word.text, _Ways()
        if self._is_known(word):
            self._add_known(ways, asked, word, 1.0)
            return ways
        ways.add(stem(word), 1.0)
        self._add_parts(ways, asked, word, 1.0)
        if ways.parts:
            return ways
        for step, weight, meant in (
            (Step.RESPELLED, RESPELLED, self._vocabulary.respelled(word)),
            (Step.COMPLETED, COMPLETED, self._vocabulary.beginning_with(word)),
            (Step.CORRECTED, CORRECTED, self._vocabulary.nearest(word, self._further)[:1]),
        ):
            if meant:
                self._note(step, asked, meant, undo='"{}"')
                for other in meant:
                    self._add_known(ways, None, other, weight)
                return ways
        self._note(Step.UNKNOWN, asked, self._vocabulary.nearest(word, further=1))
        return ways

    def _is_known(self, word: str) -> bool:
        """Whether a word needs no guess: the texts have it, or it has synonyms, or it is a number."""
        base = stem(word)
        in_texts = word in self._vocabulary or bool(self._vocabulary.compounds(base))
        return in_texts or bool(self._thesaurus.of((base,))) or not word.isalpha()

    def _add_known(self, ways: _Ways, asked: _Asked | None, word: str, weight: float) -> None:
        """A word of the texts with the compounds it is in, its own parts, and its synonyms; `asked` to be told of."""
        base = stem(word)
        ways.add(base, weight)
        ways.add(PART + base, weight * IN_COMPOUND)
        if word.isdigit():
            ways.add(SIGN + word, weight * BARE_NUMBER)
        compounds = self._vocabulary.compounds(base)
        if asked and compounds:
            self._note(Step.COMPOUNDS, asked, compounds, undo='"{}"')
        self._add_parts(ways, asked, word, weight)
        found = self._thesaurus.of((base,))
        if asked and found:
            self._notes.append(Note(Step.SYNONYMS, word, tuple(found.values())))
        for synonym in found:
            ways.add(synonym, weight * SYNONYM)

    def _add_parts(self, ways: _Ways, asked: _Asked | None, word: str, weight: float) -> None:
        """What a text is worth that has the parts of a compound."""
        parts = self._vocabulary.parts(word)
        if asked and parts:
            labels = [next(iter(self._vocabulary.forms(part)), part) for part in parts]
            self._note(Step.PARTS, asked, labels, undo='"{}"')
        if parts and not ways.parts:
            ways.whole = weight * OF_COMPOUND
            ways.parts = [{part: 1.0, PART + part: IN_COMPOUND} for part in parts]
