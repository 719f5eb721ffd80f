"""What differs between two pages, as readers see them: one page with its words marked as added or removed.

A page is taken apart into words that know which elements they stand in, and put together again from those, so that the
outcome is balanced whatever was moved. Of the libraries for this, lxml's spells the target of each link out in the
running text and takes paragraphs apart, and those of the `htmldiff` family are no longer kept.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from editorial.diff import Status, Step, compare_in_groups

_VOID = frozenset({"br", "hr", "img", "wbr"})
# Where blanks between words mean something.
_RUNNING = frozenset({"p", "li", "td", "th", "dt", "dd", "a", "em", "strong", "span", "abbr", "code", "pre", "dfn"})
_BLOCKS = frozenset({"p", "li", "td", "th", "dt", "dd", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
# Others, ids among them, do nothing here or would stand on the page twice.
_ATTRIBUTES = frozenset({"href", "src", "alt", "title", "lang", "class", "colspan", "rowspan", "start"})
_WORD = re.compile(r"\s*\S+\s*|\s+")
_MARKS = {Status.ADDED: ("ins", "tilføjet"), Status.REMOVED: ("del", "fjernet")}


@dataclass(frozen=True, eq=False)
class _Element:
    """One element of one page: equal only to itself."""

    tag: str
    opening: str


@dataclass(frozen=True)
class _Word:
    """A word (or an element without content) and, by `look`, what would make it another: its tags and their links."""

    text: str
    look: tuple[str, ...]
    path: tuple[_Element, ...] = field(compare=False)
    html: str = field(compare=False)

    @property
    def block(self) -> _Element | None:
        return next((element for element in reversed(self.path) if element.tag in _BLOCKS), None)


def html_diff(old: str, new: str, *, fold: bool = False) -> str:
    """Both pages (fragments of HTML that is clean already) as one, with <ins> and <del> around words.

    fold: put what is unchanged, apart from the parts next to a change, away in <details>.
    """
    steps = list(compare_in_groups(_blocks(old), _blocks(new)))
    # What is gone is shown in the element that it was in, where that is still there.
    still: dict[_Element, _Element] = {}
    for step in steps:
        if step.old and step.new:
            still |= dict(zip(step.old.path, step.new.path, strict=True))
    parts = list(_parts(_written(steps, still)))
    return "".join(_folded(parts) if fold else parts)


def _folded(parts: list[str]) -> Iterator[str]:
    changed = [any(f"<{tag}>" in part for tag, _ in _MARKS.values()) for part in parts]
    near = [any(changed[max(place - 1, 0) : place + 2]) for place in range(len(parts))]
    for is_near, group in groupby(range(len(parts)), key=lambda place: near[place]):
        places = list(group)
        text = "".join(parts[place] for place in places)
        summary = f"<summary>{len(places)} afsnit uden ændringer</summary>"
        yield text if is_near else f'<details class="unchanged">{summary}{text}</details>'


def _parts(pieces: Iterable[tuple[int, str]]) -> Iterator[str]:
    """The outermost elements; a piece comes with how many elements are open after it."""
    part = ""
    for depth, piece in pieces:
        part += piece
        if depth == 0:
            yield part
            part = ""
    if part:
        yield part


def _blocks(page: str) -> list[list[_Word]]:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    groups: list[list[_Word]] = []
    for word in reader.words:
        if groups and groups[-1][-1].block is word.block:
            groups[-1].append(word)
        else:
            groups.append([word])
    return groups


def _written(steps: Iterable[Step[_Word]], still: dict[_Element, _Element]) -> Iterator[tuple[int, str]]:
    opened: list[_Element] = []
    marks: dict[Status, _Element] = {}
    before = Status.SAME
    for step in steps:
        word = step.new or step.old
        if word is None:
            continue
        path = list(word.path) if step.new else [still.get(element, element) for element in word.path]
        if step.status is not before:
            marks, before = _marks(says_so=True), step.status
        if step.status is not Status.SAME:
            if opened[:-1] != path:
                # The same change goes on in another element; a screen reader has said already what it is.
                marks = marks if _is_new(marks, opened) else _marks(says_so=False)
            path.append(marks[step.status])
        kept = _common(opened, path)
        yield from _closing(opened, kept)
        yield from ((depth, element.opening) for depth, element in enumerate(path[kept:], start=kept + 1))
        opened = path
        yield len(path), word.html
    yield from _closing(opened, 0)


def _closing(opened: list[_Element], kept: int) -> Iterator[tuple[int, str]]:
    """The end tags of all but the outermost `kept` elements."""
    return ((depth, f"</{opened[depth].tag}>") for depth in reversed(range(kept, len(opened))))


def _marks(*, says_so: bool) -> dict[Status, _Element]:
    words = '<span class="visually-hidden"> [{}:] </span>'
    return {
        status: _Element(tag, f"<{tag}>" + (words.format(word) if says_so else ""))
        for status, (tag, word) in _MARKS.items()
    }


def _is_new(marks: dict[Status, _Element], opened: list[_Element]) -> bool:
    return not opened or opened[-1] not in marks.values()


def _common(first: list[_Element], second: list[_Element]) -> int:
    """How many elements from the outermost on are the very same."""
    same = 0
    for one, other in zip(first, second, strict=False):
        if one is not other:
            break
        same += 1
    return same


class _Reader(HTMLParser):
    """Collects the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[_Word] = []
        self._path: list[_Element] = []
        # How many words there were when each open element began.
        self._begun: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in _ATTRIBUTES)
        opening = f"<{tag}{kept}>"
        if tag in _VOID:
            self._add(opening, opening)
        else:
            self._path.append(_Element(tag, opening))
            self._begun.append(len(self.words))

    def handle_endtag(self, tag: str) -> None:
        if not self._path or self._path[-1].tag != tag:
            return
        if self._begun.pop() == len(self.words):
            # An empty cell keeps its place.
            self._add("", "")
        self._path.pop()

    def handle_data(self, data: str) -> None:
        in_running_text = bool(self._path) and self._path[-1].tag in _RUNNING
        for word in _WORD.findall(data):
            if word.strip() or in_running_text:
                self._add(" ".join(word.split()), escape(word, quote=False))

    def _add(self, text: str, html: str) -> None:
        look = tuple(element.opening for element in self._path)
        self.words.append(_Word(text, look, tuple(self._path), html))
