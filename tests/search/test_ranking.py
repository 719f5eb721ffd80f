"""Ranking: made-up postings in, order out."""

from search.indexing import impact_step
from search.ranking import Concept, Matches

TOTAL = 100


def order(concepts: list[Concept], postings: dict[str, dict[int, float]]) -> list[int]:
    scores = Matches(concepts, postings, TOTAL).documents()
    return sorted(scores, key=lambda number: -scores[number])


def word(text: str, *, required: bool = False) -> Concept:
    return Concept(text, {text: 1.0}, required=required)


def test_a_rare_word_counts_more_than_a_common_one() -> None:
    common = dict.fromkeys(range(50), 0.5)

    assert order([word("a"), word("b")], {"a": common, "b": {60: 0.5}})[0] == 60


def test_a_document_with_all_words_comes_before_one_that_says_one_of_them_loudly() -> None:
    assert order([word("a"), word("b")], {"a": {1: 0.9, 2: 0.3}, "b": {2: 0.3, 3: 0.1}})[:2] == [2, 1]


def test_what_covers_little_of_the_query_is_no_answer() -> None:
    concepts = [word(text) for text in "abcde"]

    assert order(concepts, {"a": {1: 0.5, 2: 0.5}, **{text: {1: 0.5} for text in "bcde"}}) == [1]


def test_words_side_by_side_count_more_than_the_same_words_apart() -> None:
    postings = {"a": {1: 0.3, 2: 0.3}, "b": {1: 0.3, 2: 0.3}, "a b": {2: 0.3}}

    scores = Matches([word("a"), word("b")], postings, TOTAL, pairs=["a b"]).documents()

    assert scores[2] > scores[1]


def test_words_that_no_document_has_do_not_empty_the_answer() -> None:
    assert order([word("a"), word("unknown")], {"a": {1: 0.5}}) == [1]


def test_a_required_word_is_required() -> None:
    assert order([word("a"), word("b", required=True)], {"a": {1: 0.9, 2: 0.1}, "b": {2: 0.1}}) == [2]
    assert order([word("a"), word("unknown", required=True)], {"a": {1: 0.9}}) == []


def test_of_several_ways_to_say_it_the_best_counts_once() -> None:
    concept = Concept("a", {"a": 1.0, "b": 0.5})

    assert order([concept], {"a": {1: 0.4, 2: 0.4}, "b": {2: 0.4, 3: 0.4}}) == [1, 2, 3]


def test_the_parts_of_a_compound_add_up_below_the_whole() -> None:
    concept = Concept("ab", {"ab": 1.0}, parts=({"a": 1.0}, {"b": 1.0}), whole=0.7)
    postings = {"ab": {1: 0.5}, "a": {2: 0.5, 3: 0.5}, "b": {2: 0.5, 4: 0.5}}

    assert order([concept], postings)[:2] == [1, 2]


def test_the_documents_of_a_page_are_also_read_as_one() -> None:
    matches = Matches([word("a"), word("b")], {"a": {1: 0.5, 3: 0.5}, "b": {2: 0.5}}, TOTAL)

    together = matches.together({1: "page", 2: "page", 3: "other"})

    assert together["page"] > 2 * together["other"]


def test_no_words_give_no_documents() -> None:
    assert order([], {}) == []


def test_impact_grows_with_each_place_and_most_with_the_best() -> None:
    steps = [impact_step(labels) for labels in ("D", "DD", "DDDDD", "C", "B", "A", "AD")]

    assert sorted(steps) == steps == list(dict.fromkeys(steps))
