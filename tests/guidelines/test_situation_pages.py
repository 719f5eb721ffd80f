"""Situations as readers see them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Situation

pytestmark = pytest.mark.usefixtures("content")


def test_every_situation_is_listed(client: Client) -> None:
    page = client.get("/situationer/").content.decode()
    assert all(f'href="{situation.address}"' in page for situation in Situation.objects.all())


def test_a_situation_gives_its_instructions_in_full_and_in_the_order_to_read_them(client: Client) -> None:
    for situation in Situation.objects.all():
        page = client.get(situation.address).content.decode()
        instructions = [step.instruction for step in situation.steps.select_related("instruction__guideline")]
        assert len(instructions) > 1
        assert page.count('<article class="instruction"') == len(instructions)
        places = [page.index(f'<a href="{instruction.get_absolute_url()}">') for instruction in instructions]
        assert places == sorted(places)
        assert all(instruction.html in page for instruction in instructions)


def test_a_step_says_which_guideline_it_comes_from(client: Client) -> None:
    situation = Situation.objects.get(slug="fogeden-kommer")
    page = client.get(situation.address).content.decode()
    for step in situation.steps.select_related("instruction__guideline"):
        assert f'<a href="{step.instruction.guideline.address}">' in page


def test_a_situation_leads_to_the_others(client: Client) -> None:
    situation = Situation.objects.get(slug="fogeden-kommer")
    page = client.get(situation.address).content.decode()
    assert all(f'href="{other.address}"' in page for other in Situation.objects.exclude(pk=situation.pk))


@pytest.mark.parametrize("address", ["/situationer/", "/situationer/fogeden-kommer/"])
def test_situations_ask_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_max_num_queries(12):
        client.get(address)
