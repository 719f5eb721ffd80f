"""One instruction of a guideline: obligation, title, who, which principles, what it rests on, its text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markup.citations import MAX_SUBSECTION
from markup.headings import Part, anchor_of, parts_of, without_anchor
from markup.kinds import Obligation
from markup.problems import Problem
from markup.slugs import is_slug

INSTRUCTIONS_TITLE = "Anvisninger"
ACTORS, PRINCIPLES, SOURCES = "Aktører", "Principper", "Kilder"
_EXAMPLES = {
    ACTORS: "kommunal-myndighed, boformer",
    PRINCIPLES: "2, 5",
    SOURCES: "serviceloven § 110, stk. 2; nr-2020",
}
# In characters.
MOST_TITLE = 300
MOST_ANCHOR = 120
_SHOWN = 40
_META = re.compile(rf"({ACTORS}|{PRINCIPLES}|{SOURCES})\s*:\s*(.*)")
# "serviceloven § 85 a, stk. 2, nr. 1": act, number, letter, the rest
_PROVISION = re.compile(r"([^§]+?)\s*§\s*([1-9]\d{0,3})(?:\s?([a-zæøå]))?(?:\s*,\s*((?:stk|nr|litra|pkt|\d+\.).+))?")


@dataclass(frozen=True)
class Basis:
    """One entry of `Kilder:`: a `source`, or an `act` (as written, lower case) with a `number` ("85 a").

    `subsection` is what follows the number: "stk. 1, nr. 2".
    """

    raw: str
    line: int
    source: str = ""
    act: str = ""
    number: str = ""
    subsection: str = ""


@dataclass(frozen=True)
class InstructionText:
    """One instruction as written; `anchor` is "" until it has been given one.

    `line` is its heading's, `body_line` that on which its text begins.
    """

    obligation: Obligation
    title: str
    anchor: str
    actors: tuple[str, ...]
    principles: tuple[int, ...]
    bases: tuple[Basis, ...]
    body: str
    line: int
    body_line: int


def parse_basis(text: str, line: int = 0) -> Basis:
    """An entry of `Kilder:`. One that is neither a provision nor a source has only `raw` and `line`."""
    raw = " ".join(text.split())
    match = _PROVISION.fullmatch(raw)
    if match:
        act, digits, letter, rest = match.groups()
        number = f"{digits} {letter}" if letter else digits
        return Basis(raw, line, act=act.lower(), number=number, subsection=rest or "")
    return Basis(raw, line, source=raw) if is_slug(raw) else Basis(raw, line)


def obligation_and_title(heading: str) -> tuple[Obligation, str] | None:
    """What "Bør: Hold kontakten {#hold-kontakten}" says; None where there is no such word or no title."""
    word, colon, title = without_anchor(heading).partition(":")
    try:
        obligation = Obligation.parse(word)
    except ValueError:
        return None
    return (obligation, title.strip()) if colon and title.strip() else None


class InstructionReader:
    """Reads the instructions of one guideline and gathers what is wrong with them in `problems`."""

    def __init__(self, path: str) -> None:
        self.problems: list[Problem] = []
        self._path = path

    def read(self, part: Part) -> Iterator[InstructionText]:
        """The instructions in the section `## Anvisninger`, as far as they can be understood."""
        before, *parts = parts_of(part.lines, "###", part.line + 1)
        if before.text:
            self._report("text_before_instructions", part.line + 1)
        if not parts:
            self._report("no_instructions", part.line)
        anchors: set[str] = set()
        for each in parts:
            found = obligation_and_title(each.heading)
            if found is None:
                self._report("bad_instruction_heading", each.line, heading=each.heading)
            else:
                anchor = self._anchor(each, anchors)
                anchors.add(anchor)
                yield self._instruction(each, *found, anchor)

    def _anchor(self, part: Part, taken: set[str]) -> str:
        anchor = anchor_of(part.heading)
        if anchor is None:
            return ""
        if not is_slug(anchor) or len(anchor) > MOST_ANCHOR:
            self._report("bad_anchor", part.line, anchor=anchor)
        elif anchor in taken:
            self._report("duplicate_anchor", part.line, anchor=anchor)
        return anchor

    def _instruction(self, part: Part, obligation: Obligation, title: str, anchor: str) -> InstructionText:
        meta, body = self._meta(part, title)
        if len(title) > MOST_TITLE:
            self._report("title_too_long", part.line, start=title[:_SHOWN], most=str(MOST_TITLE))
        if not body:
            self._report("empty_instruction", part.line, instruction=title)
        return InstructionText(
            obligation,
            title,
            anchor,
            tuple(self._actors(*meta.get(ACTORS, ("", part.line)))),
            tuple(self._principles(*meta.get(PRINCIPLES, ("", part.line)))),
            tuple(self._bases(*meta.get(SOURCES, ("", part.line)))),
            "\n".join(body).strip("\n"),
            part.line,
            part.line + 1 + len(part.lines) - len(body),
        )

    def _meta(self, part: Part, title: str) -> tuple[dict[str, tuple[str, int]], list[str]]:
        """The lines `Aktører:` and so on, by name and each with its line, and the lines after them."""
        meta: dict[str, tuple[str, int]] = {}
        body = list(part.lines)
        while body and (not body[0] or _META.fullmatch(body[0])):
            match = _META.fullmatch(body.pop(0))
            if match is None:
                continue
            number = part.line + len(part.lines) - len(body)
            if match[1] in meta:
                self._report("duplicate_line", number, instruction=title, line=match[1])
            meta[match[1]] = (match[2], number)
        for name, example in _EXAMPLES.items():
            if not meta.get(name, ("", 0))[0]:
                self._report("missing_line", part.line, instruction=title, line=name, example=example)
        return meta, body

    def _actors(self, text: str, line: int) -> Iterator[str]:
        for value in _entries(text, ","):
            if is_slug(value):
                yield value
            else:
                self._report_entry(ACTORS, value, line)

    def _principles(self, text: str, line: int) -> Iterator[int]:
        for value in _entries(text, ","):
            if re.fullmatch("[1-9][0-9]?", value):
                yield int(value)
            else:
                self._report_entry(PRINCIPLES, value, line)

    def _bases(self, text: str, line: int) -> Iterator[Basis]:
        for value in _entries(text, ";"):
            basis = parse_basis(value, line)
            if (basis.source or basis.act) and len(basis.subsection) <= MAX_SUBSECTION:
                yield basis
            else:
                self._report_entry(SOURCES, value, line)

    def _report_entry(self, name: str, value: str, line: int) -> None:
        example = re.split("[,;]", _EXAMPLES[name])[0]
        self._report("bad_entry", line, value=value, line=name, example=example)

    def _report(self, code: str, line_number: int, **params: str) -> None:
        self.problems.append(Problem(code, self._path, line_number, "", params))


def _entries(text: str, separator: str) -> list[str]:
    return [entry.strip() for entry in text.split(separator) if entry.strip()]
