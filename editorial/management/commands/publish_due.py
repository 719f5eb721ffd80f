"""manage.py publish_due: for a timer, as often as every minute, on as many nodes as there are."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from content.stored_pages import refresh
from editorial.publishing import publish_due


class Command(BaseCommand):
    help = (
        "Publish the approved texts whose day has come. What cannot be published goes back to its authors. "
        "Pages that look different from today on are made anew."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for revision, problem in publish_due(timezone.localdate()):
            if problem:
                self.stderr.write(f"{revision.path}: sent back. {problem}")
            else:
                self.stdout.write(f"{revision.path}: published")
        refresh()
