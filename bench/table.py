"""The results as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.client import Outcome

_WIDTH = 62


@dataclass(frozen=True)
class Ratio:
    """One thing measured against another.

    name: says both. this, that: the figures, in `unit`. ratio: this ÷ that, the median of all rounds. cpu: the same of
    the servers' processor time, turned so that more is better as it is with requests per second; None where it has not
    been measured. at_least, at_most: what is wished for.
    """

    name: str
    this: float
    that: float
    unit: str
    ratio: float
    cpu: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:g}"
        return f"<= {self.at_most:g}" if self.at_most is not None else ""

    @property
    def verdict(self) -> str:
        """Whether the ratio, as it is printed, is what was wished for."""
        if not self.target:
            return ""
        ratio = round(self.ratio, 2)
        low, high = self.at_least or 0, self.at_most if self.at_most is not None else ratio
        return "reached" if low <= ratio <= high else "MISSED"


@dataclass(frozen=True)
class Times:
    """How long one kind of request took under a number of connections."""

    name: str
    outcome: Outcome


@dataclass(frozen=True)
class Note:
    """What a reader of the tables must know, or why a part has not been measured."""

    text: str


Finding = Ratio | Times | Note


def print_findings(findings: Sequence[Finding]) -> None:
    """One table of all ratios, one of all times, and the notes."""
    ratios = [finding for finding in findings if isinstance(finding, Ratio)]
    times = [finding for finding in findings if isinstance(finding, Times)]
    if ratios:
        _print_line("", "this", "that", "", "ratio", "by CPU", "target", "")
    for ratio in ratios:
        cpu = f"{ratio.cpu:.2f}" if ratio.cpu is not None else ""
        figures = [_figure(figure) for figure in (ratio.this, ratio.that)]
        _print_line(ratio.name, *figures, ratio.unit, f"{ratio.ratio:.2f}", cpu, ratio.target, ratio.verdict)
    if times:
        _print_line("\n", "req/s", "p50 ms", "p95 ms", "p99 ms", "errors")
    for row in times:
        latencies = [f"{row.outcome.percentile(percent):.1f}" for percent in (50, 95, 99)]
        _print_line(row.name, _figure(row.outcome.rate), *latencies, str(row.outcome.errors))
    notes = [finding.text for finding in findings if isinstance(finding, Note)]
    print("\n" + "\n".join(notes) if notes else "", flush=True)


def _print_line(name: str, *cells: str) -> None:
    print(f"{name:{_WIDTH}}" + "".join(f"{cell:>9}" for cell in cells))


def _figure(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.2f}"


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
