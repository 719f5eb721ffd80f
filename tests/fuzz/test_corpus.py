"""What fuzzing has found once stays mended; and what it begins with holds."""

from pathlib import Path

import pytest

from fuzz.targets import TARGETS, Finding, seeds, timed

CORPUS = Path(__file__).resolve().parents[2] / "fuzz" / "corpus"
KEPT = sorted(path for path in CORPUS.glob("*/*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}: {path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    timed(TARGETS[path.parent.name], path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_what_fuzzing_begins_with_holds(name: str) -> None:
    found = list(seeds(name))
    assert len(found) > 50
    for data in found[:: max(1, len(found) // 40)]:
        TARGETS[name](data)


def test_something_has_been_kept() -> None:
    assert {path.parent.name for path in KEPT} <= set(TARGETS)
    assert KEPT


def test_an_input_that_takes_too_long_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.targets.MOST_SECONDS", 0.0)
    with pytest.raises(Finding, match=r"3 bytes took"):
        timed(TARGETS["renderer"], b"abc")
