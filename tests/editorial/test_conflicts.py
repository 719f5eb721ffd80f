"""Two editors at once: the second gets both versions and the difference, and loses nothing."""

import pytest
from django.test import Client

from content.store import save_record
from editorial.models import Revision
from editorial.revisions import discard, open_revision
from library.models import GlossaryTerm
from markup.kinds import Kind
from tests.editorial.admin_form import change_address, errors_of, fields_in, fields_of, publish, save
from tests.editorial.writing import changed, client_of, editor

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")


@pytest.fixture
def first(content: None) -> Client:
    return client_of(editor("asta"))


@pytest.fixture
def second(content: None) -> Client:
    return client_of(editor("bo"))


@pytest.fixture
def address(content: None) -> str:
    return change_address(GlossaryTerm.objects.get(slug="herberg"))


def draft() -> Revision:
    opened = open_revision(*TERM)
    assert opened is not None
    return opened


def test_the_second_to_save_sees_both_texts_and_what_differs(first: Client, second: Client, address: str) -> None:
    mine = fields_of(second, address)
    save(first, address, summary="Astas resumé.")
    response = second.post(address, mine | {"summary": "Bos resumé."})
    page = response.content.decode()
    assert "asta har gemt teksten" in errors_of(response)["__all__"][0]
    assert fields_in(response)["summary"] == "Bos resumé."
    assert "Astas resumé." in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Astas resumé." in draft().text


def test_the_second_saves_after_having_seen_the_first(first: Client, second: Client, address: str) -> None:
    mine = fields_of(second, address)
    save(first, address, summary="Astas resumé.")
    response = second.post(address, mine | {"summary": "Bos resumé."})
    merged = fields_in(response) | {"summary": "Astas og Bos resumé."}
    assert errors_of(second.post(address, merged, follow=True)) == {}
    assert "Astas og Bos resumé." in draft().text
    assert {author.username for author in draft().authors.all()} == {"asta", "bo"}


def test_two_who_write_the_same_are_not_in_each_others_way(first: Client, second: Client, address: str) -> None:
    mine = fields_of(second, address)
    save(first, address, summary="Det samme.")
    assert errors_of(second.post(address, mine | {"summary": "Det samme."}, follow=True)) == {}


def test_a_draft_that_was_given_up_meanwhile_does_not_take_the_typed_text_along(first: Client, address: str) -> None:
    save(first, address, summary="Et forsøg.")
    mine = fields_of(first, address)
    discard(draft().pk)
    response = first.post(address, mine | {"summary": "Et bedre forsøg."})
    assert "ikke længere åben" in errors_of(response)["__all__"][0]
    assert errors_of(first.post(address, fields_in(response), follow=True)) == {}
    assert "Et bedre forsøg." in draft().text


def test_a_text_begun_from_what_has_been_replaced_is_not_published_over_it(
    first: Client, second: Client, address: str
) -> None:
    mine = fields_of(second, address)
    save(first, address, summary="Astas resumé.")
    publish()
    response = second.post(address, mine | {"title": "Bos titel"}, follow=True)
    page = response.content.decode()
    assert "offentliggjort i en anden udgave" in page
    assert "Astas resumé." in page
    with pytest.raises(Exception, match="Flet dem"):
        publish()


def test_merging_is_said_by_the_editor_and_then_it_can_be_published(
    first: Client, second: Client, address: str
) -> None:
    mine = fields_of(second, address)
    save_record(changed(*TERM, summary="Filernes resumé."))
    response = second.post(address, mine | {"title": "Bos titel"}, follow=True)
    newest = Revision.objects.public().of(*TERM).first()
    assert newest is not None
    merged = fields_in(response) | {"summary": "Filernes resumé.", "merged": newest.pk}
    response = second.post(address, merged, follow=True)
    assert "offentliggjort i en anden udgave" not in response.content.decode()
    publish()
    term = GlossaryTerm.objects.get(slug="herberg")
    assert (term.title, term.summary) == ("Bos titel", "Filernes resumé.")


def test_a_forged_base_of_another_text_is_not_taken(second: Client, address: str) -> None:
    other = Revision.objects.public().of(Kind.SOURCE, "nr-2020").first()
    assert other is not None
    save(second, address, summary="Bos resumé.", based_on=other.pk)
    assert draft().base == Revision.objects.public().of(*TERM).first()
