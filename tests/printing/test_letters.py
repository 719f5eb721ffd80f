"""What an editor may write and what the typeface has."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.letters import MISSING, RANGES, printable
from tests.printing.setting import set_blocks

DANISH = "Blåbærgrød på Ærø – »§ 110, stk. 2« koster 25 % … ½ kr. ≥ 3 → 4"


@pytest.mark.parametrize("tag", ["p", "strong", "em", "code"])
def test_every_letter_that_is_let_through_can_be_set(tag: str) -> None:
    letters = [chr(code) for first, last in RANGES for code in range(first, last + 1)]
    assigned = "".join(letter for letter in letters if unicodedata.category(letter) != "Cn")
    assert set_blocks([{"tag": "p", "children": [{"tag": tag, "children": [printable(assigned)]}]}])


def test_danish_text_is_left_as_it_is() -> None:
    assert printable(DANISH) == DANISH


def test_a_letter_that_the_typeface_lacks_leaves_a_box() -> None:
    assert printable("a🙂漢b") == f"a{MISSING}{MISSING}b"


def test_signs_that_only_machines_see_are_left_out() -> None:
    assert printable("kom\u00admu\u200bne\x00\ufeff\ud800") == "kommune"


def test_letters_written_in_two_parts_become_one() -> None:
    assert printable("a\u030aben") == "åben"


def test_any_run_of_blanks_is_one_but_a_no_break_space_stays() -> None:
    assert printable("§\u00a0110\n\t  stk.\u2028") == "§\u00a0110 stk. "


@given(st.text())
def test_what_has_been_made_printable_stays_so(text: str) -> None:
    once = printable(text)
    assert printable(once) == once
    json.dumps(once).encode()
