"""The only database goes away, hangs or is slow: what is kept is still read, all else is told plainly, and soon."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from scripts import postgres
from tests.servers.site import Answer, Site, eventually
from tests.servers.work import GUIDELINE, TERM, readers

pytestmark = pytest.mark.servers
# A page that nobody has asked for yet.
UNREAD = "/love/?ulaest={}"


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.cluster() as servers:
        yield servers.primary


@pytest.fixture(scope="module")
def site(server: postgres.Server, prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    var = tmp_path_factory.mktemp("gone") / "var"
    shutil.copytree(prepared_var, var)
    bounds = {"DATABASE_CONNECT_SECONDS": "1", "DATABASE_LOCK_SECONDS": "1", "DATABASE_QUERY_SECONDS": "2"}
    site = Site(var, DATABASE_URL=server.url, **bounds)
    for step in (["migrate", "--no-input"], ["load_content"]):
        site.manage(*step, "--verbosity=0")
    site.start()
    yield site
    site.kill()


@pytest.fixture(autouse=True)
def all_is_well(site: Site) -> None:
    def is_well() -> bool:
        return all(site.get(address).status == 200 for address in (GUIDELINE, TERM, "/readyz"))

    eventually("all is answered", is_well)


def assert_it_is_said_plainly(answer: Answer) -> None:
    assert answer.status == 503, answer.text
    assert "Vores database svarer ikke" in answer.text
    assert answer.headers["retry-after"] == "10"
    assert "no-store" in answer.headers["cache-control"]
    assert "Traceback" not in answer.text
    assert "Error" not in answer.text


@pytest.mark.parametrize("how", ["killed", "hanging"])
def test_without_its_database_a_site_shows_what_it_has_kept(site: Site, server: postgres.Server, how: str) -> None:
    etag = site.get(GUIDELINE).headers["etag"]
    with readers(site, GUIDELINE, TERM) as readings:
        server.kill() if how == "killed" else server.pause()
        try:
            assert_it_is_said_plainly(site.get(UNREAD.format(how)))
            assert_it_is_said_plainly(site.get("/soeg/?q=handleplan"))
            assert "Databasen svarer ikke" in site.get("/api/v1/guidelines").text
            assert site.get(GUIDELINE, If_None_Match=etag).status == 304
            assert site.get("/healthz").status == 200
            assert site.get("/readyz").status == 503
            read = readings.statuses[200]
            eventually("readers have read on", lambda: readings.statuses[200] > read + 20)
        finally:
            server.start() if how == "killed" else server.resume()
        seconds = eventually("all is shown again", lambda: site.get(UNREAD.format(how)).status == 200)
    print(f"\n{how}: all pages {seconds:.2f} s after the database was back; readers met {dict(readings.statuses)}.")
    assert set(readings.statuses) == {200}


def test_a_database_that_was_started_again_is_used_without_a_word(site: Site, server: postgres.Server) -> None:
    assert site.get("/begreber/?").status == 200
    server.stop()
    server.start()
    assert site.get(UNREAD.format("genstart")).status == 200


def test_a_table_that_somebody_holds_keeps_nobody_waiting_for_long(site: Site, server: postgres.Server) -> None:
    with psycopg.connect(server.url) as other:
        other.execute("LOCK TABLE library_record IN ACCESS EXCLUSIVE MODE")
        with ThreadPoolExecutor(8) as many, readers(site, GUIDELINE, TERM) as readings:
            answers = list(many.map(lambda number: site.get(UNREAD.format(number), timeout=60), range(8)))
            for answer in answers:
                assert_it_is_said_plainly(answer)
            eventually("readers have read on", lambda: readings.statuses[200] > 20)
    assert set(readings.statuses) == {200}
    assert site.get(UNREAD.format("fri")).status == 200


@pytest.mark.parametrize("database", ["PostgreSQL", "SQLite"])
def test_two_that_migrate_at_once_both_end_well(server: postgres.Server, tmp_path: Path, database: str) -> None:
    surroundings = {}
    if database == "PostgreSQL":
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE empty")
        surroundings["DATABASE_URL"] = server.url.replace("/postgres?", "/empty?")
    new = Site(tmp_path / "new", **surroundings)
    with ThreadPoolExecutor(2) as both:
        done = list(both.map(lambda _: new.manage("migrate", "--no-input", check=False), range(2)))
    assert [one.returncode for one in done] == [0, 0], "".join(one.stdout + one.stderr for one in done)
    assert sorted("No migrations to apply" in one.stdout for one in done) == [False, True]
