"""manage.py relevance [FILE]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from search.relevance import DEPTH, Outcome, measure, read

DEFAULT = settings.BASE_DIR / "tests" / "search" / "judgements.tsv"
WEAK = 0.6


class Command(BaseCommand):
    help = "Measure the search with judged queries: nDCG@10, success@1, success@3, empty answers, and the weak queries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT, metavar="FILE")
        parser.add_argument("--all", action="store_true", help="show every query, not only the weak ones")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judgements = read(options["file"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from None
        report = measure(judgements)
        for outcome in sorted(report.outcomes, key=lambda outcome: outcome.ndcg):
            if options["all"] or outcome.ndcg < WEAK:
                self._show(outcome)
        self.stdout.write(
            f"{connection.vendor}: {len(judgements)} queries  nDCG@{DEPTH} {report.ndcg:.3f}"
            f"  success@1 {report.success(1):.3f}  success@3 {report.success(3):.3f}  empty {len(report.empty)}"
        )

    def _show(self, outcome: Outcome) -> None:
        wanted = " ".join(f"{slug}={grade}" for slug, grade in outcome.judgement.grades.items())
        self.stdout.write(f"{outcome.ndcg:.2f}  {outcome.judgement.query}\n      wanted {wanted}")
        self.stdout.write(f"      found  {' '.join(outcome.found[:DEPTH]) or 'nothing'}")
