"""The search as data: the promised keys, the same results as the page, and no text that breaks it."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from guidelines.models import Guideline, Theme
from library.models import Provision, Record
from search.documents import Type
from search.filters import LEGENDS
from tests.api.asking import ask

pytestmark = pytest.mark.usefixtures("content")

KEYS = {"type", "record", "slug", "title", "url", "obligation", "theme", "snippet", "score"}
ODD = ['"', "*", "AND", "OR NOT", "(", "§", "a\x00b", "\x1b[0m", "😀", "til og fra"]


def found(**question: Any) -> Any:
    return ask(f"/search?{urlencode(question, doseq=True)}")


def test_the_answer_has_the_promised_keys_and_no_others() -> None:
    data = found(q="fogeden kommer")

    assert data.keys() == {"query", "count", "listed", "results", "facets"}
    assert data["query"] == "fogeden kommer"
    assert data["facets"].keys() <= LEGENDS.keys()
    assert data["results"]
    for result in data["results"]:
        assert result.keys() == KEYS
        assert result["url"].startswith(f"{settings.SITE_URL}/")


def test_a_result_names_the_record_whose_page_it_is_on() -> None:
    results = found(q="serviceloven § 110", limit=100)["results"]

    instructions = [result for result in results if result["type"] == Type.INSTRUCTION]
    provisions = [result for result in results if result["type"] == Type.PROVISION]
    assert instructions
    assert provisions
    for result in instructions:
        guideline = Guideline.objects.get(slug=result["record"])
        assert guideline.instructions.get(anchor=result["slug"]).obligation == result["obligation"]
        assert result["url"] == f"{settings.SITE_URL}{guideline.address}#{result['slug']}"
    for result in provisions:
        assert Provision.objects.filter(act__slug=result["record"], key=result["slug"]).exists()
        assert result["obligation"] == ""
    themes = set(Theme.objects.values_list("slug", flat=True))
    assert {result["theme"] for result in results} <= {*themes, ""}


@pytest.mark.parametrize(
    "question",
    [
        {"q": "fogeden kommer"},
        {"q": "housing first", "type": "anvisning"},
        {"forpligtelse": "skal", "tema": "forebyggelse"},
        {"q": "bolig", "forpligtelse": ["skal", "kan"], "princip": "7"},
        {"q": "handleplan", "aktoer": "boformer", "lov": "serviceloven"},
    ],
)
def test_the_results_are_those_of_the_page(question: dict[str, Any], client: Client) -> None:
    page = client.get(f"/soeg/?{urlencode(question, doseq=True)}")
    data = found(**question, limit=100)

    assert data["count"] == page.context["results"].count > 0
    best = page.context["results"].flat[0].facts
    assert (data["results"][0]["record"], data["results"][0]["slug"]) == (best.record, best.slug)


def test_results_come_in_parts_without_a_gap() -> None:
    whole = found(q="bolig", limit=40)["results"]
    parts = [found(q="bolig", limit=20)["results"], found(q="bolig", limit=20, offset=20)["results"]]

    assert [*parts[0], *parts[1]] == whole
    scores = [result["score"] for result in whole]
    assert scores == sorted(scores, reverse=True)


def test_a_facet_says_what_a_choice_gives() -> None:
    question = {"q": "bolig", "forpligtelse": "skal"}
    choices = found(**question)["facets"]["tema"]

    assert choices
    for choice in choices:
        assert found(**question, tema=choice["slug"])["count"] == choice["count"]


def test_a_filter_that_does_not_exist_is_left_out_and_a_known_one_is_marked_as_chosen() -> None:
    data = found(q="bolig", tema="findes-ikke", forpligtelse="skal")

    assert data["count"] == found(q="bolig", forpligtelse="skal")["count"]
    assert [choice["slug"] for choice in data["facets"]["forpligtelse"] if choice["chosen"]] == ["skal"]
    assert not [choice for choice in data["facets"].get("tema", []) if choice["chosen"]]


def test_nothing_asked_gives_nothing_and_says_what_there_is_to_choose() -> None:
    data = ask("/search")

    assert (data["query"], data["count"], data["results"]) == ("", 0, [])
    assert data["facets"]["forpligtelse"]


def test_a_snippet_is_text_with_marks_and_no_other_markup() -> None:
    for result in found(q="bolig", limit=100)["results"]:
        plain = result["snippet"].replace("<mark>", "").replace("</mark>", "")
        assert "<" not in plain
    assert any("<mark>" in result["snippet"] for result in found(q="bolig")["results"])


@pytest.mark.parametrize("text", ODD)
def test_a_text_with_a_meaning_elsewhere_is_just_a_text(text: str) -> None:
    assert found(q=text)["count"] >= 0


def test_a_very_long_text_is_cut() -> None:
    data = found(q="bolig " * 1700)

    assert 0 < len(data["query"]) < 1000
    assert data["results"]


def test_bytes_that_are_no_text_are_taken_as_they_can_be() -> None:
    ask("/search?q=%ff%fe%ed%a0%80")


@pytest.mark.parametrize("name", LEGENDS)
def test_a_filter_takes_any_text(name: str) -> None:
    for text in ODD:
        ask(f"/search?q=bolig&{name}={quote(text)}")


class AnyText(TestCase):
    @hypothesis_settings(max_examples=40)
    @given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_is_a_safe_question(self, text: str) -> None:
        data = found(q=text)
        assert data["count"] >= len(data["results"])


def test_every_record_is_found_by_its_title() -> None:
    for record in Record.objects.filter(kind="glossary"):
        results = found(q=record.title)["results"]
        assert record.slug in [result["record"] for result in results], record.title
