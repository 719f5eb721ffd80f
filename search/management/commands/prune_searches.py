"""Deletes counts of searches that have been kept long enough. Counting does it too, wherever there is searching."""

from typing import Any

from django.core.management.base import BaseCommand

from search.models import KEPT_DAYS, SearchCount


class Command(BaseCommand):
    help = f"Deletes counts of searches older than {KEPT_DAYS} days; to be run daily."

    def handle(self, *args: Any, **options: Any) -> None:
        count, _ = SearchCount.objects.expired().delete()
        self.stdout.write(f"Counts of searches deleted: {count}")
