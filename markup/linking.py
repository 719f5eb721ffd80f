"""Plain text → pieces of text and links: law citations, and glossary terms at their first mention."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markup.catalogue import Catalogue, Entry
from markup.citations import CitationMatch, find_citations
from markup.kinds import Kind
from markup.problems import Level, Problem

NBSP = "\u00a0"
_JOINED = re.compile(
    r"§§?[ \n]?\d+(?:[ \n][a-hj-zæø](?!\w))?|\b(?:stk|nr)\.[ \n]\d+|\blitra[ \n][a-zæøå](?!\w)|\d[ \n](?:kr|pct)\."
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class TextLink:
    """A link found in running text; `css_class` is "citation" or "term"."""

    text: str
    url: str
    css_class: str


@dataclass
class Page:
    """What is gathered while the parts of one page are rendered.

    own: the record that the page is about; own_act: the slug of the act that its bare § mean, if any.
    seen_terms: the slugs of the glossary terms that are not linked (again) on this page.
    """

    catalogue: Catalogue
    own: tuple[Kind, str] | None = None
    own_act: str = ""
    seen_terms: set[str] = field(default_factory=set)
    used_ids: set[str] = field(default_factory=set)
    links: dict[tuple[Kind, str], None] = field(default_factory=dict)
    citations: dict[tuple[str, str, str], None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.own and self.own[0] is Kind.GLOSSARY:
            self.seen_terms.add(self.own[1])

    def add_link(self, entry: Entry) -> None:
        """Note that the page links to a record; a link to itself is none."""
        if (entry.kind, entry.slug) != self.own:
            self.links[entry.kind, entry.slug] = None
        if entry.kind is Kind.GLOSSARY:
            self.seen_terms.add(entry.slug)

    def report(self, code: str, level: Level = "error", **params: str) -> None:
        """Note a problem; its place is added by the caller who knows the file."""
        self.problems.append(Problem(code, params=params, level=level))


def join_with_nbsp(text: str) -> str:
    """No line break inside "§ 85 a", "stk. 2", "nr. 3", "litra a", "100 kr."."""
    return _JOINED.sub(lambda match: match.group().replace(" ", NBSP).replace("\n", NBSP), text)


def linked_pieces(text: str, page: Page, *, with_terms: bool = True) -> Iterator[str | TextLink]:
    """`text` in pieces, in order: what stays as it is, and what becomes a link. Notes on `page` what was found."""
    text = join_with_nbsp(text)
    position = 0
    for match in find_citations(text, page.catalogue, page.own_act):
        yield from _terms(text, position, match.start, page, with_terms=with_terms)
        yield TextLink(text[match.start : match.end], _citation_url(match, page), "citation")
        position = match.end
    yield from _terms(text, position, len(text), page, with_terms=with_terms)


def _citation_url(match: CitationMatch, page: Page) -> str:
    act = page.catalogue.get(Kind.ACT, match.act_slug)
    if match.known or act is None:
        page.citations[match.act_slug, match.number, match.subsection] = None
        return page.catalogue.provision_url(match.act_slug, match.number, match.subsection)
    page.add_link(act)
    page.report("unknown_provision", "warning", act=act.title, number=match.number)
    return act.url


def _terms(text: str, start: int, end: int, page: Page, *, with_terms: bool) -> Iterator[str | TextLink]:
    """The pieces of `text[start:end]`, which holds no citation."""
    position = start
    for word in _WORD.finditer(text, start, end) if with_terms else ():
        if word.start() < position:
            continue
        for pattern, entry in page.catalogue.terms_by_first_word.get(word.group().lower(), ()):
            match = pattern.match(text, word.start())
            if match and match.end() <= end and entry.slug not in page.seen_terms:
                if position < match.start():
                    yield text[position : match.start()]
                yield TextLink(match.group(), entry.url, "term")
                page.add_link(entry)
                position = match.end()
                break
    if position < end:
        yield text[position:end]
