"""Choosing what to rank where very many documents answer: no worse than ranking them all."""

import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from search import candidates, query, ranking
from search.candidates import Listed, bits, numbers
from search.engines.base import Engine
from search.query import SearchQuery, search
from search.ranking import Concept, Matches
from search.relevance import measure, read
from tests.search.test_relevance import JUDGEMENTS

TOTAL = 300
SETS = st.sets(st.integers(0, TOTAL - 1))
POSTINGS = st.dictionaries(
    st.sampled_from("abcd"),
    st.dictionaries(st.integers(0, TOTAL - 1), st.sampled_from([0.12, 0.15, 0.24, 0.36, 0.61]), min_size=1),
    min_size=2,
)


@given(SETS)
def test_a_set_as_bits_is_the_same_set(found: set[int]) -> None:
    assert list(numbers(bits(found))) == sorted(found)


@given(POSTINGS)
def test_the_documents_that_answer_are_the_same_whether_all_are_ranked_or_not(
    postings: dict[str, dict[int, float]],
) -> None:
    concepts = [Concept(term, {term: 1.0}) for term in "abcd"]
    every = Matches(concepts, postings, TOTAL)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "MOST", 0)
        chosen = Matches(concepts, postings, TOTAL)

    assert chosen.answering == every.answering


@given(POSTINGS)
def test_a_document_that_is_chosen_has_the_score_that_it_has_among_all(postings: dict[str, dict[int, float]]) -> None:
    concepts = [Concept("a b", {"a": 1.0, "b": 0.6}), Concept("c", {"c": 1.0})]
    every = Matches(concepts, postings, TOTAL).documents()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranking, "MOST", 0)
        chosen = Matches(concepts, postings, TOTAL).documents()

    assert chosen == pytest.approx({number: every[number] for number in chosen})


def test_of_very_many_documents_the_strongest_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "POOL", 10)
    weak = dict.fromkeys(range(5000), 0.12)
    postings = {"a": Listed({**weak, 4711: 0.61, 4712: 0.24}), "b": Listed({**weak, 4711: 0.15})}

    scores = Matches([Concept("a", {"a": 1.0}), Concept("b", {"b": 1.0})], postings, 10_000).documents()

    assert len(scores) == 10
    assert sorted(scores, key=lambda number: -scores[number])[:2] == [4711, 4712]


def test_filters_choose_before_the_best_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "POOL", 10)
    postings = {"a": dict.fromkeys(range(5000), 0.61) | dict.fromkeys(range(5000, 5050), 0.12)}

    matches = Matches([Concept("a", {"a": 1.0})], postings, 10_000, passing=bits(range(5040, 9000)))

    assert set(matches.documents()) == set(range(5040, 5050))
    assert matches.answering.bit_count() == 5050


def test_judged_queries_are_answered_as_well_where_not_all_is_ranked(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    judgements = read(JUDGEMENTS)
    every, count = measure(judgements), search(SearchQuery("kommune")).count

    monkeypatch.setattr(ranking, "MOST", 100)
    monkeypatch.setattr(candidates, "POOL", 100)
    chosen = measure(judgements)

    assert abs(chosen.ndcg - every.ndcg) < 0.01
    assert abs(chosen.success(1) - every.success(1)) < 0.01
    assert search(SearchQuery("kommune")).count == count


@pytest.fixture
def few_ranked(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the real texts were very many."""
    monkeypatch.setattr(ranking, "MOST", 50)
    monkeypatch.setattr(query, "MOST", 50)
    monkeypatch.setattr(candidates, "POOL", 20)


@pytest.mark.usefixtures("few_ranked")
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("q=kommune", r"De 20 bedste af (\d+) resultater vises\. Afgræns søgningen"),
        ("type=anvisning", r"De 50 første af (\d+) resultater vises\. Afgræns søgningen"),
    ],
)
def test_what_is_not_listed_is_counted_and_said(client: Client, question: str, said: str) -> None:
    page, answer = client.get(f"/soeg/?{question}"), client.get(f"/api/v1/search?{question}").json()

    remark = re.search(said, page.content.decode())
    assert remark
    assert int(remark.group(1)) == answer["count"] == page.context["results"].count
    assert answer["listed"] == page.context["results"].listed == len(page.context["results"].flat) < answer["count"]


def test_nothing_is_said_where_all_is_listed(engine: Engine, client: Client) -> None:
    assert "resultater vises" not in client.get("/soeg/?q=herberg").content.decode()
