"""Editors put images up, see where each is used, and delete those that no text shows."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from content.store import record_of, save_record
from editorial.models import Revision
from images.cleaning import clean
from images.files import keep, path_of
from images.models import Image, escaped
from library.models import GlossaryTerm
from tests.editorial.admin_form import editor_client
from tests.images.pictures import exif, picture, png_of_size

pytestmark = pytest.mark.usefixtures("content", "own_media")

UPLOAD = "/admin/billeder/"
LIST = reverse("admin:images_image_changelist")


def client_of(*codenames: str, staff: bool = True) -> Client:
    user = User.objects.create_user("nogen", password="hemmelig", is_staff=staff)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = Client()
    client.force_login(user)
    return client


def upload(client: Client, data: bytes, name: str = "hus.png", description: str = "Et hus") -> Any:
    return client.post(UPLOAD, {"image": SimpleUploadedFile(name, data), "description": description})


def shown_in_a_term(image: Image) -> GlossaryTerm:
    """A published text that shows the image."""
    term = GlossaryTerm.objects.order_by("pk")[0]
    record = record_of(term)
    save_record(type(record)(**{**vars(record), "body": f"{record.body}\n\n{image.markdown}"}))
    return GlossaryTerm.objects.get(pk=term.pk)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_an_image_that_is_put_up_gives_the_markdown_that_shows_it(kind: str) -> None:
    response = upload(editor_client(), picture(kind, exif=exif()))
    assert response.status_code == 200
    image = Image.objects.get()
    assert response.json() == {"image_code": f"![Et hus](/media/{image.name})"}
    assert (image.width, image.height, image.bytes) == (60, 40, path_of(image.name).stat().st_size)
    assert image.uploaded_by is not None
    assert image.uploaded_by.username == "redaktoer"
    assert b"Telefon" not in Client().get(image.address).getvalue()


def test_an_image_is_kept_once_and_described_anew_in_each_text() -> None:
    client = editor_client()
    upload(client, picture())
    response = upload(client, picture(), description="Huset på *Nygade* [2]")
    image = Image.objects.get()
    assert image.description == "Et hus"
    assert response.json()["image_code"] == f"![Huset på \\*Nygade\\* \\[2\\]](/media/{image.name})"


@pytest.mark.parametrize(
    "description", ["Et hus", "a]b", "[a](b)", "a\\", "`a`", "<b>", "*a*", "a\n\nb", "![a](b)", "a|b", "_a_ & §\u00a05"]
)
def test_whatever_is_written_of_an_image_is_read_aloud_as_it_was_written(description: str) -> None:
    image = keep(clean(picture()))
    term = shown_in_a_term(Image(hash=image.hash, extension=image.extension, description=description))
    assert f'alt="{" ".join(description.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}"' in (
        term.html + "".join(section["html"] for section in term.sections)
    ).replace("&nbsp;", "\u00a0")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "hus.svg", "PNG, JPEG eller WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "hus.png", "PNG, JPEG eller WebP"),
        (picture("GIF"), "hus.gif", "PNG, JPEG eller WebP"),
        (b"<script>alert(1)</script>", "hus.jpg", "PNG, JPEG eller WebP"),
        (png_of_size(30_000, 30_000), "hus.png", "millioner billedpunkter"),
        (picture() + bytes(10 * 1024 * 1024), "hus.png", "højst fylde 10 MB"),
        (b"", "hus.png", "Filen er tom."),
    ],
)
def test_what_is_refused_is_told_in_danish_and_leaves_nothing(
    own_media: Path, data: bytes, name: str, says: str
) -> None:
    response = upload(editor_client(), data, name)
    assert response.status_code == 400
    assert says in response.json()["error"]
    assert not Image.objects.exists()
    assert list(own_media.iterdir()) == []


def test_the_content_decides_what_an_image_is_and_not_its_name() -> None:
    upload(editor_client(), picture("WEBP"), "../../hus.exe")
    image = Image.objects.get()
    assert image.extension == "webp"
    assert path_of(image.name).is_file()


def test_an_image_without_words_or_words_without_an_image_are_refused() -> None:
    client = editor_client()
    assert upload(client, picture(), description="  ").json()["error"] == "Skriv, hvad billedet viser."
    assert client.post(UPLOAD, {"description": "Et hus"}).json()["error"] == "Vælg en billedfil."


def test_a_stranger_puts_up_nothing() -> None:
    assert upload(Client(), picture()).status_code in (302, 403)
    assert not Image.objects.exists()


@pytest.mark.parametrize(
    ("codenames", "staff"), [(("change_guideline", "view_image", "delete_image"), True), (("upload_image",), False)]
)
def test_who_has_no_permission_is_told_so(codenames: tuple[str, ...], staff: bool) -> None:
    client = client_of(*codenames, staff=staff)
    assert upload(client, picture()).status_code in (302, 403)
    assert client.get(reverse("admin:images_image_add")).status_code in (302, 403)
    assert not Image.objects.exists()


def test_another_site_cannot_make_an_editor_put_up_an_image() -> None:
    client = editor_client()
    client.handler.enforce_csrf_checks = True
    assert upload(client, picture()).status_code == 403


def test_an_image_is_put_up_in_the_admin_without_javascript() -> None:
    client = editor_client()
    fields = {"image": SimpleUploadedFile("hus.png", picture()), "description": "Et hus"}
    page = client.post(reverse("admin:images_image_add"), fields, follow=True)
    image = Image.objects.get()
    assert page.status_code == 200
    details = client.get(reverse("admin:images_image_change", args=[image.pk])).content.decode()
    assert f"![Et hus]({image.address})" in details
    assert "ingen tekst" in details


def test_a_refused_image_in_the_admin_is_told_at_its_field() -> None:
    fields = {"image": SimpleUploadedFile("hus.svg", b"<svg/>"), "description": "Et hus"}
    page = editor_client().post(reverse("admin:images_image_add"), fields)
    assert "PNG, JPEG eller WebP" in page.context["adminform"].form.errors["image"][0]


def test_the_list_says_where_each_image_is_used_and_which_are_not() -> None:
    used, unused = keep(clean(picture()), "Brugt"), keep(clean(picture("JPEG")), "Ledigt")
    term = shown_in_a_term(used)
    client = editor_client()
    page = client.get(LIST).content.decode()
    assert used.address in page
    assert unused.address in page
    assert term.title in page
    left_over = client.get(f"{LIST}?brug=ubrugt").content.decode()
    assert unused.address in left_over
    assert used.address not in left_over
    assert used.address in client.get(f"{LIST}?brug=brugt").content.decode()


def delete_all(client: Client) -> Any:
    chosen = [str(pk) for pk in Image.objects.values_list("pk", flat=True)]
    return client.post(LIST, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}, follow=True)


def test_an_unused_image_is_deleted_with_its_file(django_capture_on_commit_callbacks: Any) -> None:
    image = keep(clean(picture()))
    with django_capture_on_commit_callbacks(execute=True):
        delete_all(editor_client())
    assert not Image.objects.exists()
    assert not path_of(image.name).exists()
    assert Client().get(image.address).status_code == 404


def test_an_image_that_a_text_shows_is_not_deleted(django_capture_on_commit_callbacks: Any) -> None:
    image = keep(clean(picture()), "Et hus")
    term = shown_in_a_term(image)
    client = editor_client()
    with django_capture_on_commit_callbacks(execute=True):
        page = delete_all(client)
        one = client.post(reverse("admin:images_image_delete", args=[image.pk]), {"post": "yes"}, follow=True)
    assert term.title in page.content.decode()
    assert term.title in one.content.decode()
    assert Image.objects.filter(pk=image.pk).exists()
    assert path_of(image.name).exists()


def test_an_image_that_only_a_draft_shows_is_not_deleted() -> None:
    image = keep(clean(picture()))
    text = f"---\ntitle: Et udkast\n---\n{image.markdown}\n"
    Revision.objects.create(kind="glossary", slug="et-udkast", path="glossary/et-udkast.md", text=text)
    assert "Et udkast" in delete_all(editor_client()).content.decode()
    assert Image.objects.filter(pk=image.pk).exists()


def test_who_may_not_delete_deletes_nothing() -> None:
    image = keep(clean(picture()))
    client = client_of("view_image", "upload_image")
    delete_all(client)
    assert client.post(reverse("admin:images_image_delete", args=[image.pk]), {"post": "yes"}).status_code == 403
    assert Image.objects.filter(pk=image.pk).exists()


def test_a_description_is_one_line() -> None:
    assert escaped(" Et\n hus ") == "Et hus"
