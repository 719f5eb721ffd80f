"""manage.py backup FILE [--force]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from operations.backup.errors import BackupError
from operations.backup.making import make


class Command(BaseCommand):
    help = "Write records, history, accounts and images into one new file, while the site is in use."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--force", action="store_true", help="replace FILE if it is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            made = make(path, force=options["force"])
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"Cannot write {error.filename or path}: {error.strerror}.") from None
        except DatabaseError as error:
            raise CommandError(f"The database could not be read to the end: {error}".splitlines()[0]) from None
        for name in made.missing:
            self.stderr.write(f"warning: the image {name} has no file, or a damaged one; the backup lacks it.")
        self.stdout.write(
            f"{path}: {made.rows} rows and {made.images} images, at content version {made.content_version}"
        )
