"""Throughput: scenarios that take turns, and the ratio of one to another in each round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Protocol

from bench import wrk
from bench.table import Ratio
from scripts.console import Stop


class Measured(Protocol):
    """A server of any kind."""

    @property
    def origin(self) -> str: ...

    def cpu_seconds(self) -> float: ...


@dataclass(frozen=True)
class Effort:
    """How much is measured: `rounds` of so many `seconds` each, over `clients` connections."""

    rounds: int
    seconds: int
    clients: int


@dataclass(frozen=True)
class Result:
    """rate: requests per second. cpu: the server's processor seconds for each."""

    rate: float
    cpu: float


@dataclass(frozen=True)
class Scenario:
    """GET requests for `addresses`, in turn, to `server`, with `headers`."""

    server: Measured
    addresses: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)

    def run(self, effort: Effort) -> Result:
        """One measurement; an error ends the part, for its numbers would mean nothing."""
        used = self.server.cpu_seconds()
        load = wrk.load(self.server.origin, self.addresses, effort.seconds, effort.clients, self.headers)
        if load.failed or not load.requests:
            raise Stop(f"{load.failed} of {load.requests} requests to {self.addresses[0]} failed.")
        return Result(load.rate, (self.server.cpu_seconds() - used) / load.requests)


def take_turns(scenarios: Sequence[Scenario], effort: Effort) -> list[list[Result]]:
    """The results of each scenario, round by round, so that whatever else the machine does meets all of them."""
    results: list[list[Result]] = [[] for _ in scenarios]
    for number in range(effort.rounds + 1):
        for scenario, own in zip(scenarios, results, strict=True):
            result = scenario.run(effort)
            if number:  # the first round warms up
                own.append(result)
    return results


def ratio(name: str, this: Sequence[Result], that: Sequence[Result], at_least: float | None = None) -> Ratio:
    """`this` ÷ `that`, both in rounds as `take_turns` gives them."""
    rounds = list(zip(this, that, strict=True))
    return Ratio(
        name,
        median(result.rate for result in this),
        median(result.rate for result in that),
        "req/s",
        median(own.rate / other.rate for own, other in rounds),
        median(other.cpu / own.cpu for own, other in rounds),
        at_least=at_least,
    )
