"""The editors' synonyms as text: the file `synonyms.tsv` beside the records.

siges<TAB>søges også<TAB>note
foged<TAB>udsættelse
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markup.problems import ContentError, Problem
from search.synonyms import LONGEST_PHRASE
from search.words import clean, words

FILE = "synonyms.tsv"
MAX_TERM = 100
MAX_MEANS = 300
MAX_NOTE = 300
_HEADING = ("siges", "søges også", "note")


@dataclass(frozen=True)
class Line:
    """term: what people say, a word or a phrase. means: the words to look for as well, with blanks between them."""

    term: str
    means: str
    note: str = ""

    def __str__(self) -> str:
        return "\t".join(filter(None, (self.term, self.means, self.note)))

    @property
    def is_usable(self) -> bool:
        """Whether it says something that the search can use and the database can hold."""
        return (
            0 < len(self.term.split()) <= LONGEST_PHRASE
            and len(self.term) <= MAX_TERM
            and 0 < len(self.means) <= MAX_MEANS
            and len(self.note) <= MAX_NOTE
        )


def tidy(text: str) -> str:
    """The words of `text` as the search reads them: in lower case, one blank between them, each once."""
    return " ".join(dict.fromkeys(word.text for word in words(clean(text))))


def line(term: str, means: str, note: str = "") -> Line:
    """A line in its canonical form; a word is no synonym of itself."""
    own = tidy(term)
    found = (word for word in tidy(means).split() if word != own)
    return Line(own, " ".join(found), " ".join(clean(note).split()))


def parse(data: bytes) -> list[Line]:
    """The lines of a file. Raises `ContentError` with all that is wrong."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError([Problem("bad_utf8", FILE, params={"byte": str(error.start)})]) from None
    lines: dict[str, Line] = {}
    problems: list[Problem] = []
    for number, raw in _rows(text):
        columns = raw.split("\t")
        found = line(*columns[:3]) if 2 <= len(columns) <= 3 else None
        if found is None or not found.is_usable:
            problems.append(Problem("bad_synonym", FILE, number, params={"line": raw}))
        elif found.term in lines:
            problems.append(Problem("synonym_twice", FILE, number, params={"value": found.term}))
        else:
            lines[found.term] = found
    if problems:
        raise ContentError(problems)
    return list(lines.values())


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.strip() and raw.split("\t") != list(_HEADING):
            yield number, raw


def dump(lines: Iterable[Line]) -> bytes:
    """The file that `parse` reads, always in the same bytes; empty where there are no lines."""
    listed = sorted(map(str, lines))
    return "".join(f"{row}\n" for row in ("\t".join(_HEADING), *listed)).encode() if listed else b""
