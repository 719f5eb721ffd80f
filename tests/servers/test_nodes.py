"""Two nodes over a primary and a streaming replica: one site, also while one of the databases is away."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from scripts import postgres
from tests.editorial.admin_form import fields_in
from tests.servers.site import EDITOR, PASSWORD, Answer, Site, Visitor, eventually
from tests.servers.work import GUIDELINE, TERM, Editor, publish, readers

pytestmark = pytest.mark.servers
LOGIN = "/admin/konto/log-ind/"
SEARCHES = ("/soeg/?q=herberg", "/soeg/?q=%C2%A7+110", "/api/v1/search?q=bolig")


@dataclass
class Nodes:
    one: Site
    other: Site
    primary: postgres.Server
    replica: postgres.Server


@pytest.fixture(scope="module")
def nodes(prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nodes]:
    folder = tmp_path_factory.mktemp("nodes")
    with postgres.cluster() as servers:
        sites = []
        for name in ("one", "other"):
            shutil.copytree(prepared_var, folder / name)
            sites.append(Site(folder / name, DATABASE_URL=servers.primary.url, MEDIA_DIR=str(folder / "media")))
        sites[0].prepare()
        replica = servers.standby()
        for site in sites:
            site.environment |= {"DATABASE_REPLICA_URL": replica.url, "DATABASE_QUERY_SECONDS": "2"}
            site.start()
        yield Nodes(sites[0], sites[1], servers.primary, replica)
        for site in sites:
            site.kill()


@pytest.fixture(autouse=True)
def all_is_well(nodes: Nodes) -> None:
    """Each test begins where both nodes read from the replica, and the primary answers."""

    def is_well(site: Site) -> bool:
        return site.get("/readyz").status == 200 and "concerns" not in site.get("/readyz").text

    eventually("both databases are in use", lambda: is_well(nodes.one) and is_well(nodes.other))


def shows(site: Site, address: str, words: str) -> bool:
    answer = site.get(address)
    return answer.status == 200 and words in answer.text


def test_what_is_published_at_one_node_is_on_the_page_and_in_the_search_of_the_other(nodes: Nodes) -> None:
    for site in (nodes.one, nodes.other):
        assert "flodhest" not in site.get(TERM).text
        assert f'href="{TERM}' not in site.get("/soeg/?q=flodhest").text
    publish(nodes.one, "En flodhest bor her.")
    seconds = eventually("the page shows it", lambda: shows(nodes.other, TERM, "En flodhest bor her."))
    seconds += eventually("the search finds it", lambda: shows(nodes.other, "/soeg/?q=flodhest", f'href="{TERM}'))
    print(f"\nThe other node showed and found it after {seconds:.2f} s.")
    assert "En flodhest bor her." in nodes.one.get(TERM).text


def test_a_replica_that_has_fallen_behind_shows_nobody_the_old_page(nodes: Nodes) -> None:
    assert "En hest halter." not in nodes.other.get(TERM).text
    with psycopg.connect(nodes.replica.url, autocommit=True) as replica:
        replica.execute("SELECT pg_wal_replay_pause()")
        try:
            publish(nodes.one, "En hest halter.")
            eventually("the page shows it", lambda: shows(nodes.other, TERM, "En hest halter."))
            # Nor does any other page or search that the node makes from now on come from before.
            asked = [nodes.other.get(f"{TERM}?gang={number}").text for number in range(10)]
            assert all("En hest halter." in text for text in asked)
            assert f'href="{TERM}' in nodes.other.get("/soeg/?q=halter").text
            behind = replica.execute("SELECT number FROM content_contentversion").fetchone()
        finally:
            replica.execute("SELECT pg_wal_replay_resume()")
    with psycopg.connect(nodes.primary.url) as primary:
        assert primary.execute("SELECT number FROM content_contentversion").fetchone() != behind


def take_away(server: postgres.Server, how: str) -> None:
    server.kill() if how == "killed" else server.pause()


def bring_back(server: postgres.Server, how: str) -> None:
    server.start() if how == "killed" else server.resume()


def assert_nothing_can_be_saved(answer: Answer, sentence: str) -> None:
    assert answer.status == 503, answer.text
    assert "Det blev ikke gemt" in answer.text
    assert sentence in answer.text
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("how", ["killed", "hanging"])
def test_without_its_primary_the_site_is_read_and_searched_and_an_editor_keeps_the_text(nodes: Nodes, how: str) -> None:
    sentence = f"En tekst, mens databasen er {how}."
    editor, newcomer = Editor(nodes.one), Visitor(nodes.one.port)
    fields = editor.fields(sentence)
    newcomer.get(LOGIN)
    with readers(nodes.other, GUIDELINE, TERM, "/love/", "/overblik/", *SEARCHES) as readings:
        take_away(nodes.primary, how)
        try:
            answer = editor.visitor.post(editor.form, fields)
            assert_nothing_can_be_saved(answer, sentence)
            refused = newcomer.post(LOGIN, {"login": EDITOR, "password": PASSWORD})
            assert refused.status == 503
            assert "Redigeringen er ude af drift" in refused.text
            assert PASSWORD not in refused.text
            # What is in no cache, and an editor who only reads.
            assert nodes.one.get(f"/anvisninger/?rolle={how}").status == 200
            assert editor.visitor.get("/principper/").status == 200
            ready = nodes.one.get("/readyz")
            assert ready.status == 200, ready.text
            assert "nothing can be saved" in ready.text
            read = readings.statuses[200]
            eventually("readers have read on", lambda: readings.statuses[200] > read + 20)
        finally:
            bring_back(nodes.primary, how)
        kept = fields_in(SimpleNamespace(content=answer.body))
        seconds = eventually("it can be saved", lambda: editor.visitor.post(editor.form, kept).status == 200)
    print(f"\n{how}: saved again {seconds:.2f} s after the primary was back; readers met {dict(readings.statuses)}.")
    assert sentence in editor.draft()
    assert set(readings.statuses) == {200}


@pytest.mark.parametrize("how", ["killed", "hanging"])
def test_without_its_replica_the_site_is_read_from_the_primary(nodes: Nodes, how: str) -> None:
    with readers(nodes.one, GUIDELINE, TERM, "/love/", *SEARCHES) as readings:
        take_away(nodes.replica, how)
        try:
            eventually("it is seen", lambda: "replica1 does not answer" in nodes.one.get("/readyz").text)
            publish(nodes.other, f"Uden replika: {how}.")
            eventually("the page shows it", lambda: shows(nodes.one, TERM, f"Uden replika: {how}."))
        finally:
            bring_back(nodes.replica, how)
        eventually("it is well again", lambda: "concerns" not in nodes.one.get("/readyz").text)
    print(f"\nreplica {how}: readers met {dict(readings.statuses)}.")
    assert set(readings.statuses) == {200}


@contextmanager
def locked_in_the_replica(nodes: Nodes, table: str) -> Iterator[None]:
    """The replica answers, but not what needs `table`: as where its disk hangs. The primary has let go of the table."""
    with psycopg.connect(nodes.primary.url) as primary, psycopg.connect(nodes.replica.url, autocommit=True) as replica:

        def says(question: str, *arguments: str) -> bool:
            return replica.execute(question, arguments).fetchone() == (True,)

        primary.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        held = "SELECT count(*) = 1 FROM pg_locks WHERE relation = %s::regclass AND mode = 'AccessExclusiveLock'"
        eventually("the replica has locked it", lambda: says(held, table))
        replica.execute("SELECT pg_wal_replay_pause()")
        try:
            eventually("it stays so", lambda: says("SELECT pg_get_wal_replay_pause_state() = 'paused'"))
            primary.rollback()
            yield
        finally:
            replica.execute("SELECT pg_wal_replay_resume()")


def test_a_replica_that_answers_only_some_questions_is_left_alone_for_a_while(nodes: Nodes) -> None:
    with locked_in_the_replica(nodes, "library_record"):
        pages = [nodes.one.get(f"/anvisninger/?gang={number}").status for number in range(3)]
        ready = nodes.one.get("/readyz").text
    assert pages == [200, 200, 200]
    assert "replica1 does not answer" in ready
