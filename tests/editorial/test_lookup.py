"""What the toolbar finds to refer to, and for whom."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from content.store import save_record
from markup.kinds import Kind
from markup.record import Record
from tests.editorial.admin_form import editor_client

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def editor(content: None) -> Client:
    return editor_client()


def find(client: Client, query: str, what: str = "tekster") -> list[dict[str, str]]:
    response = client.get("/admin/opslag/", {"hvad": what, "q": query})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    found: list[dict[str, str]] = response.json()["results"]
    return found


def test_a_record_is_found_by_any_part_of_its_title_the_nearest_first(editor: Client) -> None:
    found = find(editor, "boligfasthold")

    assert (found[0]["title"], found[0]["detail"]) == ("Boligfastholdelse", "Retningslinje")
    assert (found[0]["link"], found[0]["label"]) == ("boligfastholdelse", "")


def test_a_term_is_found_by_its_other_names(editor: Client) -> None:
    assert "stoette-og-kontaktperson" in [target["slug"] for target in find(editor, "SKP")]


def test_an_instruction_is_linked_with_its_own_title(editor: Client) -> None:
    [target] = find(editor, "afvis ikke indskudslån")

    assert target["link"].startswith("boligfastholdelse#afvis-ikke-indskudslaan")
    assert target["label"] == target["title"]
    assert target["detail"] == "Skal-anvisning i Boligfastholdelse"


def test_where_two_kinds_share_a_name_the_link_says_which(editor: Client) -> None:
    save_record(Record(Kind.THEME, "socialt-frikort", {"title": "Frikortet", "summary": "Et tema."}, number=77))

    links = {target["link"] for target in find(editor, "frikort")}

    assert {"glossary:socialt-frikort", "theme:socialt-frikort"} <= links


@pytest.mark.parametrize("query", ["serviceloven § 85a", "sel 85 a", "SEL § 85 a", "bostøtte housing first"])
def test_a_provision_is_found_as_people_write_it(editor: Client, query: str) -> None:
    found = find(editor, query, "lov")

    assert {"title": "serviceloven § 85 a", "link": ""}.items() <= found[0].items()


def test_a_number_finds_no_longer_number_s_end(editor: Client) -> None:
    assert all("§ 10" in target["title"] for target in find(editor, "serviceloven 10", "lov"))


@pytest.mark.parametrize("query", ["", " ", "§", "findes slet ikke", "%", "x" * 5000])
def test_what_names_nothing_finds_nothing(editor: Client, query: str) -> None:
    assert find(editor, query) == []


def test_at_most_twenty_are_given(editor: Client) -> None:
    assert len(find(editor, "e")) == 20


def test_only_staff_may_look_up(db: None) -> None:
    client = Client()
    assert client.get("/admin/opslag/", {"q": "bolig"}).status_code == 403
    client.force_login(User.objects.create_user("laeser", password="hemmelig"))
    assert client.get("/admin/opslag/", {"q": "bolig"}).status_code == 403
    assert editor_client().post("/admin/opslag/", {"q": "bolig"}).status_code == 405
