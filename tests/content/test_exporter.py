"""manage.py export_content: the database gives back the files that it was loaded from, byte for byte."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from content.exporter import export
from content.loader import load
from content.store import record_of, save_record
from library.models import Record
from tests.content.trees import TERM, write_tree


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


@pytest.mark.usefixtures("content")
def test_all_real_content_comes_back_byte_for_byte(tmp_path: Path) -> None:
    call_command("export_content", str(tmp_path))

    assert files(tmp_path) == files(settings.CONTENT_DIR)


@pytest.mark.usefixtures("content")
def test_the_columns_say_what_the_texts_say() -> None:
    for row in Record.objects.all():
        record = record_of(row)
        assert (row.title, row.summary) == (record.fields["title"], record.fields.get("summary", ""))


@pytest.mark.usefixtures("no_content")
def test_an_edit_reaches_the_files_and_comes_back_from_them(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    record = record_of(Record.objects.get(slug="herberg"))
    save_record(replace(record, body="En helt ny tekst."))

    export(tmp_path)
    report = load(tmp_path)

    assert (tmp_path / TERM).read_text().endswith("---\nEn helt ny tekst.\n")
    assert not (report.updated)
    assert not (report.kept)


@pytest.mark.usefixtures("no_content")
def test_the_file_of_a_record_that_is_gone_is_removed_and_other_files_stay(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    stray, note = tmp_path / "glossary" / "gammelt.md", tmp_path / "LÆSMIG.md"
    stray.write_text("gammelt")
    note.write_text("bliver")

    export(tmp_path)

    assert not stray.exists()
    assert note.exists()
