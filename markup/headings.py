"""A body cut at its headings, and the `{#anchor}` that a heading may end in."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from markup.body import ANCHOR, HEADING
from markup.slugs import is_slug, slugify, unique


@dataclass(frozen=True)
class Part:
    """A heading with the lines below it. The first part of a text is what stands above the first heading."""

    heading: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip("\n")

    @property
    def text_line(self) -> int:
        """The number of the line on which `text` begins."""
        return self.line + 1 + next((place for place, line in enumerate(self.lines) if line), 0)


@dataclass(frozen=True)
class Section:
    """A `##` of any body with the text below its heading; `line` is the heading's, `body_line` the text's first."""

    title: str
    anchor: str
    body: str
    line: int
    body_line: int


def parts_of(lines: list[str], marker: str, first_line: int) -> list[Part]:
    """`lines` cut at the headings of one level: `marker` is "##" or "###". Lines count from `first_line`."""
    parts = [Part("", first_line)]
    for number, line in enumerate(lines, start=first_line):
        match = HEADING.match(line)
        if match and match[1] == marker:
            parts.append(Part(match[2].strip(), number))
        else:
            parts[-1].lines.append(line)
    return parts


def sections_of(parts: Iterable[Part], taken: frozenset[str]) -> tuple[Section, ...]:
    """Sections with an anchor each: the one that is written, else one from the title that is not `taken`."""
    used = set(taken)
    result = []
    for part in parts:
        title, written = without_anchor(part.heading), anchor_of(part.heading)
        anchor = written if written and is_slug(written) else unique(slugify(title) or "afsnit", used)
        used.add(anchor)
        result.append(Section(title, anchor, part.text, part.line, part.text_line))
    return tuple(result)


def anchor_of(heading: str) -> str | None:
    """What stands in the `{#…}` at the end of a heading, well formed or not; None where there is none."""
    match = ANCHOR.search(heading)
    return match[1] if match else None


def without_anchor(heading: str) -> str:
    """The heading's text without its `{#…}`."""
    return ANCHOR.sub("", heading)
