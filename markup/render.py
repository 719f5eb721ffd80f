"""Markdown → safe HTML with links, law citations and glossary terms, and a record → the parts of its page."""

import html
import re
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TypedDict

from markup.catalogue import Catalogue
from markup.clean import BLOCKS, clean
from markup.guideline import GuidelineBody, Section, sections, split
from markup.kinds import Kind
from markup.limits import MOST_HEADINGS, has_many_headings
from markup.linking import Page, TextLink, linked_pieces
from markup.markdown_ext import PageMarkdown
from markup.problems import ContentError, Problem
from markup.record import Record

# Notes and link targets, "[^1]: …" and "[name]: https://…": they serve every part of a text.
_DEFINITION = re.compile(r"^ {0,3}\[(?P<name>\^?[^\[\]\n]+)\]:[ \t]*\S.*(?:\n(?:[ \t]+\S.*|(?=\n {4})))*", re.MULTILINE)
_NAME = re.compile(r"\[([^\[\]]+)\]")


class RenderedSection(TypedDict):
    title: str
    anchor: str
    html: str


@dataclass(frozen=True)
class Rendered:
    """`links` are (kind, slug), `citations` are (act slug, number, subsection), each once, in order."""

    html: str
    links: tuple[tuple[Kind, str], ...]
    citations: tuple[tuple[str, str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class RenderedRecord:
    """`html` is the text above the first section; in a guideline `instructions` is anchor → HTML.

    Links and citations begin with the anchor of the instruction that they stand in, "" elsewhere.
    """

    html: str
    sections: tuple[RenderedSection, ...]
    instructions: dict[str, str]
    links: tuple[tuple[str, Kind, str], ...]
    citations: tuple[tuple[str, str, str, str], ...]
    problems: tuple[Problem, ...]


def render(
    markdown: str,
    catalogue: Catalogue,
    *,
    own: tuple[Kind, str] | None = None,
    own_act: str = "",
    seen_terms: set[str] | None = None,
    id_prefix: str = "",
) -> Rendered:
    """One text as HTML. `own` is the record that it belongs to, `own_act` the act that its bare § mean.

    `seen_terms` holds the slugs of glossary terms that need no link any more, and takes in those linked here.
    """
    page = Page(catalogue, own, own_act, set() if seen_terms is None else seen_terms)
    text = clean(PageMarkdown(page).convert(markdown, id_prefix))
    return Rendered(text, tuple(page.links), tuple(page.citations), tuple(page.problems))


def render_record(record: Record, catalogue: Catalogue) -> RenderedRecord:
    """All parts of a record's page. Raises ContentError where the body has not the structure that it should have.

    The instructions must have their anchors (`guideline.with_anchors`).
    """
    return _RecordRenderer(record, catalogue).render()


def render_text_inline(text: str, catalogue: Catalogue, own_act: str = "") -> str:
    """A one-line field as HTML: escaped, with law citations linked. No Markdown."""
    page = Page(catalogue, own_act=own_act)
    return "".join(map(_inline, linked_pieces(text, page, with_terms=False)))


def plain_text(rendered: str) -> str:
    """The words of rendered HTML on one line, blocks set apart by blanks: for search and snippets."""
    reader = _TextReader()
    reader.feed(rendered)
    reader.close()
    return " ".join("".join(reader.pieces).split())


class _RecordRenderer:
    """Renders the parts of one record, in their order on the page, with what they share."""

    def __init__(self, record: Record, catalogue: Catalogue) -> None:
        self._record = record
        self._page = Page(catalogue, (record.kind, record.slug), record.slug if record.kind is Kind.ACT else "")
        self._markdown = PageMarkdown(self._page)
        self._definitions = [(_folded(found["name"]), found.group()) for found in _DEFINITION.finditer(record.body)]
        self._links: list[tuple[str, Kind, str]] = []
        self._citations: list[tuple[str, str, str, str]] = []

    def render(self) -> RenderedRecord:
        body = self._body()
        self._page.used_ids |= {part.anchor for part in body.instructions}
        self._page.used_ids |= {part.anchor for part in body.sections}
        intro = self._part(body.intro)
        instructions = {part.anchor: self._part(part.body, part.anchor) for part in body.instructions}
        parts = tuple(map(self._section, body.sections))
        problems = tuple(map(self._placed, self._page.problems))
        return RenderedRecord(intro, parts, instructions, tuple(self._links), tuple(self._citations), problems)

    def _body(self) -> GuidelineBody:
        record = self._record
        if has_many_headings(record.body):
            raise ContentError([Problem("many_headings", record.path, params={"most": str(MOST_HEADINGS)})])
        if record.kind is Kind.GUIDELINE:
            return split(record.body, record.path, record.offset)
        intro, parts = sections(record.body, record.offset)
        return GuidelineBody(intro, (), parts)

    def _section(self, section: Section) -> RenderedSection:
        text = self._part(section.body, id_prefix=f"{section.anchor}-")
        return RenderedSection(title=section.title, anchor=section.anchor, html=text)

    def _part(self, text: str, anchor: str = "", id_prefix: str = "") -> str:
        """The HTML of one part; what it links to and cites is kept with `anchor`."""
        self._page.links, self._page.citations = {}, {}
        prefix = id_prefix or (f"{anchor}-" if anchor else "")
        result = clean(self._markdown.convert(self._with_definitions(text), prefix))
        self._links += [(anchor, kind, slug) for kind, slug in self._page.links]
        self._citations += [(anchor, act, number, subsection) for act, number, subsection in self._page.citations]
        return result

    def _with_definitions(self, text: str) -> str:
        """`text` with the definitions of the body that it refers to."""
        if not self._definitions:
            return text
        text = _DEFINITION.sub("", text)
        referred = set(map(_folded, _NAME.findall(text)))
        needed = (definition for name, definition in self._definitions if name in referred)
        return "\n\n".join([text, *needed])

    def _placed(self, problem: Problem) -> Problem:
        """The problem with its file, and the first line that holds what it is about."""
        body, offset = self._record.body, self._record.offset
        found = re.search(_trace(problem), body)
        line = offset + body.count("\n", 0, found.start(1)) + 1 if found else None
        return replace(problem, path=self._record.path, line=line)


def _trace(problem: Problem) -> str:
    """A pattern whose group 1 finds in the Markdown what a problem of the page is about."""
    params = problem.params
    if "target" in params:
        return rf"(\[\[\s*{re.escape(params['target'])})"
    if "number" in params:
        number = r"\s?".join(map(re.escape, params["number"].split()))
        return rf"§[^§]*?\b({number})(?!\w)"
    return f"({re.escape(params.get('image', ''))})"


def _folded(name: str) -> str:
    """The name of a note or target, as Markdown compares them."""
    return " ".join(name.lower().split())


def _inline(piece: str | TextLink) -> str:
    if isinstance(piece, str):
        return html.escape(piece, quote=False)
    url = html.escape(piece.url)
    return f'<a class="{piece.css_class}" href="{url}">{html.escape(piece.text, quote=False)}</a>'


class _TextReader(HTMLParser):
    """Gathers the text of HTML in `pieces`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
