"""Reads HTML into elements. Whatever comes, something is read and nothing raised."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Deeper than any text that a reader could follow, and no deeper than typst can follow.
MOST_DEPTH = 16
_VOID = frozenset({"br", "hr", "img"})


def parse(html: str) -> "Element":
    """A `div` around all elements and texts of `html`."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def css_class(self) -> str:
        return self.attributes.get("class", "")

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()


class _Parser(HTMLParser):
    """Builds the tree; end tags that fit nothing are ignored, elements left open end with the text."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        if len(self._open) >= MOST_DEPTH:
            # What stands too deep is not lost, but it stands flat.
            element.children = self._open[-1].children
        else:
            self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        places = [place for place, element in enumerate(self._open) if element.tag == tag and place]
        if places:
            del self._open[places[-1] :]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
