"""Two nodes that keep their pages in one Redis server: one makes a page for both, and neither needs the server."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from redis import Redis

from scripts import redis
from tests.servers.conftest import MakeSite
from tests.servers.site import Site, Visitor, eventually, free_port
from tests.servers.work import GUIDELINE, TERM, publish, readers

pytestmark = pytest.mark.servers
MARK = b"Lagt i det faelles lager af en test."
UNREAD = "/love/?ulaest={}"


@dataclass
class Shared:
    one: Site
    other: Site
    server: redis.Server

    @property
    def store(self) -> Redis:
        return Redis(port=self.server.port)

    def only(self) -> tuple[bytes, bytes]:
        """The key and the value of the one page that is kept."""
        (key,) = self.store.keys()
        value = self.store.get(key)
        assert isinstance(key, bytes)
        assert isinstance(value, bytes)
        return key, value

    def marked(self, address: str) -> None:
        """Put a mark into the one page that is kept; it can then be told from one that was made."""
        self.store.flushdb()
        assert self.one.get(address).status == 200
        key, value = self.only()
        head, _, body = value.partition(b"\n")
        assert b"</h1>" in body
        self.store.set(key, head + b"\n" + body[: -len(MARK)] + MARK, keepttl=True)

    def keeps(self, site: Site, address: str) -> bool:
        """Whether a page that nobody has asked for yet is made and kept."""
        before = self.store.dbsize()
        return site.get(address).status == 200 and self.store.dbsize() > before


@pytest.fixture(scope="module")
def shared(make_site: MakeSite) -> Iterator[Shared]:
    with redis.running(free_port()) as server:
        # One site: one database, one address.
        environment = {"PAGE_CACHE_URL": server.url, "SITE_URL": "http://hjemvej.example.dk"}
        one = make_site(**environment).start()
        other = make_site(**environment, DATABASE_URL=f"sqlite:///{one.var / 'hjemvej.sqlite3'}").start()
        yield Shared(one, other, server)


@pytest.fixture(autouse=True)
def all_is_well(shared: Shared) -> None:
    def is_well(site: Site) -> bool:
        shared.store.flushdb()
        return shared.keeps(site, GUIDELINE)

    eventually("both nodes keep pages", lambda: is_well(shared.one) and is_well(shared.other))


def test_a_page_that_one_node_made_is_answered_by_the_other_without_being_made(shared: Shared) -> None:
    shared.marked(TERM)
    made, answered = shared.one.get(TERM), shared.other.get(TERM)
    assert MARK in answered.body
    assert answered == made
    assert answered.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answered.headers["content-security-policy"]


def test_what_is_kept_goes_by_itself_and_says_whose_it_is(shared: Shared) -> None:
    key, _ = shared.only()
    assert key.startswith(b"hjemvej:http://hjemvej.example.dk:")
    assert 0 < shared.store.ttl(key) <= 3600


def test_a_published_text_is_seen_at_both_nodes(shared: Shared) -> None:
    shared.marked(TERM)
    assert MARK in shared.other.get(TERM).body
    publish(shared.one, "En flodhest bor her.")

    def is_seen(site: Site) -> bool:
        return "En flodhest bor her." in site.get(TERM).text

    eventually("both show it", lambda: is_seen(shared.one) and is_seen(shared.other))
    assert MARK not in shared.one.get(TERM).body + shared.other.get(TERM).body


def test_what_an_editor_sees_is_not_in_it(shared: Shared) -> None:
    editor = Visitor(shared.one.port).sign_in()
    shared.store.flushdb()
    for address in ("/admin/", GUIDELINE, TERM):
        assert editor.get(address).status == 200
    assert shared.store.keys() == []
    shared.marked(TERM)
    assert MARK not in editor.get(TERM).body


@pytest.mark.parametrize("nonsense", [b"", b"noget andet", b"[1]\nx", b'["200 OK", 7]\nx', b"\x80\x04K\x01."])
def test_what_is_no_page_of_ours_is_made_anew(shared: Shared, nonsense: bytes) -> None:
    shared.marked(TERM)
    shared.store.set(shared.only()[0], nonsense)
    assert "Herberg" in shared.other.get(TERM).text
    assert b"Herberg" in shared.only()[1]


@pytest.mark.parametrize("how", ["killed", "hanging"])
def test_without_the_server_pages_are_made_and_it_is_used_again_by_itself(shared: Shared, how: str) -> None:
    with readers(shared.one, GUIDELINE, TERM) as readings:
        shared.server.kill() if how == "killed" else shared.server.pause()
        try:
            read = readings.statuses[200]
            eventually("readers have read on", lambda: readings.statuses[200] > read + 50)
            # Whoever comes first waits for the server, but not as long as redis-py would by itself.
            assert shared.other.get(UNREAD.format(how), timeout=3).status == 200
            told = shared.one.get("/readyz")
            assert (told.status, list(json.loads(told.body)["concerns"])) == (200, ["page_cache"])
        finally:
            shared.server.start() if how == "killed" else shared.server.resume()
        seconds = eventually("pages are kept again", lambda: shared.keeps(shared.one, UNREAD.format(f"{how}-igen")))
    assert "concerns" not in json.loads(shared.one.get("/readyz").body)
    waited = f"waiting for {readings.longest_silence:.2f} s at most"
    print(f"\n{how}: kept again {seconds:.2f} s after it was back; readers met {dict(readings.statuses)}, {waited}.")
    assert set(readings.statuses) == {200}
    log = shared.one.log.read_text(encoding="utf-8")
    assert 1 <= log.count("The shared page cache is of no help") <= 2
    assert "Traceback" not in log


def test_a_server_that_is_full_hands_out_what_it_has_and_all_else_is_made(shared: Shared) -> None:
    shared.marked(TERM)
    shared.store.config_set("maxmemory", "1")
    try:
        assert not shared.keeps(shared.other, UNREAD.format("fuld"))
        assert shared.other.get(UNREAD.format("fuld")).status == 200
        assert MARK in shared.other.get(TERM).body
    finally:
        shared.store.config_set("maxmemory", "0")
    assert shared.keeps(shared.other, UNREAD.format("ikke-fuld"))
