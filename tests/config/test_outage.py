"""The page while a database is away: said plainly, and no text of anybody's is lost or shown to others."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, override_settings
from django.urls import path

from config import urls
from tests.editorial.admin_form import fields_in

pytestmark = pytest.mark.usefixtures("content")
TOKEN = "t" * 64
LONG = 'Første linje\n\nAnden linje med "tegn" & <b>fed</b>.\n'


def fail(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection to server at 10.1.2.3 failed: password=hemmelig")


class FailingUrls:
    """All addresses, and some that find no database."""

    urlpatterns = [path("fejl/", fail), path("admin/fejl/", fail), path("admin/konto/fejl/", fail), *urls.urlpatterns]
    handler404, handler500 = urls.handler404, urls.handler500


def ask(address: str, **sent: str | list[str]) -> Any:
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=FailingUrls):
        return client.post(address, sent) if sent else client.get(address)


def test_a_reader_is_told_to_come_back_and_nothing_of_the_database() -> None:
    response = ask("/fejl/")
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "no-store" in response["Cache-Control"]
    assert "Siden kan ikke vises lige nu" in page
    assert "10.1.2.3" not in page
    assert "hemmelig" not in page


def test_an_editor_is_told_that_readers_can_go_on() -> None:
    page = ask("/admin/fejl/").content.decode()
    assert "Redigeringen er ude af drift" in page
    assert "Siderne kan" in page


def test_a_form_that_was_sent_comes_back_whole_to_be_sent_again() -> None:
    sent: dict[str, str | list[str]] = {"body": LONG, "title": "Herberg", "actors": ["kommune", "boform"]}
    response = ask("/admin/fejl/?side=2", csrfmiddlewaretoken=TOKEN, **sent)
    assert response.status_code == 503
    page = response.content.decode()
    assert "Det blev ikke gemt" in page
    assert 'action="/admin/fejl/?side=2"' in page
    assert "<b>" not in page
    back = QueryDict(mutable=True)
    for name, value in fields_in(SimpleNamespace(content=response.content)).items():
        back[name] = value
    assert back["body"] == LONG
    assert (back["title"], back["csrfmiddlewaretoken"]) == ("Herberg", TOKEN)
    assert page.count('name="actors"') == 2
    assert f'type="hidden" name="csrfmiddlewaretoken" value="{TOKEN}"' in page, "which nobody wrote"


@pytest.mark.parametrize(
    ("address", "field"),
    [("/admin/konto/fejl/", "code"), ("/admin/konto/fejl/", "password"), ("/admin/fejl/", "password1")],
)
def test_no_password_and_no_code_comes_back(address: str, field: str) -> None:
    response = ask(address, **{field: "meget-hemmeligt", "login": "rikke"})
    assert response.status_code == 503
    assert "meget-hemmeligt" not in response.content.decode()
