"""The disk is full: who reads goes on, who writes is told so and loses nothing; room mends it all."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.images.pictures import picture
from tests.servers.site import Site, eventually
from tests.servers.work import GUIDELINE, Editor, readers

pytestmark = pytest.mark.servers
PAGE = 4096
PARAGRAPH = "\n\n" + "Ord og atter ord. " * 100
SENTENCE = "En flodhest har her gjort teksten længere."


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 200 MB, in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "tmpfs", place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def site(prepared_var: Path, small_disk: Path, tmp_path: Path) -> Iterator[Site]:
    shutil.copytree(prepared_var, small_disk / "var")
    # Counting what is searched for may fail too, but is told to nobody.
    site = Site(small_disk / "var")
    site.log = tmp_path / "site.log"
    site.start()
    yield site
    site.kill()


@contextmanager
def no_room(disk: Path) -> Iterator[None]:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * PAGE):
                pass
        except OSError:
            pass
    assert shutil.disk_usage(disk).free < PAGE
    try:
        yield
    finally:
        filler.unlink()


def test_an_editor_is_told_that_nothing_was_saved_and_gets_the_text_back(site: Site, small_disk: Path) -> None:
    editor = Editor(site)
    fields = editor.fields(SENTENCE)
    long = fields | {"body": fields["body"] + PARAGRAPH * 15}
    with no_room(small_disk), readers(site) as readings:
        answer = editor.visitor.post(editor.form, long)
        assert answer.status == 503
        assert "Det blev ikke gemt" in answer.text
        assert SENTENCE in answer.text
        [style] = re.findall(r'rel="stylesheet" href="([^"]*)"', answer.text)
        assert site.get(style).status == 200
        eventually("readers have read on", lambda: readings.statuses[200] > 50)
    assert set(readings.statuses) == {200}
    assert SENTENCE not in editor.draft()
    assert editor.visitor.post(editor.form, fields).status == 200
    assert SENTENCE in editor.draft()


def test_an_image_is_refused_whole(site: Site, small_disk: Path) -> None:
    editor = Editor(site)
    editor.fields("")
    media = site.var / "media"
    before = sorted(path.name for path in media.rglob("*")) if media.exists() else []
    large = picture("PNG", (1500, 1500))
    with no_room(small_disk):
        answer = editor.visitor.upload("/admin/billeder/", "kort.png", large, "Et kort")
        assert answer.status == 503, answer.text
        assert "Traceback" not in answer.text
    assert (sorted(path.name for path in media.rglob("*")) if media.exists() else []) == before
    assert editor.visitor.upload("/admin/billeder/", "kort.png", large, "Et kort").status == 200


def test_searching_goes_on_with_the_old_index_when_a_new_one_has_no_room(site: Site, small_disk: Path) -> None:
    assert "Herberg" in site.get("/soeg/?q=herberg").text
    with no_room(small_disk):
        done = site.manage("rebuild_index", check=False)
        assert done.returncode
        assert "Traceback" not in done.stderr, done.stderr
        assert "Herberg" in site.get("/soeg/?q=herberg&type=glossary").text
    site.manage("rebuild_index")
    assert "Herberg" in site.get("/soeg/?q=herberg&sortering=").text


def test_a_site_that_starts_on_a_full_disk_can_be_read(site: Site, small_disk: Path) -> None:
    site.kill()
    with no_room(small_disk):
        site.start()
        assert site.get(GUIDELINE).status == 200
        assert site.get("/soeg/?q=handleplan").status == 200
