"""Every wording can be filled in, in both languages, and the code that reports a problem gives what it needs."""

import ast
import re
import string
from pathlib import Path

import pytest

import markup
from markup.kinds import Kind
from markup.problem_texts import WORDINGS
from markup.problems import ContentError, Problem

CODES = sorted(WORDINGS)


@pytest.mark.parametrize("code", CODES)
def test_both_languages_ask_for_the_same_parameters(code: str) -> None:
    wording = WORDINGS[code]
    english = {name for _, name, _, _ in string.Formatter().parse(wording.message_en + wording.cure_en) if name}
    danish = {name for _, name, _, _ in string.Formatter().parse(wording.message_da + wording.cure_da) if name}

    # Danish may leave out an explanation that it words by itself, but never needs more.
    assert danish <= english | {"key"}
    assert wording.cure_en.endswith(".")
    assert wording.cure_da.endswith(".")


def test_every_code_that_the_program_reports_has_a_wording() -> None:
    root = Path(markup.__file__).parent
    sources = "\n".join(path.read_text() for path in [*root.glob("*.py"), *(root.parent / "content").rglob("*.py")])
    reported = set(re.findall(r'(?:Problem|_report|\.report|_problem)\(\s*(?:record, )?"([a-z_0-9]+)"', sources))

    assert len(reported) > 20
    assert reported <= set(CODES)


def test_a_kind_is_named_in_the_language_of_the_reader() -> None:
    problem = Problem("unknown_slug", "x.md", 3, "actors", {"kind": Kind.ACTOR, "value": "byen"})

    assert problem.message("en") == "there is no actor 'byen'"
    assert problem.message("da") == "der findes ingen aktør »byen«"


def test_braces_in_what_the_author_wrote_do_no_harm() -> None:
    problem = Problem("top_heading", "x.md", 1, "", {"line": "# {x} {0}"})

    assert "# {x} {0}" in str(problem)


def test_the_field_of_a_problem_is_the_first_part_of_its_key() -> None:
    assert Problem("missing_field", key="provisions.3.number").field == "provisions"
    assert Problem("raw_html").field == ""


def test_an_error_lists_all_its_problems() -> None:
    error = ContentError(Problem("no_front_matter", f"{name}.md", 1) for name in "ab")

    assert [line.split(":")[0] for line in str(error).splitlines()] == ["a.md", "b.md"]


def test_the_tables_of_wordings_name_no_code_twice() -> None:
    trees = [ast.parse(path.read_text()) for path in Path(markup.__file__).parent.glob("*_texts.py")]
    keys = [
        key.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]

    assert len(keys) == len(set(keys)) == len(WORDINGS)
