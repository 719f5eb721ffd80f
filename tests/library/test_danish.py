"""Danish alphabet and dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.danish import format_date, initial, sort_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["Abe", "Zebra", "Ærø", "Ørsted", "Århus"],
        ["Zoo", "Aarhus"],  # aa is å, and stands last
        ["bolig", "Boligsocial", "botilbud"],  # case does not count
        ["Udredning", "Ungdomsbolig"],
        ["§ 110-boform", "Ungebolig"],  # signs do not count, numbers stand before letters
    ],
)
def test_danish_words_sort_in_the_order_of_a_danish_dictionary(ordered: list[str]) -> None:
    assert sorted(set(ordered), key=sort_key) == ordered


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("handleplan", "H"),
        ("»Ærlig talt«", "Æ"),
        ("Aarhus", "Å"),
        ("Økonomi", "Ø"),
        ("école", "E"),
        ("zoner", "Z"),
        ("2212: Startboliger", "0-9"),
        ("…", "0-9"),
        ("", "0-9"),
    ],
)
def test_the_letter_that_a_title_is_listed_under(text: str, letter: str) -> None:
    assert initial(text) == letter


@given(st.lists(st.text(alphabet="abzæøåÆØÅ §1", max_size=6)))
def test_a_list_in_danish_order_has_each_letter_in_one_place(titles: list[str]) -> None:
    letters = [initial(title) for title in sorted(titles, key=sort_key)]
    changes = [letter for place, letter in enumerate(letters) if place == 0 or letters[place - 1] != letter]
    assert len(changes) == len(set(changes))


def test_a_date_is_written_the_danish_way() -> None:
    assert format_date(date(2026, 3, 2)) == "2. marts 2026"
