"""What a section of the desk is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from content.registry import MODELS
from markup.kinds import Kind

# How many lines of a section stand open.
OPEN_LINES = 4
_LONGEST = 160


@dataclass(frozen=True)
class Line:
    """One thing to do: where it is done, and what to know of it."""

    title: str
    address: str
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """One sort of work. count: all of it. address: where all of it is listed; without one, all of it is in `lines`."""

    name: str
    lines: list[Line]
    count: int
    address: str = ""

    @property
    def open_lines(self) -> list[Line]:
        return self.lines[:OPEN_LINES]

    @property
    def folded_lines(self) -> list[Line]:
        return [] if self.address else self.lines[OPEN_LINES:]


@dataclass(frozen=True)
class Part:
    """A half of the desk: its sections with something in them, and the names of those without."""

    name: str
    sections: list[Section]
    nothing_in: list[str]


def part(name: str, sections: Iterable[Section]) -> Part:
    found = list(sections)
    return Part(name, [one for one in found if one.count], [one.name for one in found if not one.count])


def complete(name: str, lines: list[Line]) -> Section:
    """A section that no other list shows."""
    return Section(name, lines, len(lines))


def short(text: str) -> str:
    """`text` on one line of the desk."""
    return Truncator(" ".join(text.split())).chars(_LONGEST)


def change_address(kind: str, pk: int) -> str:
    """The form of the record `pk`."""
    return reverse(f"admin:{_name(kind)}_change", args=[pk])


def draft_address(kind: str, revision_pk: int) -> str:
    """The form of a draft whose record is not published yet."""
    return reverse(f"admin:{_name(kind)}_draft", args=[revision_pk])


def kinds_changed_by(user: Any) -> list[Kind]:
    """The kinds of which `user` may write drafts."""
    options = {kind: model._meta for kind, model in MODELS.items()}
    return [kind for kind, meta in options.items() if user.has_perm(f"{meta.app_label}.change_{meta.model_name}")]


def _name(kind: str) -> str:
    options = MODELS[Kind(kind)]._meta
    return f"{options.app_label}_{options.model_name}"
