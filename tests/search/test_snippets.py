"""Passages: the best one is chosen, what was found is marked, and no text becomes markup."""

import re

from hypothesis import given
from hypothesis import strategies as st

from search.snippets import LENGTH, Marker, marker
from search.words import clean
from tests.search.test_danish import ANALYZER, ANY_TEXT

FILLER = "Kommunen taler om noget helt andet her. " * 12


def marks(*terms: set[str]) -> Marker:
    return marker(ANALYZER, terms)


def marked(text: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", text)


def test_inflected_words_and_compounds_are_marked_whole() -> None:
    passage = marks({"indsats", "~indsats"}).passage("Indsatsen er en af flere boligindsatser for indsatte.")

    assert marked(passage) == ["Indsatsen", "boligindsatser"]


def test_law_references_are_marked_however_they_are_written() -> None:
    passage = marks({"§serviceloven:110"}).passage("Se servicelovens § 110, stk. 2, og SEL § 99.")

    assert marked(passage) == ["servicelovens § 110, stk. 2"]


def test_the_passage_with_most_of_what_was_asked_for_is_shown() -> None:
    text = f"Et herberg er nævnt. {FILLER} Et herberg med plan for bolig. {FILLER}"

    passage = marks({"herberg"}, {"plan"}, {"bolig"}).passage(text)

    assert marked(passage) == ["herberg", "plan", "bolig"]
    assert passage.startswith("… Et <mark>herberg</mark>")
    assert passage.endswith(" …")


def test_a_text_without_a_hit_shows_its_beginning() -> None:
    passage = marks({"findesikke"}).passage(FILLER)

    assert passage.startswith("Kommunen taler")
    assert len(passage) <= LENGTH + 2


def test_a_short_text_is_shown_whole() -> None:
    assert marks({"herberg"}).passage("Herberg.") == "<mark>Herberg</mark>."


def test_markup_in_a_text_is_shown_as_it_is_written() -> None:
    passage = marks({"herberg"}).passage('<script>alert("herberg")</script>')

    assert passage == "&lt;script&gt;alert(&quot;<mark>herberg</mark>&quot;)&lt;/script&gt;"


@given(ANY_TEXT, st.integers(1, 80))
def test_nothing_but_marks_is_ever_markup(text: str, length: int) -> None:
    plain = clean(text)

    for shown in (marks({"herberg"}, {"a"}).passage(plain + " herberg", length), marks({"a"}).title(plain)):
        rest = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in rest
        assert shown.count("<mark>") == shown.count("</mark>")
