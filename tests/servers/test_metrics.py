"""The metrics and the log of a real server with two workers: a port for each of them, and one line for each event."""

import json
import os
import signal
import socket

import pytest

from scripts.console import ROOT
from tests.servers.conftest import MakeSite
from tests.servers.site import Site, ask, eventually

pytestmark = pytest.mark.servers
PAGE = "/retningslinjer/forebyggelse/generel-forebyggelse/"
HITS = 'hjemvej_requests_total{cache="hit",method="GET",status="200",view="guidelines:guideline"}'


def two_free_ports() -> range:
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return range(port, port + 2)


def numbers(port: int) -> dict[str, float]:
    """What a worker offers, by name with labels."""
    lines = [line for line in ask(port, "/metrics").text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@pytest.fixture(scope="module")
def ports() -> range:
    return two_free_ports()


@pytest.fixture(scope="module")
def watched(make_site: MakeSite, ports: range) -> Site:
    """Served with the log and the metrics that production has."""
    logging = {"LOG_FORMAT": "json", "LOG_LEVEL": "INFO"}
    server = {"GRANIAN_LOG_CONFIG": str(ROOT / "deploy" / "granian-logging.json")}
    server |= {"GRANIAN_RESPAWN_FAILED_WORKERS": "true", "GRANIAN_RESPAWN_INTERVAL": "0.1"}
    site = make_site(METRICS_PORT=f"{ports[0]}-{ports[-1]}", **logging, **server).start(workers=2)
    eventually("both workers offer their numbers", lambda: all(numbers(port) for port in ports))
    return site


def test_the_workers_together_have_counted_every_request(watched: Site, ports: range) -> None:
    for _ in range(12):
        watched.get(PAGE)
    # Each worker makes the page once and has it from then on.
    assert sum(numbers(port).get(HITS, 0) for port in ports) in (10, 11)
    for found in map(numbers, ports):
        assert found['hjemvej_check{check="database"}'] == 1
        assert found["hjemvej_content_version"] == 1
        assert found["process_resident_memory_bytes"] > 10_000_000


def test_readers_do_not_reach_the_metrics(watched: Site, ports: range) -> None:
    assert watched.get("/metrics").status == 404
    others = next(line for line in socket.gethostbyname_ex(socket.gethostname())[2] if line)
    if not others.startswith("127."):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((others, ports[0]), timeout=2)


def test_a_worker_that_takes_over_from_a_killed_one_takes_its_port(watched: Site, ports: range) -> None:
    os.kill(watched.workers()[0], signal.SIGKILL)
    eventually("a worker has the port again", lambda: all(numbers(port) for port in ports))
    eventually("the site has two workers", lambda: len(watched.workers()) == 2)


def test_every_line_of_the_log_is_json_and_none_tells_what_was_searched_for(watched: Site) -> None:
    watched.get("/soeg/?q=flodhestefolk+010190-1234")
    watched.get("/findes-ikke/flodhestefolk/")

    def lines() -> list[dict[str, object]]:
        return [json.loads(line) for line in watched.log.read_text(encoding="utf-8").splitlines()]

    eventually("both are in the log", lambda: {"search:search", ""} <= {str(line.get("view", "-")) for line in lines()})
    assert not [line for line in lines() if "flodhestefolk" in str(line) or "010190" in str(line)]
    assert "_granian" in {line["logger"] for line in lines()}
