"""A site is backed up while editors publish and readers read, then destroyed, then restored: one moment, whole."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import postgres
from tests.servers.conftest import MakeSite
from tests.servers.site import Site, Visitor
from tests.servers.work import PUBLISHED, publishing, readers

pytestmark = pytest.mark.servers

# What must be true of each moment of a site.
CONSISTENT = """
from content.models import ContentVersion
from editorial.models import Revision
from library.models import Record
published = dict(Revision.objects.current().values_list("slug", "text"))
assert published and all(published[slug] == text for slug, text in Record.objects.values_list("slug", "text"))
newest = Revision.objects.order_by("-content_version").values_list("content_version", flat=True).first()
assert newest <= ContentVersion.current()
print("consistent")
"""
# So often a backup may be over before anybody has published anything.
TRIES = 20


def back_up_while_something_is_published(site: Site, file: Path, done: list[int]) -> None:
    for _ in range(TRIES):
        before = len(done)
        site.manage("backup", str(file), "--force")
        if len(done) > before:
            return
    raise AssertionError("Nothing was published while a backup was made.")


def pages_of(site: Site) -> dict[str, bytes]:
    """Pages of the sitemap, as a reader gets them: every fifth, for tests/operations compares them all."""
    listed = re.findall(r"<loc>[^<]*?//[^/<]+([^<]*)</loc>", site.get("/sitemap.xml").text)
    places = [*PUBLISHED, *listed[::5]]
    # The address of the site stands in its pages.
    port = f":{site.port}".encode()
    return {place: site.get(place).body.replace(port, b":0") for place in places}


def edition_on(page: str) -> set[str]:
    return set(re.findall(r"Udgave (\d+) af teksten", page))


def check_it_all(site: Site, restored_var: Path, environment: Callable[[], dict[str, str]], file: Path) -> None:
    """Back `site` up under load, destroy it, and restore it as another."""
    before = pages_of(site)
    with publishing(site) as done, readers(site, *PUBLISHED, "/", "/soeg/?q=herberg") as readings:
        back_up_while_something_is_published(site, file, done)
    assert set(readings.statuses) == {200}
    site.kill()
    shutil.rmtree(site.var)

    restored_var.mkdir()
    restored = Site(restored_var, **environment())
    restored.manage("collectstatic", "--no-input", "--verbosity=0")
    restored.manage("restore", str(file))
    assert restored.manage("shell", "-v0", "-c", CONSISTENT).stdout.strip() == "consistent"
    try:
        restored.start()
        after = pages_of(restored)
        editions = [edition_on(after[term].decode()) for term in PUBLISHED]
        assert len(editions[0]) == 1
        assert editions[0] == editions[1]
        assert editions[0] <= {str(number) for number in [*done, len(done) + 1]}
        assert before.keys() == after.keys()
        # Only what shows the two terms may look otherwise.
        different = {place for place in before if before[place] != after[place]}
        assert {place for place in different if not edition_on(after[place].decode())} - {"/nyt/"} == set()
        assert "rikke" in Visitor(restored.port).sign_in().get("/admin/").text
    finally:
        restored.kill()


def test_on_sqlite(make_site: MakeSite, tmp_path: Path) -> None:
    check_it_all(make_site().start(), tmp_path / "var", dict, tmp_path / "backup.zip")


def test_on_postgresql(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with postgres.running() as url, postgres.running() as other:
        site = Site(tmp_path / "var", DATABASE_URL=url)
        site.prepare()
        site.start()
        try:
            check_it_all(site, tmp_path / "restored", lambda: {"DATABASE_URL": other}, tmp_path / "backup.zip")
        finally:
            site.kill()
