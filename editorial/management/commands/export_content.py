"""manage.py export_content DIR [--since N]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.exporter import export
from content.models import ContentVersion
from editorial.revisions import changed_since


class Command(BaseCommand):
    help = "Write the published content as the Markdown files that load_content reads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument("--since", type=int, metavar="N", help="only what was published after content version N")

    def handle(self, *args: Any, **options: Any) -> None:
        since: int | None = options["since"]
        version = ContentVersion.current()
        try:
            count = export(options["dir"], None if since is None else changed_since(since))
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename}: {error.strerror}.") from None
        self.stdout.write(f"{count} records in {options['dir']}, of content version {version}")
