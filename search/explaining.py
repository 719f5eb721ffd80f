"""How a query was understood, said in Danish, with the address that undoes each step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search.query import Results, SearchQuery
from search.understanding import Note, Step

_MOST_WORDS = 3
_NOWHERE = " står ikke i teksterne."


@dataclass(frozen=True)
class Line:
    """The word, what is said of it, other words (with the address that takes them instead), and what undoes it.

    gist: the same in a few words, where it is more than the word; for the head of the fold that the lines are in.
    """

    word: str
    after: str
    others: tuple[tuple[str, str], ...] = ()
    end: str = ""
    undo: str = ""
    url: str = ""
    gist: str = ""


def address(query: SearchQuery, **changes: str | Sequence[str]) -> str:
    """The query as an address with some parameters changed; an empty value takes a parameter away."""
    parameters = {"q": query.text, **query.filters, "synonymer": "" if query.synonyms else "nej", **changes}
    given = {name: [value] if isinstance(value, str) else value for name, value in parameters.items()}
    return f"?{urlencode([(name, text) for name, texts in given.items() for text in texts if text])}"


def explain(results: Results) -> list[Line]:
    """One line for each step that went beyond the words as they were typed."""
    query, notes = results.query, results.understanding.notes
    lines = [line for note in notes if (line := _line(query, note))]
    return [*lines, *_dropped(query, notes)]


def _line(query: SearchQuery, note: Note) -> Line | None:
    others = tuple((other, "") for other in note.others[:_MOST_WORDS])
    more = len(note.others) - len(others)
    rest = f" og {more} mere" if more > 0 else ""
    only = f"kun »{note.word}«"
    url = address(query, q=note.undone) if note.undone else ""
    gist = f"{note.word} som {others[0][0]}" if others else ""
    match note.step:
        case Step.COMPOUNDS:
            return Line(note.word, " finder også ", others, rest, only, url)
        case Step.PARTS:
            others = tuple((part, "") for part in note.others)
            return Line(note.word, " er også delt i ", others, "", only, url)
        case Step.SYNONYMS:
            url = address(query, synonymer="nej")
            return Line(note.word, " finder også det næsten samme: ", others, rest, "søg uden", url)
        case Step.RESPELLED:
            return Line(note.word, " er også læst som ", others, "", only, url, gist)
        case Step.COMPLETED:
            return Line(note.word, " er læst som begyndelsen af ", others, "", only, url, gist)
        case Step.CORRECTED:
            return Line(note.word, f"{_NOWHERE} Vi har søgt på ", others, " i stedet.", only, url, gist)
        case Step.UNKNOWN:
            near = tuple((other, address(query, q=note.with_word(other))) for other in note.others[:_MOST_WORDS])
            after, end = (f"{_NOWHERE} Mente du ", "?") if near else (_NOWHERE, "")
            return Line(note.word, after, near, end)
    return None


def _dropped(query: SearchQuery, notes: Sequence[Note]) -> Iterator[Line]:
    """The words that do not count, in one line, each with the address that takes it along."""
    words = tuple((note.word, address(query, q=note.undone)) for note in notes if note.step is Step.DROPPED)
    if words:
        yield Line("Almindelige ord", " tæller ikke med. Tag med: ", words, ".", gist="uden almindelige ord")
