"""Documents → what an engine keeps: terms with their places, and from those one number per term, its impact."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from markup.catalogue import Catalogue
from search.danish import Analyzer, is_pair
from search.documents import LABEL_WEIGHTS, Document, Part
from search.law_terms import SIGN
from search.vocabulary import Vocabulary
from search.words import words

# PostgreSQL's limits for a tsvector; beyond them nothing is counted in either engine.
MAX_POSITION = 16_383
MAX_PLACES = 255
# Keeps the last word of one part from standing next to the first word of another.
_GAP = 10
# The sum of 1/n²: what a term's impact is divided by, as PostgreSQL's ts_rank does.
_PLACES_LIMIT = 1.64493406685
# Impacts go from 0 to 1 in so many steps: finer than any ranking needs, and one byte holds a step.
STEPS = 255
IMPACTS = tuple(step / STEPS for step in range(STEPS + 1))

Places = Mapping[str, list[tuple[int, str]]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Entry:
    """A document ready to be kept. places: term → (position, label), those with the greatest weight first."""

    document: Document
    places: Places


def prepare(
    documents: Collection[Document],
    catalogue: Catalogue,
    vocabulary: Vocabulary | None = None,
    progress: Progress | None = None,
) -> tuple[list[Entry], Vocabulary]:
    """The entries for `documents`, and the vocabulary to read texts and queries with from now on.

    vocabulary: the one of the documents that are indexed already, which is then extended.
    progress: is told how many of how many documents are done.
    """
    texts = [_words_of(document) for document in documents]
    vocabulary = vocabulary.extended(texts) if vocabulary else Vocabulary.of(texts)
    analyzer = Analyzer(vocabulary, catalogue)
    entries = []
    for count, document in enumerate(documents, 1):
        entries.append(Entry(_with_names(document, analyzer), _places(document, analyzer)))
        if progress:
            progress(count, len(documents))
    return entries, vocabulary


def impact_step(labels: Iterable[str]) -> int:
    """How much a document has to say of a term: much for its best place, less for each further one.

    labels: those of its places, the greatest weight first, as an entry has them. It gives the step of `IMPACTS` next to
    what ts_rank of PostgreSQL gives for that term with `LABEL_WEIGHTS`; never 0.
    """
    return _impact_step("".join(labels))


@lru_cache(maxsize=10_000)
def _impact_step(labels: str) -> int:
    weights = (LABEL_WEIGHTS[label] / (place * place) for place, label in enumerate(labels, 1))
    return max(1, round(sum(weights) / _PLACES_LIMIT * STEPS))


def _words_of(document: Document) -> set[str]:
    texts = (*(part.text for part in document.parts), *document.names)
    return {word.text for text in texts for word in words(text)}


def _with_names(document: Document, analyzer: Analyzer) -> Document:
    """The document with its title and other names as stems, which a whole query is compared with."""
    names = (" ".join(analyzer.stems(name)) for name in (document.shown.title, *document.names))
    return replace(document, facts=replace(document.facts, names=tuple(dict.fromkeys(filter(None, names)))))


def _places(document: Document, analyzer: Analyzer) -> dict[str, list[tuple[int, str]]]:
    own_act = document.facts.record if document.facts.kind == "law" else ""
    places: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    position = 0
    # Label by label, so that a term's places come with the greatest weight first: `impact_step` and ts_rank rest on it.
    for label in LABEL_WEIGHTS:
        for term in (term for term, law_label in document.law if law_label == label):
            places[term].append((position + _GAP, label))
        for part in (part for part in document.parts if label in (part.label, part.together)):
            start = position = position + _GAP
            for token in analyzer.tokens(part.text, own_act):
                position = min(start + token.position, MAX_POSITION)
                if _label(part, token.term) == label and (part.with_law or not token.term.startswith(SIGN)):
                    places[token.term].append((position, label))
    return {term: list(dict.fromkeys(found))[:MAX_PLACES] for term, found in places.items()}


def _label(part: Part, term: str) -> str:
    return part.together or part.label if is_pair(term) else part.label
