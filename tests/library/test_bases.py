"""Sorting instructions by the `stk.` that they rest on."""

from dataclasses import dataclass

import pytest

from library.bases import by_subsection, subsection_numbers


@dataclass(frozen=True)
class Basis:
    subsection: str
    instruction: str


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("stk. 1", [1]),
        ("stk. 12", [12]),
        ("stk. 1, nr. 2", [1]),  # the number behind nr. is no stk.
        ("stk. 1 og 2", [1, 2]),
        ("stk. 1, 3 og 4", [1, 3, 4]),
        ("stk. 3-6", [3, 4, 5, 6]),
        ("stk. 3–4 og 7", [3, 4, 7]),  # a range may be written with a dash
        ("nr. 2", []),
        ("", []),
    ],
)
def test_the_stk_of_a_basis(text: str, numbers: list[int]) -> None:
    assert subsection_numbers(text) == numbers


def test_an_instruction_stands_under_each_stk_it_rests_on_and_the_whole_provision_comes_first() -> None:
    bases = [
        Basis("stk. 2", "b"),
        Basis("stk. 1 og 2", "a"),
        Basis("", "c"),
        Basis("stk. 10", "d"),
    ]
    groups = [(group.label, group.anchor, group.instructions) for group in by_subsection(bases)]
    assert groups == [
        ("Paragraffen som helhed", "hele-paragraffen", ["c"]),
        ("Stk. 1", "stk-1", ["a"]),
        ("Stk. 2", "stk-2", ["b", "a"]),
        ("Stk. 10", "stk-10", ["d"]),
    ]


def test_an_instruction_that_names_two_numbers_of_one_stk_is_listed_once() -> None:
    groups = by_subsection([Basis("stk. 1, nr. 1", "a"), Basis("stk. 1, nr. 2", "a")])
    assert [group.instructions for group in groups] == [["a"]]
