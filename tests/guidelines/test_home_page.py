"""The front page as readers see it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Guideline, Instruction, Situation, Theme
from library.models import Act, Amendment

pytestmark = pytest.mark.usefixtures("content")


def test_the_front_page_opens_with_search(client: Client) -> None:
    page = client.get("/").content.decode()
    assert page.count('role="search"') == 1
    assert page.index('role="search"') < page.index("Hvad står du med?")


def test_the_front_page_leads_to_every_situation_theme_and_guideline(client: Client) -> None:
    page = client.get("/").content.decode()
    for record in (*Situation.objects.all(), *Theme.objects.all(), *Guideline.objects.all()):
        assert f'href="{record.address}"' in page


def test_the_front_page_counts_what_there_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert f"{Instruction.objects.count()}\N{NO-BREAK SPACE}anvisninger" in page
    assert f"{Guideline.objects.count()}\N{NO-BREAK SPACE}retningslinjer i fire temaer" in page


def test_a_change_in_the_law_is_news_once_it_is_in_force(client: Client) -> None:
    act = Act.objects.get(slug="serviceloven")
    yesterday, today, tomorrow = (timezone.localdate() + timedelta(days=days) for days in (-1, 0, 1))
    for place, (day, is_proposed, summary) in enumerate(
        [
            (today, False, "Gælder fra i dag."),
            (tomorrow, False, "Gælder først i morgen."),
            (yesterday, True, "Var kun et forslag."),
        ]
    ):
        Amendment.objects.create(
            act=act, position=900 + place, date=day, is_proposed=is_proposed, summary=summary, html=summary
        )
    page = client.get("/").content.decode()
    assert "Gælder fra i dag." in page
    assert "Gælder først i morgen." not in page
    assert "Var kun et forslag." not in page


def test_the_front_page_stands_before_any_content_is_loaded(client: Client, no_content: None) -> None:
    assert client.get("/").status_code == 200


def test_the_front_page_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        client.get("/")
