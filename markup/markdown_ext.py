"""Our Markdown: `[[links]]`, ids of headings, linked text, scrollable tables; raw HTML stays text."""

import html
import re
import xml.etree.ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from markup.headings import anchor_of, without_anchor
from markup.images import IMAGES_AT
from markup.limits import MOST_HEADINGS, MOST_TEXT, dense_block, has_many_headings, tidied
from markup.linking import Page, TextLink, join_with_nbsp, linked_pieces
from markup.paragraphs import BAR, prepare
from markup.slugs import is_slug, slugify, unique

_WIKI_LINK = rf"\[\[([^\[\]|{BAR}\n]+?)(?:{BAR}([^\[\]]+?))?\]\]"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NOT_LINKED = _HEADINGS | {"a", "code", "pre"}


class PageMarkdown:
    """Python-Markdown with our rules for one page. It notes on `page` what it finds in its parts."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._length = 0
        self._extension = _OurExtension(page)
        footnotes = FootnoteExtension(BACKLINK_TITLE="Tilbage til teksten ved note {}")
        tables = TableExtension(use_align_attribute=True)
        self._markdown = Markdown(extensions=[tables, footnotes, SaneListExtension(), self._extension])

    def convert(self, text: str, id_prefix: str = "") -> str:
        """HTML that has not been cleaned yet. `id_prefix` is put before the ids of notes and headings.

        A text that cannot be converted, or not in a moment, is shown as it is written.
        """
        self._extension.tree.id_prefix = id_prefix
        if self._is_too_much(tidy := tidied(text)):
            return html.escape(text)
        try:
            converted: str = self._markdown.reset().convert(prepare(tidy))
        except RecursionError:
            self._page.report("too_deep")
            return html.escape(text)
        return converted.replace(BAR, "|")

    def _is_too_much(self, text: str) -> bool:
        self._length += len(text)
        if self._length > MOST_TEXT:
            self._page.report("text_too_long", most=str(MOST_TEXT))
        elif start := dense_block(text):
            self._page.report("dense_block", start=start)
        elif has_many_headings(text):
            self._page.report("many_headings", most=str(MOST_HEADINGS))
        else:
            return False
        return True


class _OurExtension(Extension):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.tree = _Tree(page)

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        # Before footnotes and references, behind code spans and escapes.
        md.inlinePatterns.register(_WikiLink(_WIKI_LINK, md, self.page), "wiki_link", 176)
        # Behind all others, "unescape" at 0 included: the text is final here.
        md.treeprocessors.register(self.tree, "tree", -10)


class _WikiLink(InlineProcessor):
    """`[[slug]]`, `[[slug|text]]`, `[[kind:slug#anchor|text]]`."""

    def __init__(self, pattern: str, md: Markdown, page: Page) -> None:
        super().__init__(pattern, md)
        self._page = page

    def handleMatch(  # type: ignore[override]  # Python-Markdown's own processors change it the same way
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element | str, int, int]:
        target, label = m[1].strip(), m[2]
        entry = self._page.catalogue.find(target)
        if entry is None:
            self._page.report("dead_link", target=target)
            return AtomicString(label or target), m.start(), m.end()
        name, _, anchor = target.partition("#")
        candidates = self._page.catalogue.candidates(name)
        if len(candidates) > 1:
            kinds = ", ".join(candidate.kind.value for candidate in candidates)
            self._page.report("ambiguous_link", "warning", target=target, kinds=kinds, example=f"{entry.kind}:{target}")
        self._page.add_link(entry)
        link = etree.Element("a", href=f"{entry.url}#{anchor}" if anchor else entry.url)
        link.text = AtomicString(" ".join((label or entry.title).split()))
        return link, m.start(), m.end()


class _Tree(Treeprocessor):
    """Goes over the finished tree: ids, tables, images, and links in running text."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.id_prefix = ""
        self._page = page

    def run(self, root: etree.Element) -> None:
        self._visit(root, is_linked=True)

    def _visit(self, element: etree.Element, *, is_linked: bool) -> None:
        children = list(element)
        self._change(element)
        is_linked = is_linked and element.tag not in _NOT_LINKED
        if element.tag not in {"code", "pre"}:
            self._link_text(element, children, is_linked=is_linked)
        for child in children:
            self._visit(child, is_linked=is_linked)
        for index, child in enumerate(list(element)):
            if child.tag == "table":
                element[index] = _scrollable(child)

    def _link_text(self, element: etree.Element, children: list[etree.Element], *, is_linked: bool) -> None:
        """Replace the text in `element`, before, between and behind its children, by pieces of text and links."""
        texts = [element.text or "", *(child.tail or "" for child in children)]
        element.text = None
        element[:] = []
        last: etree.Element | None = None
        for text, child in zip(texts, [*children, None], strict=True):
            pieces = linked_pieces(text, self._page) if is_linked else [join_with_nbsp(text)]
            for piece in pieces:
                if isinstance(piece, TextLink):
                    last = etree.SubElement(element, "a", {"class": piece.css_class, "href": piece.url})
                    last.text = AtomicString(piece.text)
                elif last is None:
                    element.text = (element.text or "") + piece
                else:
                    last.tail = (last.tail or "") + piece
            if child is not None:
                child.tail = None
                element.append(child)
                last = child

    def _change(self, element: etree.Element) -> None:
        if element.tag in _HEADINGS:
            self._identify(element)
        elif element.tag == "img":
            self._check_image(element)
        elif element.tag in {"th", "td"}:
            align = element.attrib.pop("align", "")
            if align:
                element.set("class", f"align-{align}")
            if element.tag == "th":
                element.set("scope", "col")
        if self.id_prefix:
            self._prefix(element)

    def _identify(self, heading: etree.Element) -> None:
        """The id of a heading: what its `{#…}` says, else a slug of its text."""
        text = "".join(heading.itertext())
        written = anchor_of(text)
        if written is not None:
            _strip_anchor(heading)
        if written and is_slug(written):
            anchor = written
        else:
            slug = slugify(without_anchor(text)) or "afsnit"
            anchor = unique(self.id_prefix + slug, self._page.used_ids)
        self._page.used_ids.add(anchor)
        heading.set("id", anchor)

    def _check_image(self, image: etree.Element) -> None:
        source = image.get("src", "")
        if not (image.get("alt") or "").strip():
            self._page.report("image_without_text", image=source)
        if not source.startswith(IMAGES_AT):
            self._page.report("foreign_image", image=source)
            image.attrib.pop("src", None)
        elif size := self._page.catalogue.images.get(source.removeprefix(IMAGES_AT)):
            # The browser keeps room for it, so that the text does not jump when it comes.
            image.attrib |= {"width": str(size.width), "height": str(size.height), "loading": "lazy"}
        else:
            self._page.report("unknown_image", image=source)

    def _prefix(self, element: etree.Element) -> None:
        """The ids of notes, and the links to them, so that two parts of a page can both have a note 1."""
        if element.get("id", "").startswith(("fn:", "fnref")):
            element.set("id", self.id_prefix + element.attrib["id"])
        if element.get("href", "").startswith(("#fn:", "#fnref")):
            element.set("href", f"#{self.id_prefix}{element.attrib['href'][1:]}")


def _strip_anchor(heading: etree.Element) -> None:
    """Remove the `{#…}` from the last text in a heading."""
    if len(heading):
        heading[-1].tail = without_anchor(heading[-1].tail or "")
    else:
        heading.text = without_anchor(heading.text or "")


def _scrollable(table: etree.Element) -> etree.Element:
    """A table in a region that scrolls, by keyboard too, where the screen is narrower than the table."""
    attributes = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": "Tabel"}
    wrapper = etree.Element("div", attributes)
    wrapper.tail, table.tail = table.tail, None
    wrapper.append(table)
    return wrapper
