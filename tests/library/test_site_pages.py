"""What the site says about itself."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from guidelines.models import Instruction
from library.models import Record, Source

pytestmark = pytest.mark.usefixtures("content")


def test_about_counts_what_is_in_the_database(client: Client) -> None:
    page = client.get("/om/").content.decode()
    assert f"<b>{Instruction.objects.count()}</b> anvisninger" in page
    assert f"<b>{Source.objects.count()}</b> kilder" in page
    for obligation in ("skal", "boer", "kan"):
        count = Instruction.objects.filter(obligation=obligation).count()
        assert f"{count}\N{NO-BREAK SPACE}anvisninger" in page


def test_about_says_whose_words_these_are_and_where_the_official_ones_are(client: Client) -> None:
    page = client.get("/om/").content.decode()
    assert "ikke den officielle ordlyd" in page
    assert "sbst.dk/udgivelser/2020/nationale-retningslinjer" in page


def test_about_lists_every_text_with_a_caveat(client: Client) -> None:
    record = Record.objects.filter(kind="source")[0]
    Record.objects.filter(pk=record.pk).update(review="Det er ikke efterprøvet, siger prøven.")
    page = client.get("/om/").content.decode()
    assert "Det er ikke efterprøvet, siger prøven." in page
    caveats = Record.objects.exclude(review="")
    assert all(f'href="{record.address}"' in page for record in caveats)


def test_the_contact_from_the_settings_is_shown(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL, settings.CONTACT_PHONE = "hjemvej@example.org", "12 34 56 78"
    for address in ("/om/", "/om/privatliv/"):
        page = client.get(address).content.decode()
        assert 'href="mailto:hjemvej@example.org"' in page
        assert 'href="tel:12345678"' in page


@pytest.mark.parametrize("address", ["/om/", "/om/privatliv/"])
def test_pages_about_the_site_ask_few_questions_of_the_database(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("no_content")
@pytest.mark.parametrize("address", ["/love/", "/materialer/", "/begreber/", "/kilder/", "/om/"])
def test_an_empty_knowledge_base_still_has_its_pages(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
