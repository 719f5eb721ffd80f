"""Numbers that may be somebody's CPR number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.personal import has_cpr


@pytest.mark.parametrize(
    "text",
    [
        "0101901234",
        "010190-1234",
        "010190 1234",
        "01 01 90 1234",
        "01.01.90-1234",
        "01-01-1990-1234",
        "cpr:311299–0001.",
    ],
)
def test_a_cpr_number_is_known_in_all_its_spellings(text: str) -> None:
    assert has_cpr(text)


@pytest.mark.parametrize(
    "text",
    ["33 37 33 37", "§ 110, stk. 5", "2. marts 2026", "991390-1234", "01019012345", "9788793407", "1. juli 2026"],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not has_cpr(text)


@given(st.dates(), st.integers(0, 9999), st.sampled_from(["", "-", " ", " - ", "–"]), st.text("abc æøå.,\n"))
def test_a_cpr_number_is_found_wherever_it_stands(day: date, serial: int, gap: str, text: str) -> None:
    number = f"{day:%d%m%y}{gap}{serial:04d}"
    assert has_cpr(f"{text} {number} {text}")
