"""manage.py restore FILE [--check]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from operations.backup.errors import BackupError
from operations.backup.manifest import Manifest
from operations.backup.restoring import check, restore


class Command(BaseCommand):
    help = "Fill an empty installation with a backup: verified first, and all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--check", action="store_true", help="only verify the file, on any installation")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if options["check"]:
                self._say("whole", path, check(path))
                return
            restored = restore(path)
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{error.filename or path}: {error.strerror}.") from None
        self._say("restored", path, restored.manifest)
        self.stdout.write(f"The content version is now {restored.content_version}.")
        for remark in restored.remarks:
            self.stderr.write(remark)

    def _say(self, what: str, path: Path, manifest: Manifest) -> None:
        rows = sum(part.rows for part in manifest.tables)
        self.stdout.write(
            f"{path} is {what}: {rows} rows and {len(manifest.images)} images, made {manifest.made_at:%Y-%m-%d %H:%M} "
            f"UTC at content version {manifest.content_version}"
        )
        for name in manifest.missing:
            self.stderr.write(f"warning: the image {name} was missing when the backup was made.")
