"""manage.py load_content [DIR] [--check] [--overwrite]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from content.loader import Report, load
from editorial.revisions import drafts_of
from markup.kinds import FOLDERS
from markup.problems import ContentError, Problem


class Command(BaseCommand):
    help = "Load the Markdown files below DIR into the database: all of them, or none if one has an error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", nargs="?", type=Path, default=settings.CONTENT_DIR, metavar="DIR")
        parser.add_argument("--check", action="store_true", help="find every error, write nothing")
        parser.add_argument(
            "--overwrite", action="store_true", help="take the file where an editor has changed a record"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["dir"]
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        try:
            report = load(folder, overwrite=options["overwrite"], check=options["check"])
        except ContentError as error:
            for problem in error.problems:
                self.stderr.write(f"{folder}/{problem}")
            raise CommandError(f"{len(error.problems)} problem(s); nothing was stored.") from None
        self._report(report, checked_only=options["check"])

    def _warn(self, warnings: list[Problem], *, in_full: bool) -> None:
        """All of them where they were asked for, else how many: they are advice, and many."""
        if in_full:
            for problem in sorted(warnings, key=lambda problem: (problem.path, problem.line or 0)):
                self.stderr.write(f"warning: {problem}")
        elif warnings:
            self.stderr.write(f"{len(warnings)} warning(s); load_content --check lists them.")

    def _report(self, report: Report, *, checked_only: bool) -> None:
        self._warn(report.warnings, in_full=checked_only)
        names = ("created", "updated", "unchanged", "deleted", "kept")
        self.stdout.write("".join([f"{'':12}", *(f"{name:>10}" for name in names)]))
        for kind, folder in FOLDERS.items():
            counts = report.counts(kind)
            self.stdout.write("".join([f"{folder:12}", *(f"{counts[name]:>10}" for name in names)]))
        for path, counts in report.companions.items():
            self.stdout.write("".join([f"{path:12}", *(f"{counts[name]:>10}" for name in names)]))
        for kind, slug in report.kept:
            self.stdout.write(f"kept as an editor left it: {FOLDERS[kind]}/{slug} (--overwrite takes the file)")
        for draft in drafts_of([*report.updated, *report.deleted]):
            self.stdout.write(f"has a draft, to be merged with the file: {draft.path} ({draft.state})")
        if report.rendered_anew and not checked_only:
            self.stdout.write("The rendering has changed: every page was made anew.")
        if checked_only:
            self.stdout.write("Checked only; nothing was written.")
