"""Files and database beside editing: what is exported, what a load leaves alone, and what it says of drafts."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from content.models import ContentVersion
from content.store import delete_record, save_record
from editorial.models import Revision, State
from editorial.revisions import open_revision
from guidelines.models import Guideline
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.record import Record
from tests.editorial.writing import changed, drafted, published, row_of, withdrawn

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")
NEW = Record(Kind.GLOSSARY, "noedovernatning", {"title": "Nødovernatning", "summary": "Et sted at sove."}, "Tekst.")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}


def test_the_export_is_what_is_published_and_no_draft(tmp_path: Path) -> None:
    published(changed(*TERM, summary="Offentliggjort resumé."))
    drafted(changed(*TERM, summary="Kladdens resumé."))
    drafted(NEW)
    call_command("export_content", str(tmp_path), stdout=StringIO())
    written = files(tmp_path)
    assert "Offentliggjort resumé." in written["glossary/herberg.md"].decode()
    assert len(written) == RecordRow.objects.count()


def test_what_was_edited_here_is_the_same_site_in_an_empty_database(tmp_path: Path) -> None:
    published(changed(*TERM, summary="Offentliggjort resumé."))
    published(NEW)
    before = {(row.kind, row.slug): (row.text, row.html, row.address) for row in RecordRow.objects.all()}
    call_command("export_content", str(tmp_path), stdout=StringIO())
    Guideline.objects.all().delete()
    RecordRow.objects.all().delete()
    Revision.objects.all().delete()
    call_command("load_content", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    assert {(row.kind, row.slug): (row.text, row.html, row.address) for row in RecordRow.objects.all()} == before


def test_since_a_version_only_what_changed_is_written_and_removed(tmp_path: Path) -> None:
    save_record(NEW)
    call_command("export_content", str(tmp_path), stdout=StringIO())
    version = ContentVersion.current()
    published(changed(*TERM, summary="Nyt resumé."))
    delete_record(NEW.kind, NEW.slug)
    before = files(tmp_path)
    (tmp_path / "sources" / "nr-2020.md").write_text("rettet i filen")
    out = StringIO()
    call_command("export_content", str(tmp_path), since=version, stdout=out)
    after = files(tmp_path)
    assert before.keys() - after.keys() == {"glossary/noedovernatning.md"}
    assert "Nyt resumé." in after["glossary/herberg.md"].decode()
    assert after["sources/nr-2020.md"] == b"rettet i filen"
    assert str(ContentVersion.current()) in out.getvalue()


def test_a_load_leaves_drafts_alone_and_names_those_that_must_be_merged(tmp_path: Path) -> None:
    drafted(changed(*TERM, summary="Kladdens resumé."))
    call_command("export_content", str(tmp_path), stdout=StringIO())
    path = tmp_path / "glossary" / "herberg.md"
    path.write_text(path.read_text().replace("summary: ", "summary: I filen: ", 1).replace("I filen: ", "Filens. ", 1))
    out = StringIO()
    call_command("load_content", str(tmp_path), stdout=out, stderr=StringIO())
    assert "glossary/herberg.md (draft)" in out.getvalue()
    draft = open_revision(*TERM)
    assert draft is not None
    assert "Kladdens resumé." in draft.text
    assert "Filens." in row_of(*TERM).text


def test_a_load_does_not_bring_back_what_was_taken_out_here(tmp_path: Path) -> None:
    save_record(NEW)
    call_command("export_content", str(tmp_path), stdout=StringIO())
    withdrawn(NEW.kind, NEW.slug, "Ordet bruges ikke mere.")
    out = StringIO()
    call_command("load_content", str(tmp_path), stdout=out, stderr=StringIO())
    assert "glossary/noedovernatning (--overwrite takes the file)" in out.getvalue()
    assert not RecordRow.objects.filter(slug=NEW.slug).exists()
    call_command("load_content", str(tmp_path), overwrite=True, stdout=out, stderr=StringIO())
    assert RecordRow.objects.filter(slug=NEW.slug).exists()


def test_overwriting_an_edited_text_with_its_file_is_in_the_history() -> None:
    published(changed(*TERM, summary="Rettet her."))
    call_command("load_content", str(settings.CONTENT_DIR), overwrite=True, stdout=StringIO(), stderr=StringIO())
    history = Revision.objects.public().of(*TERM)
    assert next((one.state, one.public_note) for one in history) == (State.PUBLISHED, "Teksten er opdateret")
    assert history.count() == 3
