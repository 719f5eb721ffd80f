"""The results as text."""

from collections.abc import Mapping, Sequence
from statistics import median

from bench.client import Outcome
from bench.scenarios import SEARCHES, Result, Scenario


def print_ratios(scenarios: Sequence[Scenario], results: Sequence[Sequence[Result]], before: Sequence[float]) -> None:
    """A line for each scenario; its ratios are to the first one, taken in each round and then their median."""
    heads = ("req/s", "ratio", "target", "CPU µs", "ratio", "before", "after")
    print(f"{'':36}" + "".join(f"{head:>8}" for head in heads))
    for scenario, own, megabytes in zip(scenarios, results, before, strict=True):
        pairs = list(zip(own, results[0], strict=True))
        cells = (
            f"{median(result.rate for result in own):.0f}",
            f"{median(result.rate / bare.rate for result, bare in pairs):.2f}",
            f">={scenario.target}" if scenario.target else "",
            f"{median(result.cpu for result in own) * 1e6:.0f}",
            f"{median(bare.cpu / result.cpu for result, bare in pairs):.2f}",
            f"{megabytes:.0f}",
            f"{scenario.server.megabytes():.0f}",
        )
        print(f"{scenario.name:36}" + "".join(f"{cell:>8}" for cell in cells))


def print_searches(outcomes: Mapping[int, Outcome]) -> None:
    """A line for each number of connections, with the milliseconds that searches took."""
    heads = ("req/s", "p50 ms", "p95 ms", "p99 ms", "not 200")
    print(f"\n{f'search: {len(SEARCHES)} queries, no page cache':36}" + "".join(f"{head:>8}" for head in heads))
    for count, outcome in outcomes.items():
        latencies = [f"{outcome.percentile(percent):.1f}" for percent in (50, 95, 99)]
        cells = (f"{outcome.rate:.0f}", *latencies, str(outcome.count - outcome.statuses[200]))
        print(f"{f'connections: {count}':36}" + "".join(f"{cell:>8}" for cell in cells))
