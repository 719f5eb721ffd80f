"""Words for the same thing: from the glossary, from the names of acts and methods, and from the editors' list.

They are used on the query alone. The glossary's words for one term stand for each other; the editors' list leads one
way, from what people say to what the texts say, so that a narrow word of the law is not swamped by a broad one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from search.stems import stem
from search.words import words

LONGEST_PHRASE = 6
_ABBREVIATED = re.compile(r"^(?P<name>[^()]+) \((?P<short>[A-ZÆØÅ]{2,6})\)$")


class Thesaurus:
    """Look-up of synonyms by the stems of a word or phrase."""

    def __init__(self, groups: Iterable[Iterable[str]], one_way: Iterable[tuple[str, str]] = ()) -> None:
        """groups: names for the same thing. Phrases and law references lead to the single words of their group.

        one_way: what people say → the words, with blanks between them, to look for as well.
        """
        self._targets: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        for group in groups:
            names = [key for name in group if "§" not in name and (key := _key(name))]
            singles = {key[0]: word for key, word in names if len(key) == 1 and not key[0].isdigit()}
            for stems, _ in names:
                self._add(stems, singles)
        for source, targets in one_way:
            self._add(tuple(map(stem, source.split())), {stem(word): word for word in targets.split()})

    def _add(self, key: tuple[str, ...], targets: Mapping[str, str]) -> None:
        for base, word in targets.items():
            if key != (base,):
                self._targets[key].setdefault(base, word)

    def of(self, stems: tuple[str, ...]) -> Mapping[str, str]:
        """Stem → word of the synonyms of a word or phrase, given as its stems; empty where it has none."""
        return self._targets.get(stems, {})


def _key(name: str) -> tuple[tuple[str, ...], str] | None:
    """The stems of a name, and the name without what its brackets add; None where it has no words or too many."""
    plain = name.partition("(")[0].strip() or name
    stems = tuple(stem(word.text) for word in words(plain))
    return (stems, plain.lower()) if 0 < len(stems) <= LONGEST_PHRASE else None


def abbreviations(titles: Iterable[str]) -> list[tuple[str, str]]:
    """Groups from titles that give their abbreviation: "Critical Time Intervention (CTI)"."""
    return [(match["name"], match["short"]) for title in titles if (match := _ABBREVIATED.match(title))]
