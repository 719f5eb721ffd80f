"""A large corpus that reads like the real one: documents made from the real ones, as many as asked for.

They are guidelines with their instructions, each with the filters and the length of a real one. Their words come from a
bigram model of the real texts, so that common words are as common and word pairs as likely as they are there; now and
then a word is a new compound, as vocabularies grow with their texts.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from search.documents import Document, Facts, Part, Shown, Type

# Of so many words, one is a compound that the real texts do not have; whole texts of Danish have about that many.
NEW_WORD_EVERY = 150
_LONG = 5


class Writer:
    """Writes texts of any length; the same seed, the same texts."""

    def __init__(self, texts: Sequence[str], seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._following: defaultdict[str, list[str]] = defaultdict(list)
        self._words: list[str] = []
        for text in texts:
            words = text.split()
            self._words += words
            for first, second in pairwise(words):
                self._following[first].append(second)
        self._nouns = [word for word in self._words if word.isalpha() and word.islower() and len(word) >= _LONG]

    def text(self, length: int) -> str:
        """So many words."""
        written: list[str] = []
        word = self._random.choice(self._words)
        for _ in range(length):
            written.append(word if self._random.randrange(NEW_WORD_EVERY) else self._compound())
            word = self._random.choice(self._following.get(word) or self._words)
        return " ".join(written)

    def _compound(self) -> str:
        return self._random.choice(self._nouns) + "s" + self._random.choice(self._nouns)


def scaled(documents: Sequence[Document], count: int) -> Iterator[Document]:
    """`documents` themselves, and made ones beyond them up to `count`."""
    yield from documents[:count]
    writer = Writer([part.text for document in documents for part in document.parts])
    models = [document for document in documents if document.facts.type in (Type.GUIDELINE, Type.INSTRUCTION)]
    for number in range(max(0, count - len(documents))):
        generation, place = divmod(number, len(models))
        yield _made(models[place], generation + 1, writer)


def _made(model: Document, generation: int, writer: Writer) -> Document:
    """A document shaped like `model`; what belongs to one page there does so here."""
    parts = tuple(Part(part.label, writer.text(len(part.text.split())), part.with_law) for part in model.parts)
    record = f"{model.facts.record}-{generation}"
    facts = model.facts
    slug = facts.slug if facts.type is Type.INSTRUCTION else record
    shown = Shown(
        parts[0].text,
        model.shown.url.replace(f"/{facts.record}/", f"/{record}/"),
        " ".join(part.text for part in parts[1:] if part.label in "CD"),
        model.shown.note,
    )
    made = Facts(facts.type, facts.kind, record, slug, facts.obligation, facts.facets)
    return replace(
        model,
        record_id=model.record_id + generation * 1_000_000,
        facts=made,
        shown=shown,
        parts=parts,
        names=tuple(part.text for part in parts[1:] if part.label == "B")[: len(model.names)],
    )
