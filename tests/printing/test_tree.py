"""HTML becomes data that the template can set, whatever an editor has written."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from markup.clean import clean
from printing.tree import read
from tests.printing.setting import SITE, link_targets, set_html, words

CODE = '#import "x.typ": * #let a = 1 $x^2$ *fed* _kursiv_ = overskrift @ref <mærke> `kode` // /* */ \\ ~ #sys.inputs'
TAGS = ("p", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "h2", "h4", "table", "tr", "th", "td", "a")


def tags(nodes: list[Any]) -> list[str]:
    return [node["tag"] for node in nodes if isinstance(node, dict)]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@st.composite
def html(draw: st.DrawFn) -> str:
    """Tags in any order, opened and closed at will, with any text between them, as the cleaner lets them through."""
    pieces = st.one_of(
        st.text().map(escaped),
        st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.text(max_size=8).map(lambda address: f'<a href="/{escaped(address)}">'.replace('""', '"')),
        st.just('<sup><a class="footnote-ref" href="#fn:1">1</a></sup>'),
        st.just('<div class="footnote"><ol><li id="fn:1"><p>Note</p></li></ol></div>'),
    )
    return clean("".join(draw(st.lists(pieces, max_size=25))))


@settings(max_examples=150)
@given(html())
def test_whatever_html_is_stored_a_document_comes_out(text: str) -> None:
    assert set_html(text).startswith(b"%PDF-1.7")


@settings(max_examples=60)
@given(st.text(), st.booleans())
def test_whatever_is_written_is_text_and_nothing_but_text(text: str, is_book: bool) -> None:
    blocks = read(f"<h1>{escaped(text)}</h1><p>{escaped(text)}</p>", SITE)
    assert all(isinstance(child, str) for block in blocks for child in block["children"])  # type: ignore[index]  # blocks are dictionaries
    assert set_html(f"<h1>{escaped(text)}</h1><p>{escaped(text)}</p>", is_book=is_book)


def test_code_of_the_typesetter_is_printed_as_it_was_written() -> None:
    assert words(set_html(f"<p>{escaped(CODE)}</p>")).count(CODE) == 1


@pytest.mark.parametrize("tag", ["blockquote", "em", "article", "ul><li"])
def test_text_that_is_nested_too_deep_is_still_printed(tag: str) -> None:
    assert "inderst" in words(set_html(f"<{tag}>" * 200 + "inderst"))


def test_headings_never_skip_a_level() -> None:
    blocks: list[Any] = read("<h2>a</h2><h5>b</h5><h6>c</h6><h2>d</h2>", SITE)
    assert [block["level"] for block in blocks] == [1, 2, 3, 2]


def test_a_heading_without_words_is_left_out() -> None:
    assert read("<h2> \u200b</h2><p>a</p>", SITE) == [{"tag": "p", "children": ["a"]}]


def test_links_lead_to_the_site_from_the_page_they_stand_on() -> None:
    links = '<a href="#x">her</a> <a href="/love/">dér</a> <a href="//x">?</a>'
    page = f'<article data-page="/principper/helhed/"><p>{links}</p></article>'
    assert link_targets(set_html(page)) == [f"{SITE}/principper/helhed/#x", f"{SITE}/love/", "https://x"]


def test_links_to_what_stands_in_the_document_stay_in_it() -> None:
    page = (
        '<article data-page="/a/"><h1 data-top>A</h1></article><article data-page="/b/"><h1>B</h1><p id="c">C</p>'
        '<p><a href="/a/">til A</a> <a class="page" href="#c">til C</a></p></article>'
    )
    pdf = set_html(page)
    assert link_targets(pdf) == ["", ""]
    assert "til C, side 1" in words(pdf)


def test_lists_keep_their_order_and_their_numbers() -> None:
    text = words(set_html('<ol start="3"><li>tre</li><li>fire<ul><li>under</li></ul></li></ol>'))
    assert "3. tre 4. fire – under" in text


def test_tables_keep_head_and_cells_even_where_a_row_is_short() -> None:
    blocks: list[Any] = read(
        '<div class="table-scroll"><table><thead><tr><th>År</th><th class="align-right">Antal</th></tr></thead>'
        "<tbody><tr><td>2024</td></tr></tbody></table></div>",
        SITE,
    )
    assert blocks[0]["children"] == [
        {"tag": "table", "columns": 2, "align": ["", "right"], "head": [["År"], ["Antal"]], "rows": [[["2024"], []]]}
    ]


def test_a_footnote_stands_at_the_foot_of_the_page_that_calls_for_it() -> None:
    note = (
        '<p>Ord<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p><div class="footnote"><hr><ol>'
        '<li id="fn:1"><p>Noten&#160;<a class="footnote-backref" href="#fnref:1">↩</a></p></li></ol></div>'
    )
    blocks: list[Any] = read(note, SITE)
    assert tags(blocks[0]["children"]) == ["note"]
    text = words(set_html(note))
    assert "Ord1." in text
    assert text.count("Noten") == 1
    assert "↩" not in text


def test_a_footnote_that_calls_for_itself_does_not_go_round_for_ever() -> None:
    call = '<a class="footnote-ref" href="#fn:1">1</a>'
    assert set_html(f'<p>Ord{call}</p><div class="footnote"><ol><li id="fn:1"><p>Noten{call}</p></li></ol></div>')


def test_an_image_is_told_in_words() -> None:
    assert "[Billede: Et hus]" in words(set_html('<p><img src="/static/hus.png" alt="Et hus"></p>'))
