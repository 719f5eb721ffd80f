"""What is typed and not saved is kept for the one who typed it, and offered when the form is opened again."""

import pytest
from django.test import Client

from editorial.models import Autosave, Revision
from library.models import GlossaryTerm
from tests.editorial.admin_form import add_address, change_address, fields_in, fields_of, save
from tests.editorial.writing import client_of, editor, user

pytestmark = pytest.mark.usefixtures("content")

ADDRESS = "/admin/gemt-undervejs/"
TOKEN = "glossary/herberg"


@pytest.fixture
def client(content: None) -> Client:
    return client_of(editor("asta"))


@pytest.fixture
def form(content: None) -> str:
    return change_address(GlossaryTerm.objects.get(slug="herberg"))


def test_typed_text_comes_back_into_the_form_to_the_letter(client: Client, form: str) -> None:
    typed = fields_of(client, form) | {"summary": "Næsten færdig", "body": "Første linje\r\n\r\n[[ikke-f"}
    assert client.post(ADDRESS, typed | {"_token": TOKEN}).status_code == 200
    assert "som ikke blev gemt" in client.get(form).content.decode()
    fields = fields_in(client.get(f"{form}?gendan=1"))
    assert (fields["summary"], fields["body"].split()) == ("Næsten færdig", typed["body"].split())
    assert fields.keys() == typed.keys()
    assert not Revision.objects.open().exists()


def test_what_was_restored_can_be_saved_and_is_then_no_longer_offered(client: Client, form: str) -> None:
    client.post(ADDRESS, fields_of(client, form) | {"summary": "Næsten færdig", "_token": TOKEN})
    response = client.post(form, fields_in(client.get(f"{form}?gendan=1")), follow=True)
    assert "Kladden er gemt" in response.content.decode()
    assert "Næsten færdig" in Revision.objects.open().get().text
    assert not Autosave.objects.exists()


def test_a_new_text_is_kept_too(client: Client) -> None:
    form = add_address(GlossaryTerm)
    client.post(ADDRESS, fields_of(client, form) | {"title": "Nyt ord", "_token": "glossary/+"})
    assert fields_in(client.get(f"{form}?gendan=1"))["title"] == "Nyt ord"
    save(client, form, title="Nyt ord")
    assert not Autosave.objects.exists()


def test_what_one_has_typed_is_nobody_elses(client: Client, form: str) -> None:
    client.post(ADDRESS, fields_of(client, form) | {"summary": "Hemmelig", "_token": TOKEN})
    other = client_of(editor("bo"))
    assert "som ikke blev gemt" not in other.get(form).content.decode()
    assert fields_in(other.get(f"{form}?gendan=1"))["summary"] != "Hemmelig"


def test_a_form_sent_after_the_session_is_gone_is_answered_with_what_to_do(form: str) -> None:
    response = Client(enforce_csrf_checks=True).post(form, {"title": "Skrevet forgæves"})
    page = response.content.decode()
    assert response.status_code == 403
    assert "åbn teksten, når du er logget ind, og vælg Gendan" in page
    assert 'href="/admin/"' in page


def test_it_can_be_thrown_away(client: Client, form: str) -> None:
    client.post(ADDRESS, fields_of(client, form) | {"_token": TOKEN})
    client.post(ADDRESS, {"_token": TOKEN, "_drop": "1"})
    assert not Autosave.objects.exists()


@pytest.mark.parametrize("token", ["", "herberg", "andet/herberg", f"glossary/{'x' * 200}"])
def test_only_texts_are_kept(client: Client, token: str) -> None:
    assert client.post(ADDRESS, {"_token": token, "title": "x"}).status_code == 400
    assert not Autosave.objects.exists()


def test_nothing_is_kept_for_strangers_or_those_who_may_not_write(form: str) -> None:
    assert Client().post(ADDRESS, {"_token": TOKEN}).status_code == 302
    assert client_of(user("kun-personale")).post(ADDRESS, {"_token": TOKEN}).status_code == 400
    assert not Autosave.objects.exists()
