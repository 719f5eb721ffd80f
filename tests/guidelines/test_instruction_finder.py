"""The instruction finder: what it finds, what it counts, and how it takes odd questions."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import Q
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from guidelines.forms import without_wider_acts
from guidelines.models import Guideline, Instruction

pytestmark = pytest.mark.usefixtures("content")

QUESTIONS = [
    ("", Q()),
    ("forpligtelse=skal", Q(obligation="skal")),
    ("forpligtelse=skal&forpligtelse=kan", Q(obligation__in=["skal", "kan"])),
    ("tema=forebyggelse", Q(guideline__theme__slug="forebyggelse")),
    ("princip=7", Q(principles__number=7)),  # by number, as people write it
    ("princip=helhedsorienteret-tilgang&princip=7", Q(principles__number__in=[4, 7])),
    ("aktoer=boformer", Q(actors__slug="boformer")),
    ("lov=serviceloven", Q(bases__provision__act__slug="serviceloven")),
    ("lov=serviceloven:110", Q(bases__provision__act__slug="serviceloven", bases__provision__key="110")),
    # The act beside its own paragraph would take in all the others again.
    (
        "lov=serviceloven&lov=serviceloven:110",
        Q(bases__provision__act__slug="serviceloven", bases__provision__key="110"),
    ),
    ("kilde=nr-2020&kilde=hf-manual-2022", Q(bases__source__slug__in=["nr-2020", "hf-manual-2022"])),
    ("situation=loesladelse", Q(situations__slug="loesladelse")),
    ("retningslinje=boligfastholdelse", Q(guideline__slug="boligfastholdelse")),
    (
        "tema=boligindsatser&forpligtelse=boer&aktoer=boligorganisationer",
        Q(guideline__theme__slug="boligindsatser", obligation="boer", actors__slug="boligorganisationer"),
    ),
]


def listed(response: Any) -> list[Instruction]:
    """The instructions of a page, as often and in the order as they stand there."""
    return [instruction for group in response.context["groups"] for instruction in group.instructions]


def found(client: Client, question: str) -> set[int]:
    """The primary keys of all instructions that a question finds, through all its pages."""
    keys: set[int] = set()
    number = 1
    while True:
        response = client.get(f"/anvisninger/?{question}&side={number}")
        keys |= {instruction.pk for instruction in listed(response)}
        if not response.context["page"].has_next():
            return keys
        number += 1


def choices(response: Any, name: str) -> dict[str, Any]:
    facets = [*response.context["open_facets"], *response.context["folded_facets"]]
    return {choice.slug: choice for facet in facets if facet.name == name for choice in facet.choices}


@pytest.mark.parametrize(("question", "meaning"), QUESTIONS)
def test_a_question_finds_what_the_database_holds(client: Client, question: str, meaning: Q) -> None:
    assert found(client, question) == set(Instruction.objects.filter(meaning).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("/retningslinjer/boligindsatser/", "tema=boligindsatser"),
        ("/retningslinjer/boligindsatser/boligfastholdelse/", "emne=fogedret"),
        ("/principper/", "princip=helhedsorienteret-tilgang"),
        ("/principper/matrix/", "princip=helhedsorienteret-tilgang&amp;retningslinje=boligfastholdelse"),
        ("/principper/helhedsorienteret-tilgang/", "princip=helhedsorienteret-tilgang&amp;forpligtelse=skal"),
        ("/aktoerer/boformer/", "aktoer=boformer&amp;forpligtelse=skal"),
        ("/love/serviceloven/", "lov=serviceloven"),
        ("/love/serviceloven/110/", "lov=serviceloven:110"),
        ("/kilder/nr-2020/", "kilde=nr-2020"),
        ("/situationer/loesladelse/", "situation=loesladelse"),
        ("/overblik/", "aktoer=kommunal-myndighed&amp;retningslinje=boligfastholdelse"),
    ],
)
def test_every_list_of_instructions_leads_into_the_finder(client: Client, address: str, question: str) -> None:
    page = client.get(address).content.decode()
    assert f'href="/anvisninger/?{question}"' in page
    response = client.get(f"/anvisninger/?{question.replace('&amp;', '&')}")
    assert 0 < response.context["count"] < response.context["total"]
    assert response.context["unknown"] == []


def test_a_tag_finds_the_instructions_of_the_guidelines_that_have_it(client: Client) -> None:
    expected = Instruction.objects.filter(guideline__in=Guideline.objects.filter(tags__slug="fogedret"))
    assert found(client, "emne=fogedret") == set(expected.values_list("pk", flat=True)) != set()


def test_words_are_looked_for_in_title_and_text_without_regard_to_case(client: Client) -> None:
    response = client.get("/anvisninger/", {"q": "VICEVÆRTER  udsættelser"})
    titles = [instruction.title for instruction in listed(response)]
    assert "Brug sociale viceværter mod udsættelser" in titles


def test_each_count_is_what_choosing_it_would_give(client: Client) -> None:
    base = "tema=boligindsatser&forpligtelse=skal"
    response = client.get(f"/anvisninger/?{base}")
    for slug, choice in choices(response, "aktoer").items():
        assert choice.count == len(found(client, f"{base}&aktoer={slug}"))
    # A filter counts its own choices as if none of them were made.
    for slug, choice in choices(response, "forpligtelse").items():
        assert choice.count == len(found(client, f"tema=boligindsatser&forpligtelse={slug}"))


def test_a_choice_that_would_leave_nothing_says_zero(client: Client) -> None:
    response = client.get("/anvisninger/?retningslinje=boligfastholdelse")
    assert choices(response, "aktoer")["region"].count == 0
    assert response.content.decode().count('<span class="n">0<') > 0


def test_an_actor_of_whom_nothing_is_asked_gives_an_empty_list_and_a_way_onward(client: Client) -> None:
    response = client.get("/anvisninger/?aktoer=botilbud")
    assert not listed(response)
    assert "Ingen anvisninger passer" in response.content.decode()


def test_paragraphs_are_offered_once_their_act_is_chosen(client: Client) -> None:
    assert not [slug for slug in choices(client.get("/anvisninger/"), "lov") if ":" in slug]
    offered = choices(client.get("/anvisninger/?lov=serviceloven"), "lov")
    assert "serviceloven:110" in offered
    assert not [slug for slug in offered if slug.startswith("aktivloven:")]


def test_a_choice_can_be_taken_back_alone_or_with_all_others(client: Client) -> None:
    response = client.get("/anvisninger/?forpligtelse=skal&princip=7&q=kommune")
    addresses = dict(response.context["removals"])
    assert addresses["Skal"] == "?princip=systematisk-dokumentation-og-kvalitetssikring&q=kommune"
    assert addresses["»kommune«"] == "?forpligtelse=skal&princip=systematisk-dokumentation-og-kvalitetssikring"
    assert 'href="/anvisninger/">Nulstil alle' in response.content.decode()


def test_what_was_chosen_stays_chosen_in_the_form(client: Client) -> None:
    page = client.get("/anvisninger/?forpligtelse=kan&q=bolig").content.decode()
    assert 'name="forpligtelse" value="kan" checked' in page
    assert 'name="q" type="search" value="bolig"' in page


def test_an_unknown_value_is_named_and_left_out(client: Client) -> None:
    response = client.get("/anvisninger/?forpligtelse=skal&aktoer=%3Cb%3Evagten&princip=77")
    page = response.content.decode()
    assert "»&lt;b&gt;vagten«" in page
    assert "»77«" in page
    assert response.context["count"] == Instruction.objects.filter(obligation="skal").count()


def test_a_long_list_comes_in_pages_that_lose_and_repeat_nothing(client: Client) -> None:
    first = client.get("/anvisninger/")
    assert first.context["page"].paginator.num_pages > 1
    assert 'rel="next" href="?side=2"' in first.content.decode()
    assert len(found(client, "")) == Instruction.objects.count() == first.context["count"]


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "1e9", ""])
def test_an_odd_page_number_gives_a_page(client: Client, number: str) -> None:
    response = client.get("/anvisninger/", {"side": number})
    assert response.status_code == 200
    assert listed(response)


def test_the_finder_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for question, _ in QUESTIONS:
        with django_assert_max_num_queries(12):
            client.get(f"/anvisninger/?{question}")


def test_a_paragraph_replaces_its_act() -> None:
    given = ["serviceloven", "serviceloven:110", "aktivloven", "lejeloven:5"]
    assert without_wider_acts(given) == ["serviceloven:110", "aktivloven", "lejeloven:5"]


class AnyQuestionTests(TestCase):
    """Whatever is sent, a page comes back."""

    @settings(max_examples=40)
    @given(
        parameters=st.lists(
            st.tuples(
                st.sampled_from(
                    ["forpligtelse", "princip", "aktoer", "lov", "emne", "situation", "ordning", "gruppe", "q", "side"]
                ),
                st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300)
                | st.sampled_from(["skal", "7", "lov", "princip", "ingen", "serviceloven:110", "\x00", "a" * 5000]),
            ),
            max_size=6,
        )
    )
    def test_no_question_breaks_the_finder(self, parameters: list[tuple[str, str]]) -> None:
        assert self.client.get(f"/anvisninger/?{urlencode(parameters)}").status_code == 200
