"""What is measured: requests to a server, and the outcome that they must have to count."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bench import client
from bench.servers import Server

# What caseworkers and planners type: law references, whole words, compounds, several words.
SEARCHES = (
    "§ 110",
    "serviceloven § 85 a",
    "handleplan",
    "hjemløshedsindsats",
    "udskrivning fra psykiatrien",
    "unge",
    "løsladelse",
    "skæve boliger",
    "housing first",
    "udsættelse af lejere",
    "samarbejde mellem kommune og boligorganisation",
    "misbrug",
    "anvisningsret",
    "opsøgende arbejde",
    "mentor",
    "kvinder",
)


@dataclass(frozen=True)
class Result:
    """rate: requests per second. cpu: the server's processor seconds for each."""

    rate: float
    cpu: float


@dataclass(frozen=True)
class Scenario:
    """`requests` to `server`, all of which must answer `status`. target: the ratio to the first scenario wished for."""

    name: str
    server: Server
    requests: Sequence[bytes]
    status: int
    target: float | None = None

    def run(self, seconds: float, clients: int) -> Result:
        """One measurement; a wrong status ends the benchmark, for its numbers would mean nothing."""
        used = self.server.cpu_seconds()
        outcome = client.load(self.server.port, self.requests, seconds, clients)
        if set(outcome.statuses) != {self.status}:
            raise SystemExit(f"{self.name}: answered {dict(outcome.statuses)}, not {self.status} alone.")
        return Result(outcome.rate, (self.server.cpu_seconds() - used) / outcome.count)


def search_requests() -> list[bytes]:
    return [client.request(f"/soeg/?q={quote(query)}") for query in SEARCHES]
