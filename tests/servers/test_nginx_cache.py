"""What nginx keeps of the pages, for whom, and for how long: deploy/nginx in front of a real site."""

import gzip
import shutil
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from scripts.nginx import HOST
from tests.servers.conftest import MakeSite
from tests.servers.front import BEHIND_NGINX, Front, Guest
from tests.servers.site import Site, eventually

pytestmark = pytest.mark.servers
GUIDELINE = "/retningslinjer/forebyggelse/generel-forebyggelse/"
OTHER = "En helt anden sammenfatning."
# max-age, and stale-while-revalidate, of content/page_cache.py.
FRESH, REVALIDATED = 60, 600


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    return make_site(**BEHIND_NGINX).start()


def test_a_page_is_made_once_for_all_readers(front: Front) -> None:
    answers = [front.get(GUIDELINE, sender=f"127.0.0.{number}") for number in (1, 2, 3)]
    assert [answer.headers["x-cache"] for answer in answers] == ["MISS", "HIT", "HIT"]
    assert {answer.body for answer in answers} == {answers[0].body}
    assert "Generel forebyggelse" in answers[1].text


def test_a_browser_that_has_the_page_is_told_so_by_nginx(front: Front) -> None:
    page = front.get(GUIDELINE)
    again = front.get(GUIDELINE, If_None_Match=page.headers["etag"])
    assert (again.status, again.body, again.headers["x-cache"]) == (304, b"", "HIT")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.9, gzip;q=1.0", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("br;q=0.0,gzip;q=0", None),
        ("", None),
        ("brotli, xgzip", None),
        ("*", None),
    ],
)
def test_each_browser_gets_a_form_that_it_can_read(front: Front, asked: str, given: str | None) -> None:
    plain = front.get(GUIDELINE).body
    front.get(GUIDELINE, Accept_Encoding="gzip, deflate, br")
    front.get(GUIDELINE, Accept_Encoding="gzip")
    answer = front.get(GUIDELINE, Accept_Encoding=asked)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[given]
    assert answer.headers.get("content-encoding") == given
    assert unpack(answer.body) == plain
    # However a browser words it, there are three copies.
    assert answer.headers["x-cache"] == "HIT"
    assert "accept-encoding" in answer.headers["vary"].lower()


def test_static_files_come_compressed_and_are_kept(front: Front) -> None:
    page = front.get("/").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert address.startswith("/static/")
    first, second = (front.get(address, Accept_Encoding="br, gzip") for _ in range(2))
    assert (first.headers["content-encoding"], second.headers["x-cache"]) == ("br", "HIT")
    assert "immutable" in second.headers["cache-control"]
    assert brotli.decompress(second.body) == front.get(address).body


def test_an_editor_is_neither_answered_from_the_cache_nor_kept_in_it(front: Front) -> None:
    front.get(GUIDELINE)
    editor = Guest(front).sign_in()
    answer = editor.get(GUIDELINE)
    assert (answer.status, answer.headers["x-cache"]) == (200, "BYPASS")
    assert "no-store" in answer.headers["cache-control"]
    editor.get("/begreber/")
    editor.get("/admin/")
    # What the editor saw is made anew for the reader, and nothing of the editors' side was kept.
    assert front.get("/begreber/").headers["x-cache"] == "MISS"
    assert not [path for path in front.kept_pages() if b" /admin/" in path.read_bytes()[:2000]]


def test_forms_searches_without_hits_and_probes_are_not_kept(front: Front) -> None:
    for path in ("/feedback/?side=/begreber/handleplan/", "/soeg/?q=xyzzyplugh", "/healthz", "/admin/konto/log-ind/"):
        assert "HIT" not in [front.get(path).headers.get("x-cache") for _ in range(2)], path
    assert front.kept_pages() == []


def test_readers_go_on_when_the_site_is_killed_and_get_new_pages_when_it_is_back(front: Front, site: Site) -> None:
    kept = front.get(GUIDELINE)
    style_sheet = kept.text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    style = front.get(style_sheet).body
    site.kill()
    try:
        assert front.get(GUIDELINE).headers["x-cache"] == "HIT"
        front.let_time_pass(FRESH + REVALIDATED + 1)
        for _ in range(3):
            stale = front.get(GUIDELINE)
            assert (stale.status, stale.headers["x-cache"], stale.body) == (200, "STALE", kept.body)
        unseen = front.get("/begreber/")
        assert unseen.status == 502
        assert "Hjemvej svarer ikke lige nu" in unseen.text
        # A page is no page without its style sheet, also after an upgrade.
        assert front.get(style_sheet).body == style
        # Not for ever: a day later, nobody knows whether it still is right.
        front.let_time_pass(24 * 3600)
        assert front.get(GUIDELINE).status == 502
    finally:
        site.start()
    eventually("the next page comes", lambda: front.get("/begreber/").status == 200, 20)
    eventually("the stale page is made anew", lambda: front.get(GUIDELINE).headers["x-cache"] == "HIT", 20)


def test_readers_go_on_when_the_site_has_lost_its_database(front: Front, site: Site) -> None:
    kept = front.get(GUIDELINE)
    database = site.var / "hjemvej.sqlite3"
    site.kill()
    database.rename(database.with_suffix(".away"))
    try:
        site.start()
        assert site.get(GUIDELINE, Host=HOST, X_Forwarded_Proto="https").status >= 500
        front.let_time_pass(FRESH + REVALIDATED + 1)
        for _ in range(10):
            stale = front.get(GUIDELINE)
            assert (stale.status, stale.headers["x-cache"], stale.body) == (200, "STALE", kept.body)
            # The node is not given up for it: what it says itself still comes through.
            assert "svarer ikke lige nu" not in front.get("/begreber/").text
    finally:
        site.kill()
        database.with_suffix(".away").replace(database)
        site.start()


def test_what_is_published_reaches_readers_when_the_kept_page_is_a_minute_old(
    front: Front, site: Site, tmp_path: Path
) -> None:
    for form in ("identity", "gzip"):
        front.get(GUIDELINE, Accept_Encoding=form)
    publish(site, tmp_path, OTHER)
    assert OTHER not in front.get(GUIDELINE).text
    front.let_time_pass(FRESH + 1)
    # The first one still gets the old page, at once, while the new one is fetched.
    assert front.get(GUIDELINE).headers["x-cache"] == "STALE"
    eventually("the new text is there", lambda: OTHER in front.get(GUIDELINE).text, 20)
    # Whoever comes when nobody has asked for long waits for the new one.
    front.let_time_pass(REVALIDATED)
    assert OTHER in gzip.decompress(front.get(GUIDELINE, Accept_Encoding="gzip").body).decode()


def test_a_page_that_is_gone_does_not_live_on_in_the_cache(front: Front, site: Site, tmp_path: Path) -> None:
    address = "/begreber/selvmoederprincip/"
    assert [front.get(address, Accept_Encoding=form).status for form in ("br", "gzip")] == [200, 200]
    content = copy_of_content(tmp_path / "content")
    (content / "glossary" / "selvmoederprincip.md").unlink()
    other = content / "glossary" / "forsorgshjem.md"
    other.write_text(other.read_text(encoding="utf-8").replace("selvmoederprincip", "herberg"), encoding="utf-8")
    site.manage("load_content", str(content))
    front.let_time_pass(FRESH + 1)
    eventually("it is gone", lambda: front.get(address, Accept_Encoding="br").status == 410, 20)
    # What may be used when the site fails is not used when the site says that there is nothing.
    front.let_time_pass(REVALIDATED)
    assert front.get(address, Accept_Encoding="gzip").status == 410


def copy_of_content(folder: Path) -> Path:
    shutil.copytree(settings.CONTENT_DIR, folder, dirs_exist_ok=True)
    return folder


def publish(site: Site, folder: Path, summary: str) -> None:
    """Give the guideline another summary, from files."""
    content = copy_of_content(folder / "content")
    path = content / "guidelines" / "forebyggelse" / "01-generel-forebyggelse.md"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [f"summary: {summary}\n" if line.startswith("summary:") else line for line in lines]
    path.write_text("".join(lines), encoding="utf-8")
    site.manage("load_content", str(content))
