"""What texts can link to: every record's title and address, the names of acts, the words of the glossary."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markup.images import Size
from markup.kinds import Kind

# Which record a bare [[slug]] means where several kinds share it.
_PREFERENCE = (Kind.GUIDELINE, Kind.GLOSSARY, Kind.RESOURCE, *(kind for kind in Kind))
_SHORTEST_TERM = 3
_LONGEST_SHORT_NAME = 4
_GENITIVE = r"(?:['’]?s|['’])"
_STK = re.compile(r"stk\.?\s*(\d+)")


@dataclass(frozen=True)
class Entry:
    """One record that can be linked to. `title` is what a link without a text of its own shows."""

    kind: Kind
    slug: str
    title: str
    url: str
    aliases: tuple[str, ...] = ()
    summary: str = ""
    provisions: frozenset[str] = field(default=frozenset())
    anchors: frozenset[str] = field(default=frozenset())


def number_key(number: str) -> str:
    """The number of a provision as it stands in addresses: "85 a" → "85a"."""
    return "".join(number.lower().split())


class Catalogue:
    """All entries, with the look-ups that rendering needs. Build one for many texts: it compiles patterns.

    images: the images that texts may show, by name.
    """

    def __init__(self, entries: Iterable[Entry], images: Mapping[str, Size] | None = None) -> None:
        self.images = images or {}
        self._entries = {(entry.kind, entry.slug): entry for entry in entries}
        self._by_slug: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self._entries.values(), key=lambda entry: _PREFERENCE.index(entry.kind)):
            self._by_slug[entry.slug].append(entry)
        self._acts = {
            " ".join(name.lower().split()): entry
            for entry in self._entries.values()
            if entry.kind is Kind.ACT
            for name in (entry.title, *entry.aliases)
        }

    def get(self, kind: Kind, slug: str) -> Entry | None:
        """The entry of one record."""
        return self._entries.get((kind, slug))

    def of_kind(self, kind: Kind) -> list[Entry]:
        """All entries of one kind."""
        return [entry for entry in self._entries.values() if entry.kind is kind]

    def find(self, target: str) -> Entry | None:
        """What `[[target]]` leads to: "slug", "kind:slug", either with "#anchor".

        None where there is no such record, or where a guideline has no such anchor.
        """
        name, _, anchor = target.partition("#")
        entry = next(iter(self.candidates(name)), None)
        if entry and anchor and entry.kind is Kind.GUIDELINE and anchor not in entry.anchors:
            return None
        return entry

    def candidates(self, name: str) -> list[Entry]:
        """All records that "slug" or "kind:slug" can mean, the preferred one first."""
        kind, colon, slug = name.strip().rpartition(":")
        found = self._by_slug.get(slug, [])
        return [entry for entry in found if entry.kind == kind] if colon else list(found)

    def act_named(self, name: str) -> Entry | None:
        """The act that a text calls `name`: an alias or the short title, in any case and in the genitive."""
        plain = " ".join(name.lower().split())
        return self._acts.get(plain) or self._acts.get(re.sub(rf"{_GENITIVE}$", "", plain))

    def provision_number(self, act_slug: str, number: str) -> str | None:
        """The number as the act writes it, or None where the act's record does not list it."""
        return self._provision_numbers.get((act_slug, number_key(number)))

    def provision_url(self, act_slug: str, number: str, subsection: str = "") -> str:
        """The address of a provision's page; with `#stk-2` where the subsection names a stk."""
        act = self._entries[Kind.ACT, act_slug]
        stk = _STK.match(subsection)
        return f"{act.url}{number_key(number)}/" + (f"#stk-{stk[1]}" if stk else "")

    @cached_property
    def act_names(self) -> str:
        """A regular expression for the names of all acts, longest first; it matches nothing without acts."""
        names = sorted(self._acts, key=len, reverse=True)
        return rf"(?<![\w-])(?P<act>{'|'.join(map(_loose, names)) or '(?!)'}){_GENITIVE}?(?!\w)"

    @cached_property
    def abbreviations(self) -> str:
        """A regular expression for the short names of acts in capitals: "SEL"."""
        short = (name for name in self._acts if name.isalpha() and len(name) <= _LONGEST_SHORT_NAME)
        return rf"(?<![\w-])(?:{'|'.join(sorted(short)).upper() or '(?!)'})(?![\w-])"

    @cached_property
    def terms(self) -> tuple[tuple[str, Entry], ...]:
        """The words of the glossary with their entries, longest first, without those with § or too short."""
        words = {
            word: entry
            for entry in self._entries.values()
            if entry.kind is Kind.GLOSSARY
            for word in (*entry.aliases, entry.title)
            if "§" not in word and len(word) >= _SHORTEST_TERM
        }
        return tuple(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))

    @cached_property
    def terms_by_first_word(self) -> dict[str, list[tuple[re.Pattern[str], Entry]]]:
        """Patterns of the terms by their first word in lower case: a text is scanned once, word by word."""
        index: dict[str, list[tuple[re.Pattern[str], Entry]]] = defaultdict(list)
        for word, entry in self.terms:
            first = re.match(r"\w+", word)
            if first:
                flags = 0 if word.isupper() else re.IGNORECASE
                pattern = re.compile(rf"(?<![\w-]){_loose(word)}(?![\w-])", flags)
                index[first.group().lower()].append((pattern, entry))
        return dict(index)

    @cached_property
    def _provision_numbers(self) -> dict[tuple[str, str], str]:
        return {
            (entry.slug, number_key(number)): number
            for entry in self._entries.values()
            if entry.kind is Kind.ACT
            for number in entry.provisions
        }


def _loose(name: str) -> str:
    """A pattern for a name whose blanks may be line breaks or no-break spaces."""
    return r"\s+".join(re.escape(word) for word in name.split())
