"""What differs is marked by words, in texts and in pages; nothing is lost, and every tag is closed."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from editorial.diff import Status, text_diff
from editorial.html_diff import html_diff

_MARKS = re.compile(r"</?(?:ins|del)>")
_SPOKEN = re.compile(r'<span class="visually-hidden"> \[\w+:\] </span>')

words = st.lists(st.sampled_from(["skal", "bør", "§ 110,", "kommunen", "æøå", "a<b", "&", "»x«"]), max_size=6)
blocks = st.builds(
    lambda tag, inside: f"<{tag}>{' '.join(inside).replace('&', '&amp;').replace('<', '&lt;')}</{tag}>",
    st.sampled_from(["p", "h2", "blockquote"]),
    words,
)
lists = st.builds(
    lambda items: f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>", st.lists(blocks, max_size=3)
)
pages = st.lists(blocks | lists, max_size=5).map("".join)


class Balance(HTMLParser):
    """Fails on an end tag that does not close what was opened last; collects the text with the mark that it is in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        mark = next((tag for tag in self.open if tag in ("ins", "del")), "")
        if "span" not in self.open:
            self.text.append((mark, data))


def shown(page: str) -> str:
    """`page` without the words for screen readers."""
    return _SPOKEN.sub("", page)


def without(page: str, tag: str) -> str:
    """The text of a marked page, blanks aside, without what stands in `tag`."""
    reader = Balance()
    reader.feed(page)
    assert reader.open == []
    return "".join("".join(text.split()) for mark, text in reader.text if not mark or mark != tag)


def test_a_changed_word_is_marked_inside_its_sentence() -> None:
    page = html_diff("<p>Kommunen skal handle straks.</p>", "<p>Kommunen bør handle straks.</p>")
    assert shown(page) == "<p>Kommunen <del>skal </del><ins>bør </ins>handle straks.</p>"


def test_a_screen_reader_hears_what_is_new_and_what_is_gone() -> None:
    page = html_diff("<p>Kommunen skal handle straks.</p>", "<p>Kommunen bør handle straks.</p>")
    assert page.index("[fjernet:]") < page.index("skal") < page.index("[tilføjet:]") < page.index("bør")


def test_a_link_to_somewhere_else_is_a_change_though_its_words_are_the_same() -> None:
    page = shown(html_diff('<p>Se <a href="/a/">her</a>, og læs.</p>', '<p>Se <a href="/b/">her</a>, og læs.</p>'))
    assert '<a href="/a/"><del>her</del></a><a href="/b/"><ins>her</ins></a>' in page


def test_a_new_item_of_a_list_stands_in_the_list() -> None:
    page = shown(html_diff("<ul><li>En ting</li></ul>", "<ul><li>En ting</li><li>To</li></ul>"))
    assert page == "<ul><li>En ting</li><li><ins>To</ins></li></ul>"


def test_a_removed_paragraph_is_shown_where_it_was() -> None:
    page = shown(html_diff("<p>Et.</p><p>Gammelt afsnit.</p><p>Tre.</p>", "<p>Et.</p><p>Tre.</p>"))
    assert page == "<p>Et.</p><p><del>Gammelt afsnit.</del></p><p>Tre.</p>"


def test_no_address_of_a_place_is_on_the_page_twice() -> None:
    assert "id=" not in html_diff('<h2 id="x">Før</h2>', '<h2 id="x">Efter</h2>')


def test_signs_that_html_uses_stay_text() -> None:
    page = html_diff("<p>a &lt;b&gt; c</p>", "<p>a &lt;script&gt; c</p>")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_of_a_long_text_only_the_surroundings_of_a_change_are_shown() -> None:
    lines = [f"Linje {number}\n" for number in range(50)]
    pieces = text_diff("".join(lines), "".join([*lines[:30], "Linje ny\n", *lines[31:]]))
    assert [piece.skipped for piece in pieces if piece.skipped] == [28, 17]
    assert [piece.text for piece in pieces if piece.status is Status.ADDED] == ["ny"]
    assert [piece.text for piece in pieces if piece.status is Status.REMOVED] == ["30"]


@given(pages, pages)
def test_the_marked_page_holds_both_and_every_tag_is_closed(old: str, new: str) -> None:
    page = shown(html_diff(old, new))
    assert without(page, "del") == without(new, "")
    assert without(page, "ins") == without(old, "")


def test_what_is_unchanged_can_be_folded_away_but_is_still_there() -> None:
    same = "".join(f"<p>Afsnit {number}.</p>" for number in range(9))
    page = html_diff(f"{same}<p>Kommunen skal handle.</p>", f"{same}<p>Kommunen bør handle.</p>", fold=True)
    folded, _, rest = page.partition("</details>")
    assert "8 afsnit uden ændringer" in folded
    assert "Afsnit 0." in folded
    assert "Afsnit 8." in rest


@given(pages, pages)
def test_folding_changes_nothing_of_what_is_there(old: str, new: str) -> None:
    folded = re.sub(r"<summary>.*?</summary>|</?details[^>]*>", "", html_diff(old, new, fold=True))
    assert folded == html_diff(old, new)


@given(pages)
def test_a_page_beside_itself_has_no_marks(page: str) -> None:
    assert not _MARKS.search(html_diff(page, page))


@given(st.text(alphabet="ab \nå§", max_size=60), st.text(alphabet="ab \nå§", max_size=60))
def test_the_marked_text_holds_both(old: str, new: str) -> None:
    pieces = text_diff(old, new)
    if not any(piece.skipped for piece in pieces):
        assert "".join(piece.text for piece in pieces if piece.status is not Status.REMOVED) == new
        assert "".join(piece.text for piece in pieces if piece.status is not Status.ADDED) == old
