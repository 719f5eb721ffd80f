"""Markdown becomes the sentences that a reader meets, each with the line on which it begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup.prose import sentences


def read(markdown: str) -> list[tuple[int, str]]:
    return [(sentence.line, sentence.text) for sentence in sentences(markdown, 10)]


def test_sentences_know_their_lines_in_wrapped_paragraphs_and_lists() -> None:
    markdown = (
        "Første sætning, der\ngår videre. Anden\nsætning.\n\n- Et punkt\n  over to linjer\n- Et andet. Med to.\n1. Tre"
    )

    assert read(markdown) == [
        (10, "Første sætning, der går videre."),
        (11, "Anden sætning."),
        (14, "Et punkt over to linjer"),
        (16, "Et andet."),
        (16, "Med to."),
        (17, "Tre"),
    ]


def test_markup_is_not_read() -> None:
    markdown = (
        "Se **den** *nye* [[boformer|bofor\\-mer]], [[handleplan]], [loven](https://x.dk) og `kode`.[^1] ![Hus](/a.png)"
    )

    assert read(markdown) == [(10, "Se den nye bofor-mer, handleplan, loven og kode.")]


def test_headings_tables_quotations_and_notes_are_left_out() -> None:
    markdown = "## Overskrift\nTekst.\n> Kommunen skal.\n\n| a | b |\n| --- | --- |\n\n[^1]: En note."

    assert read(markdown) == [(11, "Tekst.")]


@pytest.mark.parametrize(
    "text",
    [
        "Det gælder bl.a. Københavns Kommune.",
        "Se jf. Ankestyrelsen.",
        "Efter § 110, stk. 2, kan kommunen svare.",
        "Den 1. oktober begynder det.",
        "Tre ting: bolig, støtte og ro.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert read(text) == [(10, text)]


def test_a_colon_ends_a_sentence_where_a_whole_one_follows() -> None:
    assert [text for _, text in read("Erfaringen er klar: Det nytter.")] == ["Erfaringen er klar:", "Det nytter."]


def test_numbers_are_no_words() -> None:
    assert sentences("Det følger af §§ 107, 108 og 110 a.", 1)[0].words == ["Det", "følger", "af", "og", "a"]


@given(st.text("ab. \n-*[]|>#_`Å:", max_size=60))
def test_any_text_gives_sentences_in_the_order_of_its_lines(markdown: str) -> None:
    found = sentences(markdown, 1)

    assert all(sentence.text.strip() for sentence in found)
    lines = [sentence.line for sentence in found]
    assert lines == sorted(lines)
    assert all(1 <= line <= markdown.count("\n") + 1 for line in lines)
