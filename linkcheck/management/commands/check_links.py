"""manage.py check_links [--max-age DAYS] [--delay SECONDS] [--timeout SECONDS]"""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from linkcheck.asking import Asker, Pace
from linkcheck.checking import OfflineError, check
from linkcheck.dead import dead_links
from linkcheck.models import Outcome


class Command(BaseCommand):
    help = "Ask whether the addresses that the texts lead to still answer, and list the dead ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--max-age", type=float, default=7, metavar="DAYS", help="leave out what is fresher (7)")
        parser.add_argument("--delay", type=float, default=1, metavar="SECONDS", help="peace for each host (1)")
        parser.add_argument("--timeout", type=float, default=15, metavar="SECONDS", help="for each step (15)")

    def handle(self, *args: Any, **options: Any) -> None:
        asker = self.asker(options["delay"], options["timeout"])
        try:
            counts = check(asker, timedelta(days=options["max_age"]))
        except OfflineError:
            raise CommandError("No server could be reached. Is this machine on the net? Nothing was changed.") from None
        for link in dead_links():
            titles = ", ".join(record.title for record in link.records)
            self.stdout.write(f"{link.url}\n    {link.finding} Siden {link.since:%d.%m.%Y}. Står i: {titles}")
        found = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome)
        self.stdout.write(f"{counts['asked']} addresses asked for; of all: {found}")

    def asker(self, delay: float, timeout: float) -> Asker:
        return Asker(Pace(delay), timeout)
