"""What the tables say of a measurement."""

from collections import Counter

import pytest

from bench.client import Outcome
from bench.table import Note, Ratio, Times, print_findings


@pytest.mark.parametrize(
    ("ratio", "verdict"),
    [
        (Ratio("r", 6, 10, "req/s", 0.6, at_least=0.6), "reached"),
        (Ratio("r", 6, 10, "req/s", 0.594, at_least=0.6), "MISSED"),
        (Ratio("r", 11, 10, "ms", 1.1, at_most=1.1), "reached"),
        (Ratio("r", 12, 10, "ms", 1.2, at_most=1.1), "MISSED"),
        (Ratio("r", 12, 10, "ms", 1.2), ""),
    ],
)
def test_a_ratio_says_whether_it_is_what_was_wished_for(ratio: Ratio, verdict: str) -> None:
    assert ratio.verdict == verdict


def test_all_is_printed_in_one_piece(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = Outcome(Counter({200: 97, 304: 1, 500: 1, 0: 1}), 10, [number / 1000 for number in range(1, 101)])
    print_findings(
        [
            Note("What was not measured."),
            Times("(e) search", outcome),
            Ratio("(a) page ÷ bare view", 4000, 5000, "req/s", 0.8, 0.75, at_least=0.6),
        ]
    )
    heads, ratio, _, _, times, _, note = capsys.readouterr().out.splitlines()
    assert "ratio" in heads
    assert ratio.split() == [
        *["(a)", "page", "÷", "bare", "view"],
        "4,000",
        "5,000",
        "req/s",
        "0.80",
        "0.75",
        ">=",
        "0.6",
        "reached",
    ]
    assert times.split() == ["(e)", "search", "10.00", "51.0", "96.0", "100.0", "2"]
    assert note == "What was not measured."
