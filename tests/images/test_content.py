"""Images in the content: shown in texts with their size, and loaded and exported with them, byte for byte."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from content.exporter import export
from content.loader import load
from images.cleaning import CleanImage, clean
from images.files import keep, path_of
from images.models import Image
from library.models import GlossaryTerm
from markup.problems import ContentError
from tests.content.trees import FILES, TERM, write_tree
from tests.images.pictures import exif, picture

pytestmark = pytest.mark.usefixtures("no_content", "own_media")


@pytest.fixture
def shown() -> CleanImage:
    return clean(picture("PNG", (90, 60)))


def tree_with(folder: Path, image: CleanImage) -> Path:
    """The small tree, with the image and a text that shows it."""
    text = f"{FILES[TERM]}\n![Et herberg set fra gaden](/media/{image.name})\n"
    return write_tree(folder, changed={TERM: text, f"images/{image.name}": image.data})


def test_an_image_is_shown_with_its_size_so_that_the_text_does_not_jump(tmp_path: Path, shown: CleanImage) -> None:
    load(tree_with(tmp_path, shown))
    address = f"/media/{shown.name}"
    page = Client().get("/begreber/herberg/").content.decode()
    assert f'<img alt="Et herberg set fra gaden" height="60" loading="lazy" src="{address}" width="90">' in page
    assert Client().get(address).getvalue() == shown.data


def test_images_come_back_as_the_files_that_they_were(tmp_path: Path, shown: CleanImage) -> None:
    report = load(tree_with(tmp_path / "from", shown))
    assert report.companions["images"]["created"] == 1
    unused = keep(clean(picture("JPEG")))

    export(tmp_path / "to")

    files = sorted((tmp_path / "to" / "images").iterdir())
    assert [(file.name, file.read_bytes()) for file in files] == [(shown.name, shown.data)]
    assert Image.objects.filter(pk=unused.pk).exists()
    again = load(tmp_path / "to")
    assert again.companions["images"] == {"unchanged": 1}
    assert not again.updated


def test_an_empty_database_gets_the_same_images(tmp_path: Path, shown: CleanImage) -> None:
    load(tree_with(tmp_path / "from", shown))
    export(tmp_path / "to")
    Image.objects.all().delete()
    path_of(shown.name).unlink()

    load(tmp_path / "to")

    assert path_of(shown.name).read_bytes() == shown.data
    assert GlossaryTerm.objects.get().html.count('width="90"') == 1


def test_the_file_of_an_image_that_is_no_longer_shown_is_removed_from_the_tree(
    tmp_path: Path, shown: CleanImage
) -> None:
    load(tree_with(tmp_path, shown))
    load(write_tree(tmp_path))
    export(tmp_path)
    assert list((tmp_path / "images").iterdir()) == []


def test_a_file_that_was_lost_is_put_back_by_the_next_load(tmp_path: Path, shown: CleanImage) -> None:
    load(tree_with(tmp_path, shown))
    path_of(shown.name).unlink()
    load(tmp_path)
    assert path_of(shown.name).read_bytes() == shown.data


def test_a_check_takes_new_images_into_account_and_leaves_nothing(tmp_path: Path, shown: CleanImage) -> None:
    call_command("load_content", str(tree_with(tmp_path, shown)), "--check")
    assert not Image.objects.exists()
    assert not path_of(shown.name).exists()
    assert not GlossaryTerm.objects.exists()


def test_a_text_with_an_image_that_is_not_there_is_not_stored(tmp_path: Path, shown: CleanImage) -> None:
    tree_with(tmp_path, shown)
    (tmp_path / "images" / shown.name).unlink()
    with pytest.raises(ContentError, match=rf"{TERM}:\d+: there is no image /media/{shown.name}"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("hus.png", clean(picture()).data, "its content names it"),
        ("0" * 32 + ".png", clean(picture()).data, "its content names it"),
        (clean(picture()).hash + ".jpg", clean(picture()).data, "its content names it"),
        ("hus.jpg", picture("JPEG", exif=exif()), "has_metadata"),
        ("hus.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_image"),
    ],
)
def test_a_file_that_is_no_clean_image_under_its_own_name_is_refused(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    with pytest.raises(ContentError, match=rf"images/{name}: .*{reason}"):
        load(write_tree(tmp_path, changed={f"images/{name}": data}))


def test_the_command_names_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = write_tree(tmp_path, changed={"images/hus.svg": "<svg/>"})
    with pytest.raises(CommandError):
        call_command("load_content", str(tree))
    assert "images/hus.svg: " in capsys.readouterr().err
