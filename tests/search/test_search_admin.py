"""What editors see of the search, and the synonyms that they write: who may what, and what readers notice."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from content.models import ContentVersion
from search.models import SearchCount, Synonym
from search.synonym_list import Line
from tests.editorial.admin_form import editor_client, save

ADD = "/admin/search/synonym/add/"
COUNTS = "/admin/search/searchcount/"


def client_of(*codenames: str, staff: bool = True) -> Client:
    user = User.objects.create_user("nogen", password="hemmelig", is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def titles(text: str) -> list[str]:
    html = Client().get("/soeg/", {"q": text}).content.decode()
    return re.findall(r'<section class="group">\s*<h2><a href="([^"]+)', html)


@pytest.mark.usefixtures("changed_index")
def test_a_word_that_finds_nothing_becomes_a_synonym_with_a_click_and_a_word(
    django_capture_on_commit_callbacks: object,
) -> None:
    SearchCount.objects.create(text="natkøje", hits=0, times=3)
    client = editor_client()
    page = client.get(COUNTS).content.decode()
    (address,) = re.findall(r'href="(/admin/search/synonym/add/\?term=natk%C3%B8je)"', page)
    assert titles("natkøje") == []

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's has no public type
        save(client, address, means="Herberg", note="Sagt af borgere")

    assert Synonym.objects.get(term="natkøje").line == Line("natkøje", "herberg", "Sagt af borgere")
    assert "/begreber/herberg/" in titles("natkøje")


@pytest.mark.usefixtures("content")
def test_the_preview_shows_what_would_change_and_saves_nothing() -> None:
    version = ContentVersion.current()
    page = save(editor_client(), ADD, term="natkøje", means="herberg", _preview="1").content.decode()

    assert "Nu: 0 resultater" in page
    assert re.search(r"Med synonymet: [1-9]\d* resultater", page)
    assert "<strong>Herberg</strong>" in page
    assert not Synonym.objects.filter(term="natkøje").exists()
    assert ContentVersion.current() == version


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(
    ("term", "means", "complaint"),
    [
        ("", "herberg", "Dette felt er påkrævet."),
        ("§§", "herberg", "Skriv et ord eller højst 6."),
        ("et to tre fire fem seks syv", "herberg", "Skriv et ord eller højst 6."),
        ("natkøje", "natkøje", "Skriv mindst ét andet ord."),
        ("natkøje", "xyzzy", "»xyzzy« står ikke i teksterne."),
        ("natkøje", "og", "»og« er for almindeligt at søge på."),
        ("x" * 101, "herberg", "100"),
    ],
)
def test_a_synonym_that_helps_nobody_is_refused_with_the_reason(term: str, means: str, complaint: str) -> None:
    page = save(editor_client(), ADD, term=term, means=means)

    assert complaint in page.content.decode()
    assert not Synonym.objects.filter(means=means).exists() or means == "herberg"
    assert not Synonym.objects.filter(term="natkøje").exists()


@pytest.mark.usefixtures("content")
def test_a_term_that_has_a_line_is_changed_not_doubled() -> None:
    client = editor_client()
    assert "udsættelse" in client.get(f"{ADD}?term=foged").content.decode()
    save(client, f"{ADD}?term=Foged", means="udsættelse restance")

    assert [row.means for row in Synonym.objects.filter(term="foged")] == ["udsættelse restance"]


@pytest.mark.usefixtures("content")
def test_the_term_itself_can_be_changed_and_a_synonym_deleted() -> None:
    client, row = editor_client(), Synonym.objects.get(term="foged")
    save(client, reverse("admin:search_synonym_change", args=[row.pk]), term="fogedens folk")
    assert not Synonym.objects.filter(term="foged").exists()

    version = ContentVersion.current()
    row = Synonym.objects.get(term="fogedens folk")
    client.post(reverse("admin:search_synonym_delete", args=[row.pk]), {"post": "yes"})
    assert not Synonym.objects.filter(pk=row.pk).exists()
    assert ContentVersion.current() == version + 1


@pytest.mark.usefixtures("content")
def test_saving_without_a_change_publishes_nothing() -> None:
    version, row = ContentVersion.current(), Synonym.objects.get(term="foged")
    save(editor_client(), reverse("admin:search_synonym_change", args=[row.pk]))

    assert ContentVersion.current() == version


@pytest.mark.usefixtures("content")
def test_the_counts_show_what_found_nothing_often_and_not_what_does_by_now() -> None:
    SearchCount.objects.create(text="sjældent", hits=0, times=2)
    SearchCount.objects.create(text="tit", hits=0, times=3)
    SearchCount.objects.create(text="hjulpet", hits=0, times=9)
    SearchCount.objects.create(text="hjulpet", hits=4, times=1)
    page = editor_client().get(COUNTS).content.decode()
    missed, most = page.split("Søgt mest")

    assert ("tit" in missed, "sjældent" in missed, "hjulpet" in missed) == (True, False, False)
    assert most.index("hjulpet") < most.index(">tit<") < most.index("sjældent")


@pytest.mark.usefixtures("content")
def test_what_readers_typed_is_shown_as_text() -> None:
    SearchCount.objects.create(text="<script>alert(1)</script>", hits=0, times=9)

    assert "<script>alert" not in editor_client().get(COUNTS).content.decode()


@pytest.mark.usefixtures("content")
def test_a_stranger_is_asked_to_sign_in_and_changes_nothing() -> None:
    for address in (ADD, COUNTS, "/admin/search/synonym/", "/admin/search/synonym/1/delete/"):
        for response in (Client().get(address), Client().post(address, {"term": "natkøje", "means": "herberg"})):
            assert response.status_code == 302
            assert response["Location"].startswith(reverse("admin:login"))
    assert not Synonym.objects.filter(term="natkøje").exists()


@pytest.mark.usefixtures("content")
def test_staff_without_permission_sees_neither_counts_nor_synonyms() -> None:
    client, row = client_of("change_source"), Synonym.objects.get(term="foged")
    change = reverse("admin:search_synonym_change", args=[row.pk])
    for address in (ADD, COUNTS, "/admin/search/synonym/", change, change.replace("change", "delete")):
        assert client.get(address).status_code == 403
        assert client.post(address, {"term": "foged", "means": "herberg", "post": "yes"}).status_code == 403
    assert Synonym.objects.get(term="foged").means == "udsættelse"


@pytest.mark.usefixtures("content")
def test_who_may_only_look_or_only_add_changes_no_line() -> None:
    row = Synonym.objects.get(term="foged")
    change = reverse("admin:search_synonym_change", args=[row.pk])
    for client in (client_of("view_synonym", "add_synonym"),):
        assert client.get(change).status_code == 200
        assert client.post(change, {"term": "foged", "means": "herberg"}).status_code == 403
        assert client.post(ADD, {"term": "foged", "means": "herberg"}).status_code == 403
    assert Synonym.objects.get(term="foged").means == "udsættelse"


@pytest.mark.usefixtures("content")
def test_counts_cannot_be_changed_by_anybody() -> None:
    SearchCount.objects.create(text="tit", hits=0, times=3)
    client = editor_client()
    pk = SearchCount.objects.get().pk
    for address in (f"{COUNTS}add/", f"{COUNTS}{pk}/delete/", f"{COUNTS}{pk}/change/"):
        client.post(address, {"text": "andet", "post": "yes"})
    assert SearchCount.objects.get().text == "tit"
