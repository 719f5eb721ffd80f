"""Law references as search terms, however they are written: "§110", "SEL 85a", "servicelovens § 85 a", "§§ 107-110".

A reference becomes terms from the exact to the broad:

    "§serviceloven:110:2"   the act, the provision and its subsection
    "§serviceloven:110"     the act and the provision
    "§110"                  the provision of whatever act
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markup.catalogue import Catalogue, number_key
from markup.citations import find_citations

SIGN = "§"
# The longest range that is spelled out: "§§ 107-110" has four provisions, "§§ 1-200" is no reference to each.
_LONGEST_RANGE = 30

_BARE = re.compile(
    r"§§?\s*(?P<digits>[1-9]\d{0,3})(?:\s*[-–]\s*(?P<last>[1-9]\d{0,3}))?(?:\s?(?P<letter>[a-hj-zæø])(?![^\W_]|\.[a-z]))?",
    re.IGNORECASE,
)
_STK = re.compile(r"stk\.?\s*(\d{1,2})")
_DASH = re.compile(r"\s*[-–]\s*(?:§\s*)?$")

# What readers write that running text does not.
_PARAGRAPH_WORD = re.compile(r"\b(?:paragraf(?:fen|ferne|fer)?|par\.?|prg\.?)(?=\s*\d)", re.IGNORECASE)
_NUMBER_WITH_LETTER = re.compile(
    r"(?<![\w§.,])(?<!§ )(?P<digits>[1-9]\d{0,3})\s?(?P<letter>[a-hj-z])(?![\w.])", re.IGNORECASE
)
_NUMBER_WITH_STK = re.compile(r"(?<![\w§.,])(?<!§ )(?=[1-9]\d{0,3}(?:\s?[a-z])?,?\s*stk\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """One provision named in `text[start:end]`; `act` is empty where the text does not name it."""

    start: int
    end: int
    act: str
    number: str
    subsection: str = ""

    @property
    def exact(self) -> str:
        """The term for the provision as a whole."""
        return f"{SIGN}{self.act}:{self.number}" if self.act else f"{SIGN}{self.number}"

    @property
    def terms(self) -> tuple[str, ...]:
        """From the exact to the broad."""
        broad = f"{SIGN}{self.number}"
        if not self.act:
            return (broad,)
        return (*(f"{self.exact}:{stk}" for stk in _STK.findall(self.subsection)), self.exact, broad)


def references(text: str, catalogue: Catalogue, own_act: str = "") -> list[Reference]:
    """All provisions that a text names, ranges spelled out, in order. own_act: the act whose text it is."""
    if SIGN not in text and "aragraf" not in text and not any(sign.isdigit() for sign in text):
        return []
    found: list[Reference] = []
    end = 0
    for match in find_citations(text, catalogue, own_act):
        found += _bare(text, end, match.start)
        reference = Reference(match.start, match.end, match.act_slug, number_key(match.number), match.subsection)
        if found and found[-1].act == reference.act and _DASH.search(text[found[-1].end : match.start] or "x"):
            found += _between(found[-1], reference, catalogue)
        found.append(reference)
        end = max(end, match.end)
    return [*found, *_bare(text, end, len(text))]


def query_references(text: str, catalogue: Catalogue) -> tuple[list[Reference], str]:
    """The provisions that a reader asks for, and the text as it was understood, in which they stand.

    More is taken for a reference than in running text: "SEL 99", "§ 110 serviceloven", "85a", "110 stk 2".
    """
    plain = _PARAGRAPH_WORD.sub(SIGN, text)
    plain = re.sub(rf"{catalogue.act_names}\s+(?=[1-9])", rf"\g<act> {SIGN} ", plain, flags=re.IGNORECASE)
    plain = _NUMBER_WITH_STK.sub(f"{SIGN} ", plain)
    plain = _NUMBER_WITH_LETTER.sub(rf"{SIGN} \g<digits> \g<letter>", plain)
    plain = re.sub(rf"({_BARE.pattern})\s+(?={catalogue.act_names})", r"\1 i ", plain, flags=re.IGNORECASE)
    return references(plain, catalogue), plain


def _bare(text: str, start: int, end: int) -> Iterator[Reference]:
    """References between two places whose act is unknown."""
    for match in _BARE.finditer(text, start, end):
        numbers = range(int(match["digits"]), int(match["last"] or match["digits"]) + 1)
        letter = "" if match["last"] else (match["letter"] or "").lower()
        for number in numbers if len(numbers) <= _LONGEST_RANGE else (int(match["digits"]),):
            yield Reference(match.start(), match.end(), "", f"{number}{letter}")


def _between(first: Reference, last: Reference, catalogue: Catalogue) -> Iterator[Reference]:
    """The provisions within a range of which only the ends are written."""
    if not (first.number.isdigit() and last.number.isdigit()):
        return
    numbers = range(int(first.number) + 1, int(last.number))
    for number in numbers if len(numbers) <= _LONGEST_RANGE else ():
        if catalogue.provision_number(first.act, str(number)):
            yield Reference(first.start, last.end, first.act, str(number))
