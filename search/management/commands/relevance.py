"""manage.py relevance [FILE]"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from search import stock
from search.collecting import collect
from search.relevance import DEPTH, Judgement, Outcome, Report, measure, read

DEFAULT = settings.BASE_DIR / "tests" / "search" / "judgements.tsv"
WEAK = 0.6
_OURS = {"sqlite": "Hjemvej on Whoosh", "postgresql": "Hjemvej on PostgreSQL"}
_STOCK = ", stock"
_HEAD = f"{'':38}{'queries':>8}{f'nDCG@{DEPTH}':>9}{'succ@1':>8}{'succ@3':>8}{'empty':>7}"

# Name of a search → what it found.
Reports = Mapping[str, Report]


class Command(BaseCommand):
    help = (
        "Measure the search with judged queries, beside the stock search of the engine that this database has. "
        "`make relevance` does so for both engines in one run."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT, metavar="FILE")
        parser.add_argument("--all", action="store_true", help="show every query, not only the weak ones")
        parser.add_argument("--save", type=Path, metavar="FILE", help="keep what was found there, and print nothing")
        parser.add_argument("--beside", type=Path, metavar="FILE", help="print what was kept there first")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judgements = read(options["file"])
            earlier = _loaded(options["beside"], judgements) if options["beside"] else {}
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        ours = {_OURS[connection.vendor]: measure(judgements)}
        with stock.finding(collect()) as (name, find):
            baselines = {f"{name}{_STOCK}": measure(judgements, find)}
        if options["save"]:
            _save(options["save"], {**ours, **baselines})
            return
        reports = {**earlier, **ours, **baselines}
        different = _different(reports)
        for name, report in different.items():
            if not name.endswith(_STOCK):
                self._show_queries(name, report, every=options["all"])
        for name, report in different.items():
            self.stdout.write(f"\n{name}, by kind\n{_HEAD}")
            for kind, own in report.of_kinds().items():
                self._show(kind or "(no kind)", own)
        self.stdout.write(f"\nAll queries\n{_HEAD}")
        for name, report in reports.items():
            self._show(name, report)

    def _show_queries(self, name: str, report: Report, *, every: bool) -> None:
        shown = [outcome for outcome in report.outcomes if every or outcome.ndcg < WEAK]
        self.stdout.write(f"\n{name}: {'all queries' if every else f'{len(shown)} queries below {WEAK}'}\n")
        for outcome in sorted(shown, key=lambda outcome: outcome.ndcg):
            wanted = " ".join(f"{slug}={grade}" for slug, grade in outcome.judgement.grades.items())
            self.stdout.write(f"{outcome.ndcg:.2f}  {outcome.judgement.query}\n      wanted {wanted}")
            self.stdout.write(f"      found  {' '.join(outcome.found[:DEPTH]) or 'nothing'}")

    def _show(self, name: str, report: Report) -> None:
        figures = f"{report.ndcg:9.3f}{report.success(1):8.3f}{report.success(3):8.3f}{len(report.empty):7}"
        self.stdout.write(f"{name:38}{len(report.outcomes):8}{figures}")


def _different(reports: Reports) -> Reports:
    """`reports` without those that found what an earlier one did, in the same order; their names stand together."""
    names: dict[tuple[tuple[str, ...], ...], str] = {}
    found: dict[str, Report] = {}
    for name, report in reports.items():
        lists = tuple(outcome.found for outcome in report.outcomes)
        before = names.get(lists)
        names[lists] = f"{before} and {name} alike" if before else name
        found[names[lists]] = found.pop(before) if before else report
    return found


def _save(path: Path, reports: Reports) -> None:
    found = {name: {one.judgement.query: one.found for one in report.outcomes} for name, report in reports.items()}
    path.write_text(json.dumps(found), encoding="utf-8")


def _loaded(path: Path, judgements: list[Judgement]) -> Reports:
    """What `_save` kept, for the same judgements."""
    kept: dict[str, dict[str, list[str]]] = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: Report([Outcome(judgement, tuple(found.get(judgement.query, ()))) for judgement in judgements])
        for name, found in kept.items()
    }
