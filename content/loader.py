"""Files → database: what a tree of Markdown files changes, and what it leaves to the editors."""

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction

from content.catalogue import Key, address_of
from content.checks import duplicates
from content.companions import COMPANIONS
from content.models import ContentVersion
from content.plan import key_of, make_plan
from content.rendering_version import rendering_version
from content.store import store
from content.stored_pages import refresh
from library.models import Record as RecordRow
from library.models import Tombstone
from markup.guideline import split, with_anchors
from markup.kinds import Kind
from markup.problems import ContentError, Problem
from markup.record import Record, dump, parse


@dataclass
class Report:
    """What a load did or, when only checking, would do, by (kind, slug).

    kept: records that an editor has changed, made or taken out, where the files say something else.
    companions: the same of the files that hold no records, as numbers.
    """

    created: list[Key] = field(default_factory=list)
    updated: list[Key] = field(default_factory=list)
    unchanged: list[Key] = field(default_factory=list)
    deleted: list[Key] = field(default_factory=list)
    kept: list[Key] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    rendered_anew: bool = False
    companions: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def changes_companions(self) -> bool:
        return any(counts[name] for counts in self.companions.values() for name in ("created", "updated", "deleted"))

    def counts(self, kind: Kind) -> Counter[str]:
        """How many records of one kind were created, updated, unchanged, deleted, kept."""
        names = ("created", "updated", "unchanged", "deleted", "kept")
        return Counter({name: sum(key[0] is kind for key in getattr(self, name)) for name in names})


def read_tree(folder: Path) -> list[Record]:
    """All records below `folder`, instructions with anchors. Raises `ContentError` with the problems of all files,
    those without records included."""
    records: list[Record] = []
    problems: list[Problem] = []
    companions = {folder / companion.path: companion for companion in COMPANIONS}
    for path in sorted(folder.rglob("*")):
        if path.is_dir() or path.name.startswith("."):
            continue
        try:
            if companion := companions.get(path) or companions.get(path.parent):
                companion.check(path)
                continue
            record = parse(path.read_bytes(), path.relative_to(folder).as_posix())
            if record.kind is Kind.GUIDELINE:
                split(record.body, record.path, record.offset)
                record = replace(record, body=with_anchors(record.body))
            records.append(record)
        except ContentError as error:
            problems += error.problems
    problems += duplicates(records)
    if not records and not problems:
        problems.append(Problem("no_records", str(folder)))
    if problems:
        raise ContentError(problems)
    return records


def load(folder: Path, *, overwrite: bool = False, check: bool = False) -> Report:
    """Make the database say what the files below `folder` say, except where an editor has changed a record since.

    overwrite: take the file even there. check: find every problem, write nothing.
    Raises `ContentError` with all errors, and then has stored nothing.
    """
    records = read_tree(folder)
    with transaction.atomic():
        report = Report(rendered_anew=_rendered_otherwise())
        incoming = _compare(records, report, overwrite)
        for companion in COMPANIONS:
            counts = companion.load(folder / companion.path, overwrite=overwrite, check=check)
            report.companions[companion.path] = counts
        if check:
            report.warnings = make_plan(incoming, report.deleted, render_all=True).warnings
            transaction.set_rollback(True)
        elif incoming or report.deleted or report.rendered_anew or report.changes_companions:
            report.warnings = store(incoming, report.deleted, from_files=True, render_all=report.rendered_anew)
            ContentVersion.objects.update(rendering=rendering_version())
    if not check:
        refresh()
    return report


def _rendered_otherwise() -> bool:
    """Whether the stored HTML was made by another version of the rendering than the one running."""
    version = ContentVersion.objects.first()
    return version is not None and version.rendering != rendering_version()


def _compare(records: list[Record], report: Report, overwrite: bool) -> list[Record]:
    """Sort the files' records and the database's into `report`; the ones to be stored come back."""
    rows = {(Kind(row.kind), row.slug): row for row in RecordRow.objects.defer("html", "sections")}
    # Whoever takes a record out gives a reason, which the absence of a file does not have.
    withdrawn = set(Tombstone.objects.exclude(reason="").values_list("address", flat=True))
    incoming = []
    for record in records:
        key = key_of(record)
        row = rows.pop(key, None)
        if row is None and address_of(record) in withdrawn and not overwrite:
            report.kept.append(key)
        elif row is None:
            report.created.append(key)
            incoming.append(record)
        elif (row.text, row.number, row.address) == (dump(record), record.number, address_of(record)):
            report.unchanged.append(key)
        elif row.is_edited and not overwrite:
            report.kept.append(key)
        else:
            report.updated.append(key)
            incoming.append(record)
    for key, row in rows.items():
        # What no file ever held is an editor's own, and no file's absence takes it away.
        is_editors = not row.loaded_hash or (row.is_edited and not overwrite)
        (report.kept if is_editors else report.deleted).append(key)
    return incoming
