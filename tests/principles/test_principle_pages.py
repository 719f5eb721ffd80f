"""Principles as readers see them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Instruction
from principles.models import Principle

pytestmark = pytest.mark.usefixtures("content")

ADDRESS = "/principper/systematisk-dokumentation-og-kvalitetssikring/"


@pytest.fixture
def principle() -> Principle:
    return Principle.objects.get(number=7)


def test_the_list_has_all_principles_in_order_with_their_instructions_counted(client: Client) -> None:
    response = client.get("/principper/")
    rows = response.context["rows"]
    assert [principle.number for principle, _ in rows] == list(range(1, Principle.objects.count() + 1))
    assert all(cell.total == principle.instructions.count() for principle, cell in rows)


def test_a_principle_is_made_of_the_instructions_that_carry_it_out(client: Client, principle: Principle) -> None:
    page = client.get(ADDRESS).content.decode()
    addresses = [
        instruction.get_absolute_url()
        for instruction in Instruction.objects.filter(principles=principle).in_reading_order()
    ]
    places = [page.index(f'href="{address}"') for address in addresses]
    assert places == sorted(places)
    assert f"{len(addresses)}\N{NO-BREAK SPACE}anvisninger" in page


def test_the_questions_for_ones_own_practice_stand_in_a_panel(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    panel = page[page.index('<div class="questions">') : page.index('id="anvisninger"')]
    assert "Hvilke tre tal fortæller os bedst, om indsatsen lykkes?" in panel


def test_a_principle_is_filtered_by_actor_and_obligation(client: Client, principle: Principle) -> None:
    response = client.get(f"{ADDRESS}?forpligtelse=skal&aktoer=kommunale-ledere")
    expected = Instruction.objects.filter(principles=principle, obligation="skal", actors__slug="kommunale-ledere")
    assert {shown.pk for shown in response.context["instructions"]} == set(expected.values_list("pk", flat=True))
    assert f"Viser {expected.count()} af {principle.instructions.count()}" in response.content.decode()
    assert expected


def test_the_filter_counts_what_each_choice_would_leave(client: Client) -> None:
    obligations, actors = client.get(f"{ADDRESS}?forpligtelse=skal").context["facets"]
    for choice in actors.choices:
        left = client.get(f"{ADDRESS}?forpligtelse=skal&aktoer={choice.slug}").context["instructions"]
        assert choice.count == len(left)
    assert [choice.slug for choice in obligations.choices] == ["skal", "boer", "kan"]


def test_an_unknown_filter_value_is_named_and_left_out(client: Client, principle: Principle) -> None:
    response = client.get(f"{ADDRESS}?aktoer=ingen&forpligtelse=b%C3%B8r")
    assert "»bør«, »ingen«" in response.content.decode()
    assert len(response.context["instructions"]) == principle.instructions.count()


def test_a_principle_leads_to_all_others_and_to_the_table(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    assert all(f'href="{principle.address}"' in page for principle in Principle.objects.all())
    assert 'href="/principper/matrix/"' in page


@pytest.mark.parametrize("address", ["/principper/", ADDRESS, f"{ADDRESS}?forpligtelse=skal"])
def test_principles_ask_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_max_num_queries(12):
        client.get(address)
