"""Restarting the site under the eyes of its readers: deploy/nginx in front of two nodes, as on a machine of its own."""

import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from tests.servers.conftest import MakeSite
from tests.servers.front import BEHIND_NGINX, Front, nginx_before
from tests.servers.site import Site, eventually

pytestmark = pytest.mark.servers
READERS = 3
# Pages are read; what is sent is no proper reply, which a node says.
READ, REFUSED = 200, 400
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# Of a handful of senders; in production each reader has an address of their own.
CHANGES = {
    "zone=hjemvej_writing:10m rate=1r/s": "zone=hjemvej_writing:10m rate=9999r/s",
    "zone=hjemvej_pages:10m rate=50r/s": "zone=hjemvej_pages:10m rate=9999r/s",
    # Each line of the access log at once.
    " buffer=32k flush=5s": "",
}


@pytest.fixture(scope="module")
def nodes(make_site: MakeSite) -> tuple[Site, Site]:
    first = make_site(**BEHIND_NGINX).start()
    second = Site(first.var, **first.environment)
    return first, second


@pytest.fixture
def front(nodes: tuple[Site, Site], tmp_path: Path) -> Iterator[Front]:
    nodes[1].start()
    with nginx_before(*nodes, folder=tmp_path, changes=CHANGES) as front:
        yield front
    nodes[1].kill()


@contextmanager
def readers(front: Front, *, writing: bool = True) -> Iterator[Counter[int]]:
    """People who ask without pause for pages that nginx does not have; counts the statuses that they get.

    writing: they send replies too, which nginx tells one node alone.
    """
    statuses: Counter[int] = Counter()
    ended, numbers = threading.Event(), count()

    def read() -> None:
        while not ended.is_set():
            statuses[front.get(f"/begreber/?nr={next(numbers)}").status] += 1
            if writing:
                statuses[front.ask("POST", "/feedback/", FORM, b"side=/&svar=ja").status] += 1

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        eventually("readers are served", lambda: statuses[READ] > 10)
        yield statuses
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_one_node_after_the_other_is_restarted_and_no_reader_notices(front: Front, nodes: tuple[Site, Site]) -> None:
    with readers(front) as statuses:
        for node in nodes:
            node.stop()
            more_are_served(statuses, 20)
            node.start()
            nginx_uses(front, node)
    assert set(statuses) == {READ, REFUSED}


def test_new_workers_take_over_from_old_ones_without_losing_a_page(front: Front, nodes: tuple[Site, Site]) -> None:
    """A page that an old worker drops comes from the other node; what is sent is not sent twice, and may be lost."""
    reloaded, _ = nodes
    reloaded.stop()
    reloaded.start(workers=2)
    old = set(reloaded.workers())
    with readers(front, writing=False) as statuses:
        nginx_uses(front, reloaded)
        assert reloaded.process
        os.kill(reloaded.process.pid, signal.SIGHUP)
        eventually("other processes serve", lambda: reloaded.workers() and not old & set(reloaded.workers()))
        nginx_uses(front, reloaded)
        more_are_served(statuses, 20)
    assert set(statuses) == {READ}


def test_nginx_takes_a_new_configuration_without_losing_a_request(front: Front) -> None:
    with readers(front) as statuses:
        for _ in range(3):
            front.process.send_signal(signal.SIGHUP)
            more_are_served(statuses, 20)
    assert set(statuses) == {READ, REFUSED}


def test_a_killed_node_costs_no_reader_a_page(front: Front, nodes: tuple[Site, Site]) -> None:
    with readers(front, writing=False) as statuses:
        nodes[1].kill()
        more_are_served(statuses, 50)
    assert set(statuses) == {READ}


def more_are_served(statuses: Counter[int], number: int) -> None:
    before = statuses.total()
    eventually("readers are served", lambda: statuses.total() > before + number)


def nginx_uses(front: Front, node: Site) -> None:
    """Wait until `node` has answered the last of each kind of request that nginx noted: it asks for each by itself."""

    def answered_last() -> bool:
        lines = (front.folder / "hjemvej.access.log").read_text(encoding="utf-8").splitlines()
        last = {request["method"]: request["node"] for request in map(json.loads, lines)}
        return set(last.values()) == {f"127.0.0.1:{node.port}"}

    eventually("nginx uses the node", answered_last)
