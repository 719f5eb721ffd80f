"""manage.py rebuild_index"""

import time
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.documents import Type
from search.engines import get_engine
from search.engines.base import IndexBusy


class Command(BaseCommand):
    help = "Make the search index anew from the database. Readers use the old one until the new one is ready."

    def handle(self, *args: Any, **options: Any) -> None:
        engine, started = get_engine(), time.monotonic()
        try:
            count = engine.rebuild(self._progress)
        except IndexBusy as error:
            raise CommandError(f"{error}. Try again when it is done.") from None
        except OSError as error:
            raise CommandError(f"The index could not be written: {error.strerror}. The old one is kept.") from None
        types = Counter(facts.type for facts in engine.opened().facts().values())
        for type_ in Type:
            self.stdout.write(f"{types[type_]:6} {type_.plural.lower()}")
        seconds = time.monotonic() - started
        self.stdout.write(f"{count:6} documents at content version {engine.version()}, in {seconds:.1f} s")

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty() and (done == total or done % 50 == 0):
            self.stdout.write(f"\r{done} of {total} documents", ending="\n" if done == total else "")
            self.stdout.flush()
