"""Suggestions while somebody types: the pages whose names begin with what stands in the field so far.

All names are kept in memory, once for each content version. They come from the content itself, not from the index, so
that there are suggestions even while the index is being made.
"""

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice, pairwise

from django.utils.text import capfirst

from content.models import ContentVersion
from guidelines.models import Instruction, Situation
from library.models import Act, GlossaryTerm, Provision, Record
from markup.kinds import Kind
from search.documents import TYPE_OF_KIND, Type
from search.spelling import fold
from search.stems import stem
from search.words import clean, words

MOST = 10
# Of one type no more than this stand before those of other types.
MOST_OF_TYPE = 4
_LONGEST_TEXT = 100
_MOST_WORDS = 8
# Where names fit equally well: what somebody with a case before them wants first.
_ORDER = (
    Type.SITUATION,
    Type.TERM,
    Type.GUIDELINE,
    Type.PRINCIPLE,
    Type.ACT,
    Type.PROVISION,
    Type.THEME,
    Type.ACTOR,
    Type.RESOURCE,
    Type.INSTRUCTION,
    Type.SOURCE,
)
_RANK = {type_: place for place, type_ in enumerate(_ORDER)}


@dataclass(frozen=True)
class Suggestion:
    """A page to go to. name: the other name by which it was found, if it was not its title."""

    type: Type
    title: str
    url: str
    name: str = ""


@dataclass(frozen=True)
class _Name:
    """One name of a page: its words as they are compared, and all of it."""

    suggestion: Suggestion
    words: tuple[str, ...]
    whole: str


class Suggester:
    """Finds names by the beginnings of their words."""

    def __init__(self, suggestions: Iterable[Suggestion]) -> None:
        self._names = [_named(suggestion) for suggestion in suggestions]
        places = sorted({(word, number) for number, name in enumerate(self._names) for word in name.words})
        self._keys = [word for word, _ in places]
        self._numbers = [number for _, number in places]

    def suggest(self, text: str) -> list[Suggestion]:
        """At most `MOST` pages, the likeliest first, each once. Every word of `text` begins a word of their names."""
        cleaned = clean(text[:_LONGEST_TEXT])
        typed = [word.text for word in words(cleaned)][:_MOST_WORDS]
        if not typed:
            return []
        as_typed = self._ranked([fold(word) for word in typed])
        in_other_forms = self._ranked([fold(stem(word)) for word in typed])
        suggestions = (self._names[number].suggestion for number in (*as_typed, *in_other_forms))
        if "§" in cleaned:
            suggestions = (suggestion for suggestion in suggestions if suggestion.type is Type.PROVISION)
        return list(islice(_mixed(suggestions), MOST))

    def _ranked(self, beginnings: Sequence[str]) -> list[int]:
        """The names that have a word for each of the beginnings, the likeliest first."""
        found = set.intersection(*map(self._beginning, beginnings))
        whole = " ".join(beginnings)
        return sorted(found, key=lambda number: self._place(number, whole))

    def _beginning(self, beginning: str) -> set[int]:
        start = bisect_left(self._keys, beginning)
        end = bisect_left(self._keys, beginning + "\U0010ffff", lo=start)
        return set(self._numbers[start:end])

    def _place(self, number: int, whole: str) -> tuple[bool, bool, bool, bool, int, int, int]:
        name = self._names[number]
        is_whole, begins, is_title = name.whole == whole, name.whole.startswith(whole), not name.suggestion.name
        # Sources are what statements rest on, and seldom what is looked for.
        is_source = name.suggestion.type is Type.SOURCE
        return not is_whole, is_source, not begins, not is_title, _RANK[name.suggestion.type], len(name.whole), number


def _named(suggestion: Suggestion) -> _Name:
    folded = tuple(fold(word.text) for word in words(clean(suggestion.name or suggestion.title)))
    # A paragraph is typed as "85a" and as "85 a".
    joined = (f"{one}{other}" for one, other in pairwise(folded) if one.isdigit())
    return _Name(suggestion, (*folded, *joined), " ".join(folded))


def _mixed(suggestions: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Each page once; of a type with many, the further ones last."""
    seen: set[str] = set()
    counts = {type_: count() for type_ in Type}
    further: list[Suggestion] = []
    for suggestion in suggestions:
        if suggestion.url in seen:
            continue
        seen.add(suggestion.url)
        if next(counts[suggestion.type]) < MOST_OF_TYPE:
            yield suggestion
        else:
            further.append(suggestion)
    yield from further


class _Shelf:
    """The newest suggester; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[int, Suggester] | None = None

    def newest(self) -> Suggester:
        version = ContentVersion.current()
        kept = self._kept
        if kept and kept[0] == version:
            return kept[1]
        with self._lock:
            if self._kept is None or self._kept[0] != version:
                self._kept = version, Suggester(_stored())
            return self._kept[1]


_shelf = _Shelf()


def suggest(text: str) -> Sequence[Suggestion]:
    """The suggestions for what has been typed so far, from the content as it is now."""
    return _shelf.newest().suggest(text)


def _stored() -> Iterator[Suggestion]:
    for kind, title, url in Record.objects.order_by("sort_key").values_list("kind", "title", "address"):
        if kind != Kind.ACT:
            yield Suggestion(TYPE_OF_KIND[Kind(kind)], title, url)
    for model in (GlossaryTerm, Situation):
        type_ = TYPE_OF_KIND[model.KIND]
        for title, url, aliases in model.objects.order_by("sort_key").values_list("title", "address", "aliases"):
            yield from (Suggestion(type_, title, url, alias) for alias in aliases)
    for act in Act.objects.order_by("sort_key").only("title", "short_title", "aliases", "address"):
        title = capfirst(act.short_title)
        yield Suggestion(Type.ACT, title, act.address)
        yield from (Suggestion(Type.ACT, title, act.address, name) for name in (act.title, *act.aliases))
    yield from _provisions()
    for instruction in Instruction.objects.select_related("guideline").order_by("pk"):
        yield Suggestion(Type.INSTRUCTION, instruction.title, instruction.get_absolute_url())


def _provisions() -> Iterator[Suggestion]:
    for provision in Provision.objects.with_act():
        act, url = provision.act, provision.get_absolute_url()
        title = f"{capfirst(str(provision))}: {provision.heading}"
        names = (f"{name} § {provision.number}" for name in act.abbreviations)
        yield from (Suggestion(Type.PROVISION, title, url, name) for name in ("", f"§ {provision.number}", *names))
