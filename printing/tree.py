"""HTML of our own making → a tree of plain data that a typst template sets.

Only data crosses over: no text is ever read as typst code, whatever it holds. Elements are dictionaries with `tag`
and `children`, text is a string. What has no counterpart on paper is left out or leaves its children behind.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django.utils.encoding import iri_to_uri

from images.files import path_of
from markup.images import images_in
from printing.elements import Element, parse
from printing.letters import printable

Node = dict[str, Any] | str

_BLOCKS = frozenset({"blockquote", "div", "hr", "li", "ol", "p", "pre", "table", "ul"})
_INLINE = {"em": "em", "i": "em", "strong": "strong", "b": "strong", "code": "code", "sup": "sup"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
# Tags keep their class where the template has a look for it.
_STYLED = frozenset({"p", "div", "ul"})


def read(html: str, base: str) -> list[Node]:
    """The blocks of `html`. `base` is the address of the site.

    `data-page` on an element is the address that the links inside it are relative to, `data-top` on a heading or a
    paragraph where that page begins, `data-deeper` how many levels its headings are moved down. A link to such a page
    or to an `id` inside it leads to its place in the document, any other to the web.
    """
    reader = _Reader(base)
    blocks = reader.block_children(parse(html))
    _resolve(blocks, reader.places)
    return blocks


class _Reader:
    """Turns the elements of one document into nodes; notes in `places` the addresses that have a place in it."""

    def __init__(self, base: str) -> None:
        self.places: set[str] = set()
        self._base = base
        self._notes: dict[str, Element] = {}
        self._depth = 0
        self._level = 0

    def block_children(self, element: Element) -> list[Node]:
        """Children of a block: blocks as they are, and text between them as paragraphs."""
        self._collect_notes(element)
        result: list[Node] = []
        line: list[Node] = []
        for child in element.children:
            if isinstance(child, Element) and (child.tag in _BLOCKS or child.tag in _HEADINGS or _is_frame(child)):
                result += _paragraph(line)
                line = []
                result += self._block(child)
            else:
                line += self._inline(child)
        return result + _paragraph(line)

    def _collect_notes(self, element: Element) -> None:
        """Footnotes of one text, by their ids: they are set where they are called for, not where they stand."""
        notes = [child for child in element.children if isinstance(child, Element) and child.css_class == "footnote"]
        for note in (part for child in notes for part in child.walk() if part.tag == "li"):
            self._notes[note.attributes.get("id", "")] = note

    def _block(self, element: Element) -> list[Node]:
        tag = element.tag
        if element.css_class == "footnote":
            return []
        if tag in _HEADINGS:
            return self._heading(element)
        if tag == "table":
            return _table([row for row in element.walk() if row.tag == "tr"], self._inline_children)
        if tag == "hr":
            return [{"tag": "hr"}]
        if tag == "pre":
            return [{"tag": "pre", "children": [_pre_text(element)]}]
        if tag == "p":
            return self._text(element)
        if tag in {"ul", "ol"}:
            return self._list(element)
        return self._frame(element)

    def _text(self, element: Element) -> list[Node]:
        children = _trimmed(self._inline_children(element))
        return [{"tag": "p", "children": children, **_look(element), **self._place(element)}] if children else []

    def _frame(self, element: Element) -> list[Node]:
        """A part of the document, with a page of its own or headings one level down; else only its children."""
        base, depth = self._base, self._depth
        self._base = urljoin(base, element.attributes.get("data-page", ""))
        self._depth += int(element.attributes.get("data-deeper", "0"))
        children = self.block_children(element)
        self._base, self._depth = base, depth
        if element.tag == "blockquote" or _look(element):
            return [{"tag": element.tag, "children": children, **_look(element)}] if children else []
        return children

    def _heading(self, element: Element) -> list[Node]:
        """One level is never skipped: PDF/UA refuses that, and so does a reader's mind."""
        children = _trimmed(self._inline_children(element))
        if not children:
            return []
        self._level = min(_HEADINGS[element.tag] + self._depth, self._level + 1)
        node: dict[str, Any] = {"tag": "heading", "level": self._level, "children": children}
        if "class" in element.attributes:
            node["look"] = element.css_class
        return [{**node, **self._place(element)}]

    def _place(self, element: Element) -> dict[str, str]:
        """Where links to the element's `id` lead, or to the page that it stands at the top of."""
        name = element.attributes.get("id", "")
        if not name and "data-top" not in element.attributes:
            return {}
        place = _joined(self._base, f"#{name}" if name else "")
        if not place or place in self.places:
            return {}
        self.places.add(place)
        return {"place": place}

    def _list(self, element: Element) -> list[Node]:
        items: list[Node] = []
        for child in element.children:
            is_item = isinstance(child, Element) and child.tag == "li"
            # What stands between the items, where nothing should, becomes one.
            item = child if isinstance(child, Element) and is_item else Element("li", children=[child])
            children = self.block_children(item)
            if is_item or children:
                items.append({"tag": "item", "children": children})
        if not items:
            return []
        start = element.attributes.get("start", "")
        number = {"start": int(start)} if start.isascii() and start.isdigit() and len(start) < 7 else {}
        return [{"tag": element.tag, "children": items, **number, **_look(element)}]

    def _inline_children(self, element: Element) -> list[Node]:
        return [node for child in element.children for node in self._inline(child)]

    def _inline(self, child: Element | str) -> list[Node]:
        if isinstance(child, str):
            return [text] if (text := printable(child)) else []
        if child.tag == "a":
            return self._link(child)
        if child.tag == "br":
            return [{"tag": "br"}]
        if child.tag == "img":
            return [_image(child)]
        if child.tag == "span" and child.css_class.startswith("ob "):
            return [{"tag": "badge", "look": child.css_class.split()[1], "children": self._inline_children(child)}]
        if child.tag == "span" and child.css_class == "tick":
            return [{"tag": "tick"}]
        children = self._inline_children(child)
        tag = _INLINE.get(child.tag)
        if tag and _says_something(children):
            # Around a footnote's number stands a <sup>, which the note brings itself.
            is_note = tag == "sup" and any(isinstance(node, dict) and node["tag"] == "note" for node in children)
            return children if is_note else [{"tag": tag, "children": children}]
        return children

    def _link(self, element: Element) -> list[Node]:
        href = element.attributes.get("href", "")
        if element.css_class == "footnote-ref" and href[1:] in self._notes:
            note = self._notes[href[1:]]
            return [{"tag": "note", "children": self._note_text(note)}]
        children = self._inline_children(element)
        if not href or not _says_something(children):
            return children
        target = _joined(self._base, href)
        if not target:
            return children
        return [{"tag": "link", "to": target, "children": children, "page": element.css_class == "page"}]

    def _note_text(self, note: Element) -> list[Node]:
        inside: list[Node] = []
        # A note within a note, which might be itself, stays a link.
        notes, self._notes = self._notes, {}
        for part in note.walk():
            if part.tag in {"p", "li"}:
                texts = [child for child in part.children if not _is_note_link(child)]
                inside += [node for child in texts if _is_inline(child) for node in self._inline(child)]
        self._notes = notes
        return _trimmed(inside)


def _resolve(nodes: Iterable[Any], places: set[str]) -> None:
    """Links to what stands in the document itself lead there, with the number of its page where that was asked for."""
    for node in nodes:
        if isinstance(node, list):
            _resolve(node, places)
        elif isinstance(node, dict):
            if node["tag"] == "link" and node["to"] in places:
                node["tag"] = "ref"
            for part in ("children", "head", "rows"):
                _resolve(node.get(part, ()), places)


def _joined(base: str, href: str) -> str:
    """The absolute address, or nothing where there is no making sense of it."""
    try:
        return iri_to_uri(urljoin(base, href.strip())) or ""
    except ValueError:
        return ""


def _paragraph(line: list[Node]) -> list[Node]:
    children = _trimmed(line)
    return [{"tag": "p", "children": children}] if children else []


def _trimmed(line: list[Node]) -> list[Node]:
    """Without blanks at both ends; nothing at all where there is nothing to see."""
    if not _says_something(line):
        return []
    trimmed = list(line)
    while isinstance(trimmed[0], str) and not trimmed[0].strip(" "):
        del trimmed[0]
    while isinstance(trimmed[-1], str) and not trimmed[-1].strip(" "):
        del trimmed[-1]
    if isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].lstrip(" ")
    if isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].rstrip(" ")
    return trimmed


def _says_something(nodes: Iterable[Node]) -> bool:
    return any(
        node.strip()
        if isinstance(node, str)
        else node["tag"] in {"tick", "image"} or _says_something(node.get("children", []))
        for node in nodes
    )


def _table(rows: list[Element], inline: Any) -> list[Node]:
    """Rows of cells, all of one length; a first row of `th` alone is the head."""
    cells = [[cell for cell in row.children if isinstance(cell, Element) and cell.tag in _CELLS] for row in rows]
    cells = [row for row in cells if row]
    if not cells:
        return []
    width = max(len(row) for row in cells)
    body = [[_trimmed(inline(cell)) for cell in row] + [[]] * (width - len(row)) for row in cells]
    aligned = [cell.css_class.removeprefix("align-") for cell in cells[0]] + [""] * (width - len(cells[0]))
    head = body.pop(0) if all(cell.tag == "th" for cell in cells[0]) else []
    return [{"tag": "table", "columns": width, "align": aligned, "head": head, "rows": body}]


def _pre_text(element: Element) -> str:
    """Code keeps its lines."""
    text = "".join(text for part in element.walk() for text in part.children if isinstance(text, str))
    return "\n".join(printable(line) for line in text.rstrip().splitlines())


def _image(element: Element) -> Node:
    """The image with its words; the words alone where there is none that can be shown."""
    words = printable(element.attributes.get("alt", ""))
    names = images_in(element.attributes.get("src", ""))
    if len(names) == 1 and path_of(name := names.pop()).is_file():
        return {"tag": "image", "name": name, "alt": words}
    return f"[Billede: {words}]"


def _look(element: Element) -> dict[str, str]:
    return {"look": element.css_class} if element.css_class and element.tag in _STYLED else {}


def _is_frame(element: Element) -> bool:
    return element.tag in {"article", "section", "header"}


def _is_inline(child: Element | str) -> bool:
    return isinstance(child, str) or child.tag not in _BLOCKS


def _is_note_link(child: Element | str) -> bool:
    return isinstance(child, Element) and child.css_class == "footnote-backref"
