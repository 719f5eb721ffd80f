"""Advice is listed where it was asked for and stops nothing; a number that may be a person's stops everything."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from library.models import Record
from tests.content import trees
from tests.content.trees import spoiled, write_tree

pytestmark = pytest.mark.usefixtures("no_content")

TOO_STRONG = spoiled(trees.GUIDELINE, "Et opkald er bedre", "Kommunen skal ringe. Et opkald er bedre")


def load(folder: Path, *options: str) -> str:
    """What the command writes about problems."""
    errors = StringIO()
    call_command("load_content", str(folder), *options, stdout=StringIO(), stderr=errors)
    return errors.getvalue()


def test_a_check_lists_the_advice_with_file_line_and_cure(tmp_path: Path) -> None:
    listed = load(write_tree(tmp_path, changed=TOO_STRONG), "--check")

    assert f"warning: {trees.GUIDELINE}:25: 'skal' in the Bør 'Ring til borgeren'. Name the provision" in listed
    assert not Record.objects.exists()


def test_a_check_lists_the_advice_on_files_that_are_loaded_already(tmp_path: Path) -> None:
    write_tree(tmp_path, changed=TOO_STRONG)
    load(tmp_path)

    assert "'skal' in the Bør" in load(tmp_path, "--check")


def test_a_load_stores_the_text_and_says_only_how_much_advice_there_is(tmp_path: Path) -> None:
    told = load(write_tree(tmp_path, changed=TOO_STRONG))

    assert told == "1 warning(s); load_content --check lists them.\n"
    assert Record.objects.filter(slug="hold-boligen").exists()


def test_a_text_without_fault_gives_no_advice(tmp_path: Path) -> None:
    assert load(write_tree(tmp_path), "--check") == ""


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        (spoiled(trees.THEME, "handler om boliger.", "handler om\n010190-1234."), f"{trees.THEME}:6:"),
        (spoiled(trees.THEME, "Om boliger.", "Om 0101901234."), f"{trees.THEME}:3: summary:"),
        (spoiled(trees.GUIDELINE, "økonomi]", "010190 1234]"), f"{trees.GUIDELINE}:6: tags:"),
    ],
)
def test_a_possible_cpr_number_stops_the_load_and_is_not_repeated(
    tmp_path: Path, changed: dict[str, str], place: str
) -> None:
    errors = StringIO()

    with pytest.raises(CommandError):
        call_command("load_content", str(write_tree(tmp_path, changed=changed)), stderr=errors)

    assert f"{place} there is what looks like a CPR number" in errors.getvalue()
    assert "1234" not in errors.getvalue()
    assert not Record.objects.exists()


def test_long_numbers_in_addresses_are_no_persons(tmp_path: Path) -> None:
    changed = spoiled(trees.SOURCE, "https://example.org/rapport", "https://example.org/0101901234")
    load(write_tree(tmp_path, changed=changed))

    assert Record.objects.filter(slug="rapport-2020").exists()


@pytest.mark.parametrize(
    "heading", ["## Ændret siden 2020", "## Sådan {#her}\n\n### Mere {#her}\n\n## Ændret siden 2020"]
)
def test_an_anchor_stands_at_one_heading_only(tmp_path: Path, heading: str) -> None:
    twice = heading if "{" in heading else f"{heading} {{#handl-straks}}"
    changed = spoiled(trees.GUIDELINE, "## Ændret siden 2020", twice)
    errors = StringIO()

    with pytest.raises(CommandError):
        call_command("load_content", str(write_tree(tmp_path, changed=changed)), stderr=errors)

    assert "is used twice" in errors.getvalue()
