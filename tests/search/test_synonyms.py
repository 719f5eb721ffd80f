"""The editors' synonyms as a file, loaded and exported beside the records."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from content.exporter import export
from content.loader import load
from content.models import ContentVersion
from markup.problems import ContentError
from search.models import Synonym
from search.synonym_list import FILE, Line, dump, line, parse
from tests.content.trees import write_tree

LISTED = (settings.CONTENT_DIR / FILE).read_bytes()

# ---------- The file ----------


def test_the_list_that_comes_with_the_program_is_in_its_canonical_form() -> None:
    assert dump(parse(LISTED)) == LISTED
    assert len(parse(LISTED)) > 50


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))))
def test_what_is_written_is_what_is_read(rows: list[tuple[str, str, str]]) -> None:
    lines = {written.term: written for row in rows if (written := line(*row)).is_usable}

    assert {read.term: read for read in parse(dump(lines.values()))} == lines


def test_words_are_read_as_the_search_reads_them() -> None:
    assert line(" Sat  UD ", "Udsættelse, foged; sat") == Line("sat ud", "udsættelse foged sat")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("foged", "synonyms.tsv:1"),
        ("a\tb\n\nfoged\t\n", "synonyms.tsv:3"),
        ("et to tre fire fem seks syv\tord\n", "synonyms.tsv:1"),
        ("foged\tfoged\n", "synonyms.tsv:1"),
        ("foged\tudsættelse\nFoged\tret\n", "synonyms.tsv:2"),
        ("foged\tudsættelse\tnote\tmere\n", "synonyms.tsv:1"),
        (f"{'x' * 60} {'y' * 60}\tudsættelse\n", "synonyms.tsv:1"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(text: str, where: str) -> None:
    with pytest.raises(ContentError) as error:
        parse(text.encode())

    assert [str(problem).startswith(where) for problem in error.value.problems] == [True]


# ---------- Loading and exporting ----------


@pytest.fixture
def tree(no_content: None, tmp_path: Path) -> Path:
    Synonym.objects.all().delete()
    write_tree(tmp_path)
    (tmp_path / FILE).write_text("siges\tsøges også\tnote\nnattely\therberg\tEn note\nsovesal\therberg\n")
    return tmp_path


@pytest.mark.usefixtures("content")
def test_an_export_loaded_into_an_empty_database_gives_the_same_synonyms(tmp_path: Path) -> None:
    before = [row.line for row in Synonym.objects.all()]
    call_command("export_content", str(tmp_path))
    Synonym.objects.all().delete()

    load(tmp_path)

    assert (tmp_path / FILE).read_bytes() == LISTED
    assert [row.line for row in Synonym.objects.all()] == before


def test_loading_again_changes_nothing(tree: Path) -> None:
    load(tree)
    version = ContentVersion.current()
    report = load(tree)

    assert report.companions[FILE] == {"unchanged": 2}
    assert ContentVersion.current() == version


def test_a_changed_file_is_taken_and_published(tree: Path) -> None:
    load(tree)
    version = ContentVersion.current()
    (tree / FILE).write_text("nattely\therberg sove\n")
    report = load(tree)

    assert report.companions[FILE] == {"updated": 1, "deleted": 1}
    assert [row.line for row in Synonym.objects.all()] == [Line("nattely", "herberg sove")]
    assert ContentVersion.current() == version + 1


def test_what_an_editor_has_changed_or_made_is_kept_until_it_is_overwritten(tree: Path) -> None:
    load(tree)
    Synonym.objects.filter(term="nattely").update(means="gade")
    Synonym.objects.create(term="egen", means="herberg")
    (tree / FILE).write_text("nattely\tseng\n")

    assert load(tree).companions[FILE] == {"kept": 2, "deleted": 1}
    assert Synonym.objects.get(term="nattely").means == "gade"

    load(tree, overwrite=True)
    assert dict(Synonym.objects.values_list("term", "means")) == {"nattely": "seng", "egen": "herberg"}


def test_an_editors_change_that_was_exported_is_the_files(tree: Path) -> None:
    load(tree)
    Synonym.objects.filter(term="nattely").update(means="gade")
    export(tree)

    assert load(tree).companions[FILE] == {"unchanged": 2}
    assert b"nattely\tgade\tEn note\n" in (tree / FILE).read_bytes()


def test_checking_writes_nothing(tree: Path) -> None:
    assert load(tree, check=True).companions[FILE] == {"created": 2}
    assert not Synonym.objects.exists()


def test_a_faulty_line_keeps_everything_from_being_loaded(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / FILE).write_text("nattely\n")
    with pytest.raises(CommandError):
        call_command("load_content", str(tree))

    assert f"{FILE}:1: 'nattely' is no synonym" in capsys.readouterr().err
    assert not Synonym.objects.exists()


def test_without_synonyms_there_is_no_file(tree: Path) -> None:
    load(tree)
    Synonym.objects.all().delete()
    export(tree)

    assert not (tree / FILE).exists()
