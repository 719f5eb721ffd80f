"""The part "load": searches with filters under eight clients, and a mixed load for a minute, on both databases."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from statistics import mean

from bench import client, servers
from bench.client import Outcome
from bench.mix import Mix
from bench.scenarios import Effort
from bench.servers import Server
from bench.sites import Environment, Sites
from bench.table import Finding, Note, Ratio, Times
from scripts.console import say

CLIENTS = 8
SEARCH_SECONDS = 10
# First the caches are filled, for what fills them is no leak: with so many requests, three in ten of which become kept
# pages of their own; on a slow machine, for so many seconds. The memory of a process stops growing at about five times
# as many, on PostgreSQL.
WARM_REQUESTS = 60_000
WARM_SECONDS = 120
MIXED_SECONDS = 60
# So long, at the beginning and at the end, memory is measured.
WINDOW_SECONDS = 10
_MOST_REQUESTS = 400_000


def measure(sites: Sites, _effort: Effort) -> list[Finding]:
    findings: list[Finding] = []
    for engine, environment in (("SQLite", sites.on_disk), ("PostgreSQL", sites.in_postgres)):
        findings += _searches(engine, environment) + _mixed(engine, environment)
    return [
        *findings,
        Note(
            f"(e) searches with and without filters, each asked once, page cache off. (f) 70 % pages, 20 % searches, "
            f"10 % API for {MIXED_SECONDS} s, page cache on and full. PostgreSQL shares the client's processor."
        ),
    ]


def _searches(engine: str, environment: Environment) -> list[Finding]:
    findings: list[Finding] = []
    with servers.running({**environment, "PAGE_CACHE": "0"}) as server:
        requests = [client.request(address) for address in Mix(server.port).searches()]
        client.load(server.port, requests[-200:], 2, 1)  # what is loaded once belongs to no search
        for count in (1, CLIENTS):
            outcome = client.load(server.port, requests, SEARCH_SECONDS, count)
            findings += _times(f"(e) search, {engine}, connections: {count}", outcome)
    return findings


def _mixed(engine: str, environment: Environment) -> list[Finding]:
    with servers.running({**environment, "PAGE_CACHE": "1"}) as server:
        requests = Mix(server.port).mixed(_MOST_REQUESTS)
        rest = requests[_warm(server, requests) :]
        say(f"  mixed load on {engine} for {MIXED_SECONDS} s")
        with _memory_of(server) as samples:
            outcome = client.load(server.port, rest, MIXED_SECONDS, CLIENTS)
    first, last = mean(samples[:WINDOW_SECONDS]), mean(samples[-WINDOW_SECONDS:])
    name = f"(f) memory of the worker, {engine}, last {WINDOW_SECONDS} s ÷ first"
    return [
        *_times(f"(f) mixed load, {engine}, connections: {CLIENTS}", outcome),
        Ratio(name, last, first, "MB", last / first, at_most=1.02),
    ]


def _warm(server: Server, requests: Sequence[bytes]) -> int:
    """Fill the caches of `server` with the first of `requests`; gives how many."""
    asked, deadline = 0, time.monotonic() + WARM_SECONDS
    while asked < WARM_REQUESTS and time.monotonic() < deadline:
        asked += client.load(server.port, requests[asked:], 5, CLIENTS).count
    return asked


def _times(name: str, outcome: Outcome) -> list[Finding]:
    """The row, and what went wrong, where something did."""
    if not outcome.errors:
        return [Times(name, outcome)]
    return [Times(name, outcome), Note(f"{name}: the answers were {dict(outcome.statuses)} (0: no answer).")]


@contextmanager
def _memory_of(server: Server) -> Iterator[list[float]]:
    """A list that grows by the server's memory each second."""
    samples: list[float] = []
    over = threading.Event()

    def sample() -> None:
        while not over.wait(1):
            samples.append(server.megabytes())

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        over.set()
        thread.join()
