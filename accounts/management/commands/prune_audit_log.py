"""Entries of the audit log are kept for two years."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.append_only import KEPT_DAYS
from accounts.models import AuditEntry


class Command(BaseCommand):
    help = f"Removes entries of the audit log that are older than {KEPT_DAYS} days. Run it daily."

    def handle(self, *args: Any, **options: Any) -> None:
        # A minute more than must be, for the clocks of database and program may differ.
        oldest = timezone.now() - timedelta(days=KEPT_DAYS, minutes=1)
        removed, _ = AuditEntry.objects.filter(at__lt=oldest).delete()
        self.stdout.write(f"Entries removed: {removed}")
