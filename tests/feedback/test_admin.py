"""Readers' replies in the admin."""

import pytest
from django.test import Client

from feedback.models import Reply
from tests.editorial.admin_form import editor_client

LIST = "/admin/feedback/reply/"

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def replies(content: None) -> list[Reply]:
    return [
        Reply.objects.create(page="/begreber/herberg/", helpful=False, text="Der mangler en adresse."),
        Reply.objects.create(page="/om/", helpful=True, text="<b>Godt</b>"),
    ]


@pytest.fixture
def editor(content: None) -> Client:
    return editor_client()


def test_editors_read_replies_page_by_page(editor: Client, replies: list[Reply]) -> None:
    page = editor.get(LIST).content.decode()
    assert "Der mangler en adresse." in page
    assert "&lt;b&gt;Godt&lt;/b&gt;" in page
    one = editor.get(LIST, {"page": "/begreber/herberg/"}).content.decode()
    assert "Der mangler en adresse." in one
    assert "Godt" not in one


def test_the_list_is_reached_from_the_front_of_the_admin(editor: Client) -> None:
    assert f'href="{LIST}"' in editor.get("/admin/").content.decode()


def test_an_editor_deletes_a_reply_and_cannot_change_one(editor: Client, replies: list[Reply]) -> None:
    address = f"{LIST}{replies[0].pk}/"
    assert 'name="text"' not in editor.get(f"{address}change/").content.decode()
    assert editor.post(f"{address}change/", {"text": "Andet"}).status_code == 403
    editor.post(f"{address}delete/", {"post": "yes"})
    assert list(Reply.objects.all()) == replies[1:]


def test_a_stranger_sees_none(replies: list[Reply]) -> None:
    assert Client().get(LIST).status_code == 302
