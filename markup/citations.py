"""Law citations in running text: "serviceloven § 110, stk. 2", "SEL 85 a", "barnets lov §§ 122 og 123".

A citation is a sign (§, §§, paragraf) with numbers behind it. Which act it means is told by the name before
it ("servicelovens § 110") or after it ("§ 110 i serviceloven"), by the citation that it directly continues
("…, § 110 og § 85 a"), or, in the text of an act, by that act.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from markup.catalogue import Catalogue
from markup.kinds import Kind

MAX_SUBSECTION = 60
# The longest name of an act has some 160 letters.
_LOOK_BACK = 240

_SIGN = r"§§?|(?<!\w)[Pp]aragraf(?:fen|fer|ferne)?(?!\w)"
_PLURAL = frozenset({"§§", "paragraffer", "paragrafferne"})
# "110", "85 a", "85a"; but not "110 og", "110 m.v.", "110 e-mail", nor the "i" of "§ 110 i serviceloven".
_NUMBER = re.compile(
    r"\s*(?P<digits>[1-9][0-9]{0,3})"
    r"(?P<letter>(?:[a-zæøå]|\s[a-hj-zæø]|\s[iå](?=[,.;:)]))(?!\w|\.[a-zæøå]|-[^\W\d]{2}))?(?!\w)"
)
_BARE_LETTER = re.compile(r"[a-zæøå](?!\w)")
_SEPARATOR = re.compile(r"\s*(?:,\s*(?:(?:og|eller|samt)\b)?|og/eller\b|(?:og|eller|samt|til)\b|[-–/])")
_RANGE = re.compile(r"\s*[-–]")
# Behind a number that only looks like a further provision: "§ 110, 14 dage", "§§ 85 og 99, 1. januar".
_NO_PROVISION = re.compile(r"\.\s*[a-zæøå]|[.,][0-9]|\s+(?:dage|døgn|uger|måneder|år|timer|kr|pct|procent)\b")

_MORE = r"""(?:\s*,\s*\d{1,2})* \s*(?:\b(?:og|eller|til)\b|[-–])\s*
            \d{1,2}(?!\w|\.\s*(?:pkt|punktum)|\s+(?:dage|døgn|uger|måneder|år|timer)\b)"""
_PIECE = r"""
    ,?\s*(?:(?:og|eller|samt|jf\.)\s+)?
    (?: (?:stk|nr)\.?\s*\d{{1,2}}(?!\d)(?:{more})?
      | litra\s+[a-zæøå](?!\w)(?:(?:\s*[-–]\s*|\s+(?:og|eller|til)\s+)[a-zæøå](?!\w))*
      | (?:sidste|\d{{1,2}}\.(?:\s*(?:og|eller|-)\s*\d{{1,2}}\.)?)\s*(?:pkt\.?|punktum)(?!\w)
    )"""
_SUBSECTION = re.compile(f"(?:{_PIECE.format(more=_MORE)}){{1,6}}", re.VERBOSE)
# In "§§ 10, stk. 1 og 12" the 12 is a provision.
_SINGLE_SUBSECTION = re.compile(f"(?:{_PIECE.format(more='(?!)')}){{1,6}}", re.VERBOSE)

_CHAIN = re.compile(r"\s*[,;]?\s*(?:(?:og/eller|og|eller|samt|jf\.|jfr\.|sammenholdt med|sammen med)\s*)?")
_BETWEEN = (
    r"(?:\s+(?:regler|regel|bestemmelser|bestemmelse)\s+i)?"
    r"[),]?(?:\s+(?:fx|f\.eks\.|bl\.a\.|herunder|især|navnlig|jf\.|se))?\s*$"
)
# Words that name a text which is not in the catalogue; "lovens § 5" alone is the act itself.
_FOREIGN_BEFORE = re.compile(
    r"(?:\w{2,}lov(?:en)?s?|\blov om [^§.;]{3,120}|\blov nr\. \d+ af \d+\. \w+ \d{4}|\bL \d+s?"
    r"|\btidligere|\w*(?:bekendtgørelse|vejledning|forordning|direktiv|cirkulære|lovforslag)(?:e?n|e?t)?s?)[),]?\s*$",
    re.IGNORECASE,
)
_FOREIGN_AFTER = re.compile(
    r"\s+i\s+(?:lov\s+(?:om|nr)\b|\w{2,}lov(?:en)?\b|L\s\d"
    r"|\w*(?:bekendtgørelse|vejledning|forordning|direktiv|cirkulære|lovforslag))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CitationMatch:
    """`text[start:end]` cites a provision; `known` tells whether the act's record lists it."""

    start: int
    end: int
    act_slug: str
    number: str
    subsection: str
    known: bool = True


@dataclass(frozen=True)
class _Item:
    """One number with its subsection, before it is known which act it belongs to."""

    start: int
    end: int
    number: str
    subsection: str = ""


@dataclass(frozen=True)
class _Patterns:
    sign: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


def find_citations(text: str, catalogue: Catalogue, own_act: str = "") -> list[CitationMatch]:
    """All citations of acts of the catalogue, in order. `own_act` is the slug of the act whose text this is.

    Of a range ("§§ 107-110") the first and the last are found.
    """
    if own_act and catalogue.get(Kind.ACT, own_act) is None:
        own_act = ""
    return list(_Finder(text, catalogue, own_act).find())


@lru_cache(maxsize=4)
def _patterns(act_names: str, abbreviations: str) -> _Patterns:
    return _Patterns(
        sign=re.compile(rf"{_SIGN}|{abbreviations}(?=\s+[1-9])"),
        before=re.compile(act_names + _BETWEEN, re.IGNORECASE),
        after=re.compile(rf"\s+i\s+(?:den\s+)?{act_names}", re.IGNORECASE),
    )


class _Finder:
    """Goes through one text from left to right; remembers where, and of which act, the last citation was."""

    def __init__(self, text: str, catalogue: Catalogue, own_act: str) -> None:
        self._text = text
        self._catalogue = catalogue
        self._own_act = own_act
        self._patterns = _patterns(catalogue.act_names, catalogue.abbreviations)
        self._last_end = -1
        self._last_act = ""

    def find(self) -> Iterator[CitationMatch]:
        """The citations in order."""
        for sign in self._patterns.sign.finditer(self._text):
            items = self._items(sign.end(), plural=sign.group().lower() in _PLURAL)
            if sign.start() < self._last_end or not items:
                continue
            start, act, is_certain = self._start_and_act(sign, items[-1].end)
            self._last_end, self._last_act = items[-1].end, act
            items[0] = replace(items[0], start=start)
            for match in (self._match(item, act) for item in items if act):
                if match.known or is_certain:
                    yield match

    def _items(self, position: int, *, plural: bool) -> list[_Item]:
        items: list[_Item] = []
        separator = _SEPARATOR if plural else _RANGE
        while item := self._item(position, items, plural=plural):
            items.append(item)
            match = separator.match(self._text, item.end)
            if match is None:
                break
            position = match.end()
        return items

    def _item(self, position: int, before: list[_Item], *, plural: bool) -> _Item | None:
        letter = _BARE_LETTER.match(self._text, position)
        if letter and before and self._text[position - 1] in "-–":
            return _Item(position, letter.end(), f"{before[-1].number.split()[0]} {letter.group()}")
        match = _NUMBER.match(self._text, position)
        if match is None or (before and _NO_PROVISION.match(self._text, match.end())):
            return None
        number = " ".join(filter(None, (match["digits"], (match["letter"] or "").strip())))
        pattern = _SINGLE_SUBSECTION if plural and not before else _SUBSECTION
        subsection = pattern.match(self._text, match.end())
        if subsection is None:
            return _Item(match.start("digits"), match.end(), number)
        words = " ".join(subsection.group().split()).lstrip(", ")
        return _Item(match.start("digits"), subsection.end(), number, words[:MAX_SUBSECTION])

    def _start_and_act(self, sign: re.Match[str], end: int) -> tuple[int, str, bool]:
        """Where the citation begins, the slug of its act ("" if unknown), and whether that is certain.

        "LAS 81", and a bare "§ 105" in an act, are guesses: only a provision that the act has counts there.
        """
        start = sign.start()
        looked_at = max(0, start - _LOOK_BACK, self._last_end)
        before = self._patterns.before.search(self._text, looked_at, start)
        if before:
            return before.start(), self._slug(before["act"]), True
        after = self._patterns.after.match(self._text, end)
        if after:
            return start, self._slug(after["act"]), True
        if sign.group()[0] not in "§Pp":
            return start, self._slug(sign.group()), False
        if self._last_end >= 0 and _CHAIN.fullmatch(self._text, self._last_end, start):
            return start, self._last_act, self._last_act != self._own_act
        is_foreign = _FOREIGN_BEFORE.search(self._text, looked_at, start) or _FOREIGN_AFTER.match(self._text, end)
        return start, "" if is_foreign else self._own_act, False

    def _slug(self, name: str) -> str:
        act = self._catalogue.act_named(name)
        return act.slug if act else ""

    def _match(self, item: _Item, act: str) -> CitationMatch:
        number = self._catalogue.provision_number(act, item.number)
        known = number is not None
        return CitationMatch(item.start, item.end, act, number or item.number, item.subsection, known)
