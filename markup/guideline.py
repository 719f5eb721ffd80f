"""The body of a guideline: why it matters, its instructions, and the sections after them."""

from dataclasses import dataclass

from markup.headings import Part, Section, anchor_of, parts_of, sections_of, without_anchor
from markup.instruction import (
    INSTRUCTIONS_TITLE,
    Basis,
    InstructionReader,
    InstructionText,
    obligation_and_title,
    parse_basis,
)
from markup.problems import ContentError, Problem
from markup.slugs import slugify, unique

__all__ = [
    "Basis",
    "GuidelineBody",
    "InstructionText",
    "Section",
    "parse_basis",
    "sections",
    "split",
    "with_anchors",
]


@dataclass(frozen=True)
class GuidelineBody:
    """`intro` is the text above the first `##`, `sections` every `##` but the instructions."""

    intro: str
    instructions: tuple[InstructionText, ...]
    sections: tuple[Section, ...]


def sections(body: str, offset: int = 0) -> tuple[str, tuple[Section, ...]]:
    """The text above the first `##`, and the sections; `offset` is the number of lines above in the file."""
    intro, *parts = parts_of(body.split("\n"), "##", offset + 1)
    return intro.text, sections_of(parts, frozenset())


def split(body: str, path: str = "", offset: int = 0) -> GuidelineBody:
    """The parts of a guideline's body. Raises ContentError with all that is wrong in its structure.

    `path` and `offset` (lines of the file above the body) are for the problems.
    """
    intro, *parts = parts_of(body.split("\n"), "##", offset + 1)
    found = [part for part in parts if _holds_instructions(part)]
    problems = [Problem("instructions_twice", path, part.line) for part in found[1:]]
    reader = InstructionReader(path)
    instructions = tuple(reader.read(found[0])) if found else ()
    if not found:
        problems.append(Problem("no_instructions", path, offset + 1))
    problems += reader.problems
    if problems:
        raise ContentError(sorted(problems, key=lambda problem: problem.line or 0))
    taken = frozenset(instruction.anchor for instruction in instructions)
    others = [part for part in parts if not _holds_instructions(part)]
    return GuidelineBody(intro.text, instructions, sections_of(others, taken))


def with_anchors(body: str, retired: frozenset[str] | set[str] = frozenset()) -> str:
    """`body` with `{#anchor}` at the end of every instruction heading that has none.

    An anchor is made from the title and is neither one that stands in the body already nor a `retired` one.
    Headings that are no instructions stay as they are.
    """
    lines = body.split("\n")
    headings = _instruction_headings(lines)
    taken = {anchor for part in headings if (anchor := anchor_of(part.heading)) is not None} | retired
    for part in headings:
        found = obligation_and_title(part.heading)
        if found and anchor_of(part.heading) is None:
            anchor = unique(slugify(found[1]) or "anvisning", taken)
            taken.add(anchor)
            lines[part.line - 1] += f" {{#{anchor}}}"
    return "\n".join(lines)


def _holds_instructions(part: Part) -> bool:
    return without_anchor(part.heading) == INSTRUCTIONS_TITLE


def _instruction_headings(lines: list[str]) -> list[Part]:
    """The `###` below every `## Anvisninger`; `line` counts from 1."""
    found = (part for part in parts_of(lines, "##", 1) if _holds_instructions(part))
    return [inner for part in found for inner in parts_of(part.lines, "###", part.line + 1)[1:]]
