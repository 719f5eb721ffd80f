"""A picture of the whole: guidelines in the middle, principles on the left, actors on the right, lines between them.

A line stands for the instructions of a guideline that carry a principle out, or that an actor has to follow; the more
of them, the wider it is. Everything is computed here in whole pixels; the template only writes it down.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from django.db.models import Count

from guidelines.models import Actor, Guideline, Theme
from library.models import Record
from principles.models import Principle

WIDTH = 1160
# The edges of the three columns.
PRINCIPLES_END, GUIDELINES_START, GUIDELINES_END, ACTORS_START = 160, 400, 790, 960
TOP, ROW, HEADING = 40, 40, 58
# How many letters fit on a line of a name.
GUIDELINE_LETTERS, ACTOR_LETTERS = 46, 27


@dataclass(frozen=True)
class Tie:
    """`count` instructions tie a guideline to a principle or an actor."""

    record: Record
    count: int


@dataclass
class Outline:
    """One guideline and what it is tied to, in the order of those lists: the picture in words."""

    guideline: Guideline
    principles: list[Tie] = field(default_factory=list)
    actors: list[Tie] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """One line of the picture; `name` is its id."""

    name: str
    path: str
    width: int


@dataclass
class Node:
    """One name in the picture: the baselines of its rows of text, and the ids of the lines that end at it."""

    record: Record
    x: int
    y: int
    rows: list[tuple[int, str]]
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Heading:
    theme: Theme
    y: int


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    headings: list[Heading]
    principles: list[Node]
    guidelines: list[Node]
    actors: list[Node]
    lines: list[Line]


def outlines() -> list[Outline]:
    """All guidelines in reading order with their ties, in five queries."""
    found = {
        guideline.pk: Outline(guideline)
        for guideline in Guideline.objects.light()
        .select_related("theme")
        .defer(*(f"theme__{name}" for name in ("text", "html", "sections")))
        .order_by("theme__number", "number")
    }
    for principle, guideline, count in _ties(Principle.objects.light().numbered()):
        found[guideline].principles.append(Tie(principle, count))
    for actor, guideline, count in _ties(Actor.objects.light().in_danish_order()):
        found[guideline].actors.append(Tie(actor, count))
    return list(found.values())


def _ties(records: Any) -> list[tuple[Record, int, int]]:
    """(record, guideline, number of instructions), in the order of `records`."""
    counts: dict[int, list[tuple[int, int]]] = {}
    counted = records.model.objects.filter(instructions__isnull=False).order_by("instructions__guideline")
    for pk, guideline, count in counted.values_list("pk", "instructions__guideline").annotate(Count("instructions")):
        counts.setdefault(pk, []).append((guideline, count))
    return [(record, guideline, count) for record in records for guideline, count in counts.get(record.pk, ())]


def draw(whole: Sequence[Outline]) -> Picture:
    """The picture of `outlines()`."""
    headings, guidelines, height = _middle(whole)
    principles = _side([tie.record for outline in whole for tie in outline.principles], PRINCIPLES_END, height)
    actors = _side([tie.record for outline in whole for tie in outline.actors], ACTORS_START, height)
    lines: list[Line] = []
    for outline, node in zip(whole, guidelines, strict=True):
        for ties, ends in ((outline.principles, principles), (outline.actors, actors)):
            for tie in ties:
                line = _line(f"l{len(lines)}", node, ends[tie.record.pk], tie.count)
                lines.append(line)
                node.lines.append(line.name)
                ends[tie.record.pk].lines.append(line.name)
    return Picture(WIDTH, height, headings, list(principles.values()), guidelines, list(actors.values()), lines)


def _middle(whole: Sequence[Outline]) -> tuple[list[Heading], list[Node], int]:
    """The column of guidelines under their themes, and how high it is."""
    headings: list[Heading] = []
    nodes: list[Node] = []
    y = TOP
    for outline in whole:
        theme = outline.guideline.theme
        if not headings or headings[-1].theme.pk != theme.pk:
            headings.append(Heading(theme, y + HEADING // 2))
            y += HEADING
        x = GUIDELINES_START + 12
        nodes.append(Node(outline.guideline, x, y, _rows(outline.guideline.title, GUIDELINE_LETTERS, y)))
        y += ROW
    return headings, nodes, y + TOP


def _side(records: Sequence[Record], x: int, height: int) -> dict[int, Node]:
    """A column of names, each once, spread over the whole height: principles by number, actors by name."""
    distinct = {record.pk: record for record in records}
    ordered = sorted(distinct.values(), key=lambda record: (record.number or 0, record.sort_key))
    step = (height - 2 * TOP) // max(len(ordered), 1)
    places = ((record, TOP + step * place + step // 2) for place, record in enumerate(ordered))
    return {record.pk: Node(record, x, y, _rows(_name(record), ACTOR_LETTERS, y)) for record, y in places}


def _name(record: Record) -> str:
    return f"{record.number} {record.label}" if isinstance(record, Principle) else record.title


def _rows(name: str, letters: int, y: int) -> list[tuple[int, str]]:
    """`name` in rows around the height `y`: (baseline, text)."""
    texts = wrap(name, letters)
    first = y + 5 - 9 * (len(texts) - 1)
    return [(first + 18 * place, text) for place, text in enumerate(texts)]


def _line(name: str, guideline: Node, end: Node, count: int) -> Line:
    if end.x < guideline.x:
        start, stop = end.x + 12, GUIDELINES_START
        heights = end.y, guideline.y
    else:
        start, stop = GUIDELINES_END, end.x - 12
        heights = guideline.y, end.y
    bend = (start + stop) // 2
    return Line(name, f"M{start} {heights[0]}C{bend} {heights[0]} {bend} {heights[1]} {stop} {heights[1]}", 1 + count)


def themes(whole: Sequence[Outline]) -> Mapping[Theme, list[Outline]]:
    """`whole` under its themes, for reading."""
    grouped: dict[Theme, list[Outline]] = {}
    for outline in whole:
        grouped.setdefault(outline.guideline.theme, []).append(outline)
    return grouped
