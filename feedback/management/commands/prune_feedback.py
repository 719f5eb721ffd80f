"""Deletes readers' replies that have been kept long enough."""

from typing import Any

from django.core.management.base import BaseCommand

from feedback.models import KEPT_DAYS, Reply


class Command(BaseCommand):
    help = f"Deletes readers' replies older than {KEPT_DAYS} days; to be run daily."

    def handle(self, *args: Any, **options: Any) -> None:
        count, _ = Reply.objects.expired().delete()
        self.stdout.write(f"Replies deleted: {count}")
