"""What is new in the law, and what the site says about itself."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from guidelines.models import Instruction
from library.danish import format_date
from library.models import Act, Amendment, Record, Source

pytestmark = pytest.mark.usefixtures("content")


def change(day: date, summary: str, *, is_proposed: bool = False) -> Amendment:
    act = Act.objects.get(slug="serviceloven")
    return Amendment.objects.create(
        act=act, position=900, date=day, summary=summary, html=summary, is_proposed=is_proposed
    )


def test_news_shows_every_change_newest_first(client: Client) -> None:
    page = client.get("/nyt/").content.decode()
    days = [format_date(day) for day in Amendment.objects.order_by("-date").values_list("date", flat=True)]
    position = 0
    for day in days:
        position = page.index(day, position)


def test_a_change_that_is_still_to_come_is_marked(client: Client) -> None:
    change(timezone.localdate() + timedelta(days=30), "En ny regel for prøven.")
    page = client.get("/nyt/").content.decode()
    before = page[: page.index("En ny regel for prøven.")]
    assert before[-600:].count(">Kommende</span>") == 1


def test_a_change_that_has_come_is_not_marked(client: Client) -> None:
    change(timezone.localdate(), "En ny regel for prøven.")
    page = client.get("/nyt/").content.decode()
    before = page[: page.index("En ny regel for prøven.")]
    assert ">Kommende</span>" not in before[-600:]


def test_a_bill_keeps_its_wording_and_is_marked_as_proposed(client: Client) -> None:
    change(date(2026, 2, 2), "Foreslået; kontrollér gældende ordlyd: prøven.", is_proposed=True)
    page = client.get("/nyt/").content.decode()
    place = page.index("Foreslået; kontrollér gældende ordlyd: prøven.")
    assert ">Foreslået</span>" in page[place - 600 : place]


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


@pytest.mark.parametrize("address", ["/nyt/", "/om/", "/om/privatliv/"])
def test_pages_about_the_site_ask_few_questions_of_the_database(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


@pytest.mark.usefixtures("no_content")
@pytest.mark.parametrize("address", ["/love/", "/materialer/", "/begreber/", "/kilder/", "/nyt/", "/om/"])
def test_an_empty_knowledge_base_still_has_its_pages(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
