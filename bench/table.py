"""The results as text."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

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


def print_engines(results: Mapping[str, Mapping[str, Any]]) -> None:
    """A line for each search with the milliseconds of server time, the first time a query comes and the next time."""
    heads = ("p50", "p95", "p99", "p50", "p95", "p99", "s/1000", "MB/1000")
    print(f"\n{'':48}{'first time, ms':>24}{'again, ms':>24}{'index':>16}")
    print(f"{'':48}" + "".join(f"{head:>8}" for head in heads))
    for engine, result in results.items():
        thousands = result["documents"] / 1000
        for name, label in (("ours", "Hjemvej, the whole page"), ("stock", "stock, ten hits")):
            own = result[name]
            cells = [
                f"{_percentile(own[time], percent):.1f}" for time in ("first", "again") for percent in (50, 95, 99)
            ]
            cells += [f"{own['index seconds'] / thousands:.2f}", f"{own['megabytes'] / thousands:.2f}"]
            title = f"{engine} {result['documents']:,}: {label}"
            print(f"{title:48}" + "".join(f"{cell:>8}" for cell in cells))


def _percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) * percent // 100, len(ordered) - 1)]
