"""No text, however large and odd, takes more than a second of computing: made of what costs Markdown the most.

The one place where tests look at a clock: at that of the processor, which does not count what other programs do.
"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuzz.targets import FIXTURES, analyzer, catalogue, interpreter, timed
from markup.body import body_problems
from markup.citations import find_citations
from markup.kinds import Kind
from markup.limits import MOST_FILE, MOST_HEADINGS, MOST_TEXT
from markup.problems import ContentError
from markup.prose import sentences
from markup.record import Record, parse, read
from markup.render import render, render_record, render_text_inline
from search import synonym_list
from search.words import clean

LENGTH = 100_000
PIECES = [
    *("a", "A. ", " ", "\n", "\n    ", "*", "_", "`", "[", "]", "(", "[[", "[[a|", "[a](", "![a](", "[^\n", ")["),
    *("<", "> ", "- ", "  - ", "1. ", "#", "## a\n", "### Skal: a\n", "a\n=\n", "-\n", "|", "| a ", "\\", "{#", "&#x"),
    *(
        "<!--",
        '"',
        "§ 1",
        "§§ 1, ",
        "§ 1-",
        "§ 110, stk. 1, ",
        "lov om ",
        "serviceloven ",
        "SEL 1 ",
        "[^1]: a\n    b\n",
    ),
    *("[1]: a\n", "http://", "*a **b ", "boform ", "é", "e\u0301", "😀", "\x00", "\u2028", "10, ", "a'", "\r", "- a\n"),
]


def front_matter(text: str) -> None:
    read(f"---\n{text}\n---\n", "laws/x.md")


def aliases(text: str) -> None:
    read(f"---\ntitle: [{text}]\naliases: [{text}]\n---\n", "glossary/x.md")


def whole_record(text: str) -> None:
    record, _ = read(f"---\ntitle: X\nsummary: Y\n---\n{text}", "glossary/x.md")
    if record is None:
        return
    sentences(record.body, 1)
    try:
        render_record(record, catalogue())
    except ContentError:
        return


def synonyms(text: str) -> None:
    try:
        synonym_list.parse(text.encode("utf-8", "replace"))
    except ContentError:
        return


TAKERS: list[Callable[[str], object]] = [
    front_matter,
    aliases,
    whole_record,
    synonyms,
    lambda text: list(body_problems(text, "x.md")),
    lambda text: render(text, catalogue(), own_act="serviceloven"),
    lambda text: render_text_inline(text[:MOST_TEXT], catalogue(), "serviceloven"),
    lambda text: find_citations(text[:MOST_TEXT], catalogue(), "serviceloven"),
    lambda text: list(analyzer().tokens(clean(text[:MOST_TEXT]))),
    lambda text: interpreter().understand(" ".join(clean(text).split())[:400], lenient=True),
]


@pytest.fixture(scope="module", autouse=True)
def made_beforehand() -> None:
    """What all inputs share is not what any of them costs."""
    interpreter().understand("hjemløshedsindsatsr")
    render("serviceloven § 110", catalogue())


def try_all(text: str) -> None:
    for taker in TAKERS:
        timed(lambda data, taker=taker: taker(text), text[:100].encode("utf-8", "replace"))  # type: ignore[misc]  # bound


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_a_hundred_kilobytes_of_one_thing_take_less_than_a_second(piece: str) -> None:
    try_all((piece * (LENGTH // len(piece)))[:LENGTH])


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_so_does_the_longest_text_that_is_rendered_at_all(piece: str) -> None:
    block = piece * max(1, min(55 // max(1, piece.count("[")), 190 // max(1, piece.count("\n")), 4_000 // len(piece)))
    text = f"{block}\n\n" * (MOST_TEXT // (len(block) + 2))
    timed(lambda data: render(text, catalogue(), own_act="serviceloven"), b"")
    timed(lambda data: whole_record(text), b"")


@settings(max_examples=40)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.integers(1, 60))
def test_so_do_mixtures(pieces: list[str], times: int) -> None:
    text = "".join(piece * times for piece in pieces)
    try_all((text * (20_000 // len(text) + 1))[:20_000])


def test_a_value_used_twice_cannot_grow_without_end() -> None:
    names = ", ".join(f"k{number}: 1" for number in range(5_000))
    repeated = " - *a\n" * 10_000
    text = f"---\ntitle: X\nprovisions:\n - &a {{{names}}}\n{repeated}---\n"
    problems: list[str] = []
    timed(lambda data: problems.extend(map(str, read(text, "laws/x.md")[1])), b"")
    assert "a value that is used twice" in problems[0]


def test_definitions_are_not_repeated_in_sections_that_do_not_use_them() -> None:
    body = "## Afsnit\n\ntekst\n\n" * 190 + "\n".join(f"[n{number}]: https://a.dk/{number}" for number in range(90))
    record = Record(Kind.GLOSSARY, "x", {"title": "X"}, f"{body}\n\n[n7]")
    timed(lambda data: render_record(record, catalogue()), b"")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("a " * MOST_TEXT, "text_too_long"),
        ("## a\n\n" * (MOST_HEADINGS + 1), "many_headings"),
        ("[" * 61, "dense_block"),
        ("a\n" * 300, "dense_block"),
        ("a" * 5_001, "dense_block"),
    ],
)
def test_what_is_too_much_is_shown_as_written_and_stops_the_text(body: str, code: str) -> None:
    rendered = render(body, catalogue())
    assert code in {problem.code for problem in rendered.problems}
    assert "<h2" not in rendered.html
    assert rendered.html.startswith(body[:5])


def test_a_file_without_end_is_refused_in_one_line() -> None:
    with pytest.raises(ContentError) as refusal:
        parse("a" * (MOST_FILE + 1), "glossary/x.md")
    assert str(refusal.value) == (
        "glossary/x.md: the text is longer than 200000 characters. Divide it into several pages."
    )


def test_the_real_texts_stay_far_below_the_limits() -> None:
    longest = max(len(path.read_text(encoding="utf-8")) for path in FIXTURES.rglob("*.md"))
    assert longest < MOST_TEXT / 2
