"""manage.py export_content DIR"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.exporter import export


class Command(BaseCommand):
    help = "Write the published content as the Markdown files that load_content reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = export(options["dir"])
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename}: {error.strerror}.") from None
        self.stdout.write(f"{count} records in {options['dir']}")
