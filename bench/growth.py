"""The part "growth": what a page takes with 10 and with 100 times the content, none kept in the page cache."""

import os
import random
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from statistics import median

from bench import client, servers
from bench.client import Outcome
from bench.mix import Mix
from bench.scenarios import Effort
from bench.servers import Server
from bench.sites import Environment, Sites
from bench.table import Finding, Note, Ratio
from scripts.console import ROOT, Stop, step
from scripts.environment import PYTHON

TIMES = (10, 100)
# So many different pages are asked for at each size, drawn from all that there are.
SAMPLE = 200
# Of each guideline, every time: one connection, for queueing is no part of the question.
_CLIENTS = 1
# Settings of the server → how a row names the page.
STORED: Mapping[str, str] = {"STORED_PAGES": "1"}
MADE: Mapping[str, str] = {"STORED_PAGES": "0"}


def measure(sites: Sites, effort: Effort) -> list[Finding]:
    environments = {1: sites.on_disk, **{times: _multiplied(sites, times) for times in TIMES}}
    findings: list[Finding] = []
    for settings, name, at_most in ((STORED, "page", 1.1), (MADE, "page made by its view", None)):
        results = _take_turns(environments, settings, effort)
        for times in TIMES:
            title = f"(g) {name}, p95: {times} times the content ÷ once"
            findings.append(_ratio(title, results[times], results[1], at_most))
    return [*findings, Note(f"(g) {SAMPLE} different guidelines, 1 connection, page cache off, SQLite.")]


def _multiplied(sites: Sites, times: int) -> Environment:
    environment = sites.copy(f"times-{times}")
    command = [str(PYTHON), "-m", "bench.records", str(times)]
    step(f"Making {times} times the content", command, env={**os.environ, **environment}, cwd=ROOT)
    return environment


def _take_turns(
    environments: Mapping[int, Environment], settings: Mapping[str, str], effort: Effort
) -> dict[int, list[Outcome]]:
    """The rounds of each size, by turns."""
    results: dict[int, list[Outcome]] = {times: [] for times in environments}
    with ExitStack() as stack:
        asked = {}
        for times, environment in environments.items():
            server = stack.enter_context(servers.running({**environment, **settings, "PAGE_CACHE": "0"}))
            asked[times] = (server, _sample(server))
        for number in range(effort.rounds + 1):
            for times, (server, requests) in asked.items():
                outcome = client.load(server.port, requests, effort.seconds, _CLIENTS)
                if outcome.errors:
                    raise Stop(f"{outcome.errors} pages of {times} times the content could not be had.")
                if number:  # the first round warms up
                    results[times].append(outcome)
    return results


def _sample(server: Server) -> Sequence[bytes]:
    guidelines = Mix(server.port).guidelines()
    drawn = random.Random(1).sample(guidelines, min(SAMPLE, len(guidelines)))
    return [client.request(address) for address in drawn]


def _ratio(name: str, large: Sequence[Outcome], small: Sequence[Outcome], at_most: float | None) -> Ratio:
    these, those = ([outcome.percentile(95) for outcome in outcomes] for outcomes in (large, small))
    ratio = median(this / that for this, that in zip(these, those, strict=True))
    return Ratio(name, median(these), median(those), "ms", ratio, at_most=at_most)
