"""Where a text names an actor, in any of the forms that Danish grammar gives the name."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import snowballstemmer

from markup.catalogue import Entry

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# "Boformer efter serviceloven § 110" are called boformer; "Familie og netværk" by either word.
_ADDITION = re.compile(r"\s+efter\s.*")
_JOINT = re.compile(r"\s+og\s+|,\s*")
# The last word of a name stands for the whole where it is long enough to mean nothing else: "boligorganisationen".
_TELLING = 15
# Whoever acts for the municipality is called "kommunen" in running text.
_MUNICIPAL = "kommunal"
# A clause begins with the actor, and a verb follows: "Boformen orienterer", "…, at boformen kan".
_CLAUSE_BEGINS = re.compile(
    r"(?:^|[,;:–(]\s+)(?:(?:og|men|når|hvis|at|så|mens)\s+)?(?:de[nt]?\s+|en\s+|et\s+)?$", re.IGNORECASE
)
_VERB_FOLLOWS = re.compile(
    r"(?:\s+(?:og|eller)\s+\w+)?(?:\s+(?:selv|også|derfor))?"
    r"\s+(?:skal|bør|kan|må|(?!eller|efter|for|hver|over|under|har\b)[a-zæøå]+r)\b"
)


@dataclass(frozen=True)
class Mention:
    """`text[start:end]` names an actor: one of `slugs`, which are several where the name does not tell which."""

    start: int
    end: int
    slugs: frozenset[str]


class ActorNames:
    """Finds the actors of a catalogue in running text by their titles. Build one for many texts."""

    def __init__(self, actors: Iterable[Entry]) -> None:
        self._actors = tuple(actors)
        # One stemmer for each of us: it is changed by every word, and threads must not share it.
        self._stemmer = snowballstemmer.stemmer("danish")

    def find(self, text: str) -> Iterator[Mention]:
        """Every mention, in order; of two names that begin at the same word the longer one."""
        words = list(_WORD.finditer(text))
        stems = [self._stem(word.group()) for word in words]
        for place, stem in enumerate(stems):
            for name, slugs in self._names.get(stem, ()):
                if tuple(stems[place : place + len(name)]) == name:
                    yield Mention(words[place].start(), words[place + len(name) - 1].end(), slugs)
                    break

    @cached_property
    def _names(self) -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
        """First stem → the names that begin with it, the longest first, and whom they mean."""
        slugs: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for actor in self._actors:
            for name in self._names_of(actor):
                slugs[name].add(actor.slug)
        index: defaultdict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
        for name in sorted(slugs, key=len, reverse=True):
            index[name[0]].append((name, frozenset(slugs[name])))
        return dict(index)

    def _names_of(self, actor: Entry) -> Iterator[tuple[str, ...]]:
        for name in (actor.title, *actor.aliases):
            for part in _JOINT.split(_ADDITION.sub("", name)):
                words = _WORD.findall(part)
                yield tuple(map(self._stem, words))
                if len(words) > 1 and words[0].lower().startswith(_MUNICIPAL):
                    yield (self._stem("kommunen"),)
                if len(words) > 1 and len(words[-1]) >= _TELLING:
                    yield (self._stem(words[-1]),)

    def _stem(self, word: str) -> str:
        stem: str = self._stemmer.stemWord(word.lower())
        return stem


def acts(text: str, mention: Mention) -> bool:
    """Whether the actor does something in `text`, or is only spoken of."""
    if text[: mention.end].endswith("s"):  # a genitive: "Boformens leder"
        return False
    return bool(_CLAUSE_BEGINS.search(text[: mention.start]) and _VERB_FOLLOWS.match(text, mention.end))
