"""Who may do what in the admin, seen from the outside as each of them."""

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from editorial.models import Revision
from guidelines.models import Guideline, Instruction
from library.models import Source, Tombstone
from tests.editorial.admin_form import change_address, editor_client, fields_of, save

pytestmark = pytest.mark.usefixtures("content")

PREVIEW = "/admin/forhaandsvisning/?slags=guideline&navn=boligfastholdelse"


@pytest.fixture
def guideline(content: None) -> Guideline:
    return Guideline.objects.get(slug="boligfastholdelse")


def client_of(*codenames: str, staff: bool = True) -> Client:
    user = User.objects.create_user("nogen", password="hemmelig", is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def test_a_stranger_is_asked_to_sign_in(guideline: Guideline) -> None:
    response = Client().get(change_address(guideline))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))


def test_a_stranger_gets_no_preview() -> None:
    assert Client().post(PREVIEW, {"content": "Hej"}).status_code == 403


def test_an_account_without_staff_status_gets_no_preview() -> None:
    assert client_of("change_guideline", staff=False).post(PREVIEW, {"content": "Hej"}).status_code == 403


def test_staff_without_permission_gets_neither_form_nor_preview(guideline: Guideline) -> None:
    client = client_of("change_source")
    assert client.get(change_address(guideline)).status_code == 403
    assert client.post(change_address(guideline), {"title": "Min"}).status_code == 403
    assert client.post(PREVIEW, {"content": "Hej"}).status_code == 403
    assert Guideline.objects.get(pk=guideline.pk).text == guideline.text


def test_staff_who_may_only_look_see_the_text_and_cannot_save_it(guideline: Guideline) -> None:
    client = client_of("view_guideline")
    page = client.get(change_address(guideline))
    assert page.status_code == 200
    assert "## Anvisninger" in page.content.decode()
    assert client.post(change_address(guideline), {"title": "Min"}).status_code == 403


def test_who_may_change_but_not_delete_cannot_propose_that_a_text_goes() -> None:
    client = client_of("change_source", "view_source")
    source = Source.objects.get(slug="nr-2020")
    address = change_address(source).replace("change", "delete")
    assert client.post(address, {"reason": "Væk."}).status_code == 403
    assert not Revision.objects.open().exists()


def test_images_come_in_by_no_way_but_ours() -> None:
    client = editor_client()
    for address in ("/admin/forhaandsvisning/upload/", "/markdownx/upload/", "/admin/upload/"):
        assert client.post(address, {"image": "x"}).status_code == 404


def test_the_index_is_in_danish_and_lists_every_kind() -> None:
    page = editor_client().get(reverse("admin:index")).content.decode()
    assert "Hjemvej: redaktion" in page
    for name in ("Temaer", "Retningslinjer", "Anvisninger", "Principper", "Situationer", "Love", "Begreber"):
        assert name in page
    for name in ("Materialer", "Aktører", "Kilder", "Udgåede adresser", "Brugere", "Grupper"):
        assert name in page


@pytest.mark.parametrize(
    ("path", "finds"),
    [
        ("library/source/?q=NR-2020", "Nationale retningslinjer"),
        ("library/glossaryterm/?q=STØTTE", "støtte"),
        ("guidelines/guideline/?q=boligfast", "Boligfastholdelse"),
        ("guidelines/instruction/?obligation__exact=skal&q=handleplan", "Skal"),
        ("library/act/?q=110", "serviceloven"),
    ],
)
def test_a_list_can_be_searched(path: str, finds: str) -> None:
    response = editor_client().get(f"/admin/{path}")
    assert response.status_code == 200
    assert finds.lower() in response.content.decode().lower()
    assert response.context["cl"].result_count > 0


def test_titles_are_listed_in_danish_order() -> None:
    page = editor_client().get(reverse("admin:guidelines_actor_changelist"))
    titles = [row.title for row in page.context["cl"].queryset]
    assert titles[0].startswith("A")
    assert titles == [actor.title for actor in page.context["cl"].queryset.order_by("sort_key")]


def test_instructions_are_listed_but_edited_in_their_guideline() -> None:
    client = editor_client()
    instruction = Instruction.objects.all()[0]
    page = client.get(reverse("admin:guidelines_instruction_change", args=[instruction.pk])).content.decode()
    assert change_address(instruction.guideline) in page
    assert client.get("/admin/guidelines/instruction/add/").status_code == 403


def test_of_an_address_out_of_use_only_the_successor_can_be_changed() -> None:
    tombstone = Tombstone.objects.create(address="/begreber/gammelt/", title="Gammelt ord")
    client = editor_client()
    address = reverse("admin:library_tombstone_change", args=[tombstone.pk])
    save(client, address, successor="/begreber/herberg/", address="/begreber/andet/")
    tombstone.refresh_from_db()
    assert (tombstone.address, tombstone.successor) == ("/begreber/gammelt/", "/begreber/herberg/")
    assert client.post(address.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert Client().get("/begreber/gammelt/")["Location"] == "/begreber/herberg/"


def test_an_editor_manages_users_but_cannot_become_a_superuser() -> None:
    client = editor_client()
    user = User.objects.get(username="redaktoer")
    address = reverse("admin:auth_user_change", args=[user.pk])
    assert "is_superuser" not in fields_of(client, address)
    save(client, address, first_name="Åse", is_superuser="on")
    user.refresh_from_db()
    assert (user.first_name, user.is_superuser) == ("Åse", False)


def test_an_editor_cannot_take_over_a_superuser() -> None:
    root = User.objects.create_superuser("chef", password="hemmelig")
    client = editor_client()
    address = reverse("admin:auth_user_password_change", args=[root.pk])
    new = {"usable_password": "true", "password1": "Nyt-kodeord-123", "password2": "Nyt-kodeord-123"}
    assert client.post(address, new).status_code == 403
    root.refresh_from_db()
    assert root.check_password("hemmelig")


def test_the_first_editor_account_is_made_once_and_can_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("ensure_editor")
    password = capsys.readouterr().out.split("password: ")[1].split()[0]
    client = Client()
    assert client.login(username="redaktoer", password=password)
    assert client.get(reverse("admin:index")).status_code == 200
    assert not User.objects.get(username="redaktoer").is_superuser
    call_command("ensure_editor")
    assert capsys.readouterr().out == ""
    assert User.objects.count() == 1


def test_no_account_is_made_where_there_is_staff_already(capsys: pytest.CaptureFixture[str]) -> None:
    User.objects.create_user("anden", password="hemmelig", is_staff=True)
    call_command("ensure_editor")
    assert capsys.readouterr().out == ""
    assert not User.objects.filter(username="redaktoer").exists()
