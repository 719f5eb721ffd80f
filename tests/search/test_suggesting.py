"""Suggestions while typing: the right page among few, in any spelling, for any text."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from content.store import record_of, save_record
from library.models import GlossaryTerm
from search.documents import Type
from search.suggesting import MOST, Suggester, Suggestion, suggest
from tests.api.asking import ask

TITLES = [
    (Type.TERM, "Herberg", "/begreber/herberg/", ""),
    (Type.TERM, "Forsorgshjem", "/begreber/forsorgshjem/", ""),
    (Type.TERM, "Forsorgshjem", "/begreber/forsorgshjem/", "§ 110-boform"),
    (Type.TERM, "Hjemløshed", "/begreber/hjemloeshed/", ""),
    (Type.PROVISION, "Serviceloven § 85 a: Bostøtte", "/love/serviceloven/85a/", "SEL § 85 a"),
    (Type.PROVISION, "Serviceloven § 110: Boformer", "/love/serviceloven/110/", "§ 110"),
    *((Type.SOURCE, f"Kilde {number} om hjemløshed", f"/kilder/{number}/", "") for number in range(30)),
]
SUGGESTER = Suggester(Suggestion(*row) for row in TITLES)


def urls(text: str) -> list[str]:
    return [suggestion.url for suggestion in SUGGESTER.suggest(text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("herb", "/begreber/herberg/"),
        ("HERB", "/begreber/herberg/"),
        ("hjemløs", "/begreber/hjemloeshed/"),
        ("hjemloes", "/begreber/hjemloeshed/"),
        ("hjemlos", "/begreber/hjemloeshed/"),
        ("herberget", "/begreber/herberg/"),
        ("forsorgshjemmets", "/begreber/forsorgshjem/"),
        ("boform", "/begreber/forsorgshjem/"),
        ("§ 110", "/love/serviceloven/110/"),
        ("sel 85", "/love/serviceloven/85a/"),
        ("sel § 85a", "/love/serviceloven/85a/"),
        ("§ 85 a", "/love/serviceloven/85a/"),
    ],
)
def test_a_beginning_in_any_spelling_leads_to_its_page_first(typed: str, first: str) -> None:
    assert urls(typed)[0] == first


def test_every_word_must_begin_a_word_of_the_name() -> None:
    assert urls("kilde 7 hjem") == ["/kilder/7/"]
    assert urls("kilde herberg") == []


def test_a_page_is_suggested_once_and_never_more_than_ten() -> None:
    assert urls("for") == ["/begreber/forsorgshjem/"]
    assert len(urls("hjem")) == MOST


def test_the_other_name_by_which_a_page_was_found_is_given() -> None:
    assert next(suggestion.name for suggestion in SUGGESTER.suggest("boform")) == "§ 110-boform"


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    assert len(SUGGESTER.suggest(text)) <= MOST


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("foged", "Fogeden kommer: huslejerestance og udsættelse"),
        ("hjemloesh", "Hjemløshed"),
        ("boligfasth", "Boligfastholdelse"),
        ("sel 110", "Serviceloven § 110: Boformer for hjemløse"),
    ],
)
def test_pages_terms_situations_and_provisions_of_the_content_are_suggested(typed: str, title: str) -> None:
    assert ask(f"/suggest?q={typed}")["results"][0]["title"].startswith(title)


@pytest.mark.usefixtures("content")
def test_a_new_name_is_suggested_as_soon_as_it_is_published() -> None:
    record = record_of(GlossaryTerm.objects.get(slug="herberg"))
    assert suggest("nattely") == []

    record.fields["aliases"] = [*record.fields.get("aliases", []), "nattely"]
    save_record(record)

    assert [suggestion.url for suggestion in suggest("nattely")] == ["/begreber/herberg/"]


@pytest.mark.usefixtures("content")
def test_every_suggestion_leads_to_a_page() -> None:
    for typed in ("§ 1", "bolig", "hjem", "princip", "kommun", "cti", "anvis"):
        for suggestion in suggest(typed):
            assert Client().get(suggestion.url.partition("#")[0]).status_code == 200


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("question", ["", "?q=", "?q=%00%1b%ff", f"?q={'a' * 10_000}", "?q=%C2%A7%C2%A7", "?q=<!>"])
def test_nothing_to_go_by_suggests_nothing(question: str) -> None:
    assert ask(f"/suggest{question}") == {"results": []}


@pytest.mark.usefixtures("content")
def test_suggestions_are_brief_and_push_no_page_out_of_the_cache() -> None:
    response = Client().get("/api/v1/suggest?q=hjem")

    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
