"""Actors as readers see them: what each must, should and may do."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Actor, Instruction

pytestmark = pytest.mark.usefixtures("content")


def test_the_list_has_every_actor_once_with_how_much_is_asked_of_it(client: Client) -> None:
    response = client.get("/aktoerer/")
    shown = [actor for _, actors in response.context["categories"] for actor in actors]
    assert sorted(actor.slug for actor in shown) == sorted(Actor.objects.values_list("slug", flat=True))
    hostel = next(actor for actor in shown if actor.slug == "boformer")
    assert hostel.skal == Instruction.objects.filter(actors=hostel, obligation="skal").count() > 0


def test_an_actor_that_belongs_to_another_stands_after_it(client: Client) -> None:
    page = client.get("/aktoerer/").content.decode()
    for actor in Actor.objects.filter(parent__isnull=False).select_related("parent"):
        assert actor.parent is not None
        assert page.index(f'href="{actor.parent.address}"') < page.index(f'href="{actor.address}"')


def test_an_actor_has_each_of_its_instructions_under_the_right_word(client: Client) -> None:
    hostel = Actor.objects.get(slug="boformer")
    page = client.get(hostel.address).content.decode()
    places = [page.index(f'<section id="{word}"') for word in ("skal", "boer", "kan")]
    assert places == sorted(places)
    for word, start, end in zip(("skal", "boer", "kan"), places, [*places[1:], len(page)], strict=True):
        part = page[start:end]
        for instruction in Instruction.objects.filter(actors=hostel, obligation=word):
            assert f'href="{instruction.get_absolute_url()}"' in part


def test_on_paper_what_an_actor_has_to_do_is_a_list_to_tick_off(client: Client) -> None:
    hostel = Actor.objects.get(slug="boformer")
    page = client.get(hostel.address).content.decode()
    style = (settings.BASE_DIR / "static" / "css" / "print.css").read_text(encoding="utf-8")
    words = Instruction.objects.filter(actors=hostel).values("obligation").distinct().count()
    assert page.count('class="checklist"') == words == 3
    assert ".checklist .hit::before" in style
    assert 'media="print"' in page


def test_an_actor_leads_to_those_that_belong_to_it_and_back(client: Client) -> None:
    child = Actor.objects.filter(parent__isnull=False).select_related("parent")[0]
    assert child.parent is not None
    assert f'href="{child.address}"' in client.get(child.parent.address).content.decode()
    assert f'href="{child.parent.address}"' in client.get(child.address).content.decode()


def test_an_actor_of_whom_nothing_is_asked_says_so(client: Client) -> None:
    idle = Actor.objects.filter(instructions__isnull=True)[0]
    assert "Ingen anvisninger nævner endnu denne aktør" in client.get(idle.address).content.decode()


def test_an_unknown_actor_is_not_found(client: Client) -> None:
    assert client.get("/aktoerer/findes-ikke/").status_code == 404


@pytest.mark.parametrize("address", ["/aktoerer/", "/aktoerer/kommunal-myndighed/"])
def test_actors_ask_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_max_num_queries(12):
        client.get(address)
