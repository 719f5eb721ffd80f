"""The measure of relevance, and that the search is not worse than it was."""

from pathlib import Path

import pytest

from content.catalogue import stored_entries
from search.engines.base import Engine
from search.relevance import Judgement, Outcome, found_by_search, measure, read

JUDGEMENTS = Path(__file__).parent / "judgements.tsv"
UNSEEN = Path(__file__).parent / "unseen.tsv"


def outcome(grades: dict[str, int], found: str) -> Outcome:
    return Outcome(Judgement("q", grades), tuple(found.split()))


def test_the_ideal_order_is_worth_one_and_a_worse_one_less() -> None:
    grades = {"a": 3, "b": 2, "c": 1}

    assert outcome(grades, "a b c").ndcg == 1
    assert 0 < outcome(grades, "x b a").ndcg < outcome(grades, "a x b").ndcg < 1
    assert outcome(grades, "").ndcg == 0


def test_success_is_a_good_page_among_the_first() -> None:
    found = outcome({"a": 3, "c": 1}, "c a")

    assert not found.success(1)
    assert found.success(3)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "j.tsv").write_text("# a comment\nherberg\tforsorgshjem=3\nherberg forsorgshjem=3\n")

    with pytest.raises(ValueError, match=r"j\.tsv:3"):
        read(tmp_path / "j.tsv")


@pytest.mark.parametrize("file", [JUDGEMENTS, UNSEEN], ids=["judgements", "unseen"])
def test_the_judgements_name_records_that_exist(content: None, file: Path) -> None:
    slugs = {slug for _, slug in stored_entries()}

    assert {slug for judgement in read(file) for slug in judgement.grades} <= slugs


def test_no_query_kept_aside_is_among_those_used_for_tuning() -> None:
    used = {judgement.query.casefold() for judgement in read(JUDGEMENTS)}

    assert not used & {judgement.query.casefold() for judgement in read(UNSEEN)}


def test_queries_that_nobody_prepared_for_find_something(engine: Engine) -> None:
    report = measure(read(UNSEEN))

    assert report.empty == []
    assert report.success(3) > 0.9


def test_judged_queries_are_answered_well(engine: Engine) -> None:
    report = measure(read(JUDGEMENTS))

    assert report.empty == []
    assert report.ndcg > 0.9
    assert report.success(1) > 0.95
    assert report.success(3) > 0.98


def test_a_page_counts_once_however_many_of_its_passages_are_found(engine: Engine) -> None:
    found = found_by_search("boligfastholdelse")

    assert len(found) == len(set(found))
