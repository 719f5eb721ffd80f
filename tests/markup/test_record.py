"""From a file to a record: what is read, and every mistake that an author is told about."""

from datetime import date

import pytest

from markup.kinds import Kind
from markup.problems import ContentError, Problem
from markup.record import Record, dump, parse, read

TERM = """---
title: Opholdsplan
aliases: [opholdsplanen, plan for opholdet]
summary: "Boformens plan: hvad der arbejdes med."
sources: [nr-2020]
---

Planen begynder ved optagelsen.
"""


def problems_of(text: str | bytes, path: str = "glossary/opholdsplan.md") -> list[Problem]:
    with pytest.raises(ContentError) as error:
        parse(text, path)
    return error.value.problems


def found(text: str | bytes, path: str = "glossary/opholdsplan.md") -> list[tuple[str, int | None, str]]:
    return [(problem.code, problem.line, problem.key) for problem in problems_of(text, path)]


def test_a_file_gives_its_fields_and_its_text() -> None:
    record = parse(TERM, "glossary/opholdsplan.md")

    assert record == Record(
        Kind.GLOSSARY,
        "opholdsplan",
        {
            "title": "Opholdsplan",
            "aliases": ["opholdsplanen", "plan for opholdet"],
            "summary": "Boformens plan: hvad der arbejdes med.",
            "sources": ["nr-2020"],
        },
        "Planen begynder ved optagelsen.",
    )
    assert record.line_of("aliases") == 3
    assert record.offset == 7


def test_a_guideline_takes_theme_number_and_name_from_its_path() -> None:
    path = "guidelines/boligindsatser/03-fra-bolig-til-hjem.md"
    text = "---\ntitle: Hjem\nsummary: Kort.\nprinciples: [1]\nactors: [boformer]\n---\nTekst.\n"

    record = parse(text, path)

    assert (record.theme, record.number, record.slug) == ("boligindsatser", 3, "fra-bolig-til-hjem")
    assert record.path == path


def test_an_act_has_provisions_and_dated_changes() -> None:
    text = """---
title: Lov om social service
short_title: serviceloven
aliases: [serviceloven]
url: https://www.retsinformation.dk/eli/lta/2025/1129
provisions:
  - number: "110"
    heading: Boformer
    summary: Ophold på boform.
changes:
  - date: 2023-10-01
    provision: "110"
    summary: Målgruppen afgrænses.
    source: ft-l64-2023
---
"""
    record = parse(text, "laws/serviceloven.md")

    assert record.fields["provisions"] == [{"number": "110", "heading": "Boformer", "summary": "Ophold på boform."}]
    assert record.fields["changes"][0]["date"] == date(2023, 10, 1)
    assert record.line_of("changes.1") == 11
    assert dump(record) == text


def test_windows_line_ends_and_a_byte_order_mark_make_no_difference() -> None:
    windows = b"\xef\xbb\xbf" + TERM.replace("\n", "\r\n").encode()

    assert parse(windows, "glossary/opholdsplan.md") == parse(TERM, "glossary/opholdsplan.md")


def test_letters_made_of_two_signs_become_one() -> None:
    text = TERM.replace("Opholdsplan", "Pa\u030a").replace("Planen", "A\u030aret")
    record = parse(text, "glossary/opholdsplan.md")

    assert record.fields["title"] == "På"
    assert record.body.startswith("Året")


def test_the_canonical_text_is_in_order_on_one_line_each_and_quoted_only_where_needed() -> None:
    record = Record(
        Kind.GLOSSARY,
        "x",
        {
            "sources": ["nr-2020"],
            "summary": "Kort:  med kolon\nog to linjer",
            "title": 'Støtte "i" hjemmet',
            "aliases": ["no", "a, b", "æble #1", "2020-01-01", "c"],
            "review": "",
        },
        "\n\nTekst.  \r\n\r\nMere.\n\n",
    )

    assert dump(record) == (
        '---\ntitle: Støtte "i" hjemmet\n'
        'aliases: ["no", "a, b", "æble #1", "2020-01-01", c]\n'
        'summary: "Kort: med kolon og to linjer"\n'
        "sources: [nr-2020]\n---\nTekst.\n\nMere.\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ingen felter.\n", [("no_front_matter", 1, "")]),
        ("---\ntitle: X\n", [("unclosed_front_matter", 1, "")]),
        ("---\n---\n", [("missing_field", 2, "title"), ("missing_field", 2, "summary")]),
        ("---\n- a\n- b\n---\n", [("not_a_mapping", 2, "")]),
        ("---\ntitle: X\nsummary: en: to\n---\n", [("bad_yaml", 3, "")]),
        ("---\ntitle: X\nsummary: 'åben\n---\n", [("bad_yaml", 3, "")]),
        ("---\ntitle: X\ntitle: Y\nsummary: Z\n---\n", [("duplicate_key", 3, "title")]),
        ("---\ntitle: X\nsummary: Z\nfarve: rød\n---\n", [("unknown_key", 4, "farve")]),
        ("---\ntitle: X\nsummary:\n---\n", [("missing_field", 2, "summary")]),
        ('---\ntitle: " "\nsummary: Z\n---\n', [("missing_field", 2, "title")]),
        # YAML reads these three as a boolean, a number and a date
        ("---\ntitle: yes\nsummary: Z\n---\n", [("not_text", 2, "title")]),
        ("---\ntitle: 110\nsummary: Z\n---\n", [("not_text", 2, "title")]),
        ("---\ntitle: X\nsummary: Z\naliases: [2020-01-01]\n---\n", [("not_text", 4, "aliases")]),
        ("---\ntitle: [X]\nsummary: Z\n---\n", [("wrong_type", 2, "title")]),
        ("---\ntitle: X\nsummary: Z\naliases: en\n---\n", [("wrong_type", 4, "aliases")]),
        ("---\ntitle: X\nsummary: Z\nsources: [Ikke en slug]\n---\n", [("wrong_type", 4, "sources")]),
        ("---\ntitle: X\nsummary: Z\naliases: [a, b, a]\n---\n", [("duplicate_value", 4, "aliases")]),
        (f"---\ntitle: {'x' * 401}\nsummary: Z\n---\n", [("value_too_long", 2, "title")]),
        ("---\ntitle: X\nsummary: Z\n---\n\n# Titel\n", [("top_heading", 6, "")]),
        ("---\ntitle: X\nsummary: Z\n---\n\nTitel\n=====\n", [("underlined_heading", 7, "")]),
        ("---\ntitle: X\nsummary: Z\n---\nEn <b>fed</b> tekst\n", [("raw_html", 5, ""), ("raw_html", 5, "")]),
        ("---\ntitle: X\nsummary: Z\n---\na\n\n<!-- skjult -->\n", [("raw_html", 7, "")]),
        ("---\ntitle: X\nsummary: Z\n---\nen\x07klokke\n", [("control_character", 5, "")]),
        ("---\ntitle: X\nsummary: Z\n---\nen\ufeffklokke\n", [("control_character", 5, "")]),
        (b"---\ntitle: X\nsummary: Z\n---\nsm\xf8r\n", [("bad_utf8", 5, "")]),
        # nested too deep for any parser: an error, never a crash
        (f"---\ntitle: {'[' * 5000}\n---\n", [("bad_yaml", 2, "")]),
    ],
)
def test_a_mistake_is_reported_with_its_line_and_field(
    text: str | bytes, expected: list[tuple[str, int | None, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("noget/x.md", "unknown_folder"),
        ("x.md", "unknown_folder"),
        ("guidelines/01-x.md", "unknown_folder"),
        ("glossary/dybere/x.md", "unknown_folder"),
        ("glossary/Store Bogstaver.md", "bad_file_name"),
        ("glossary/æble.md", "bad_file_name"),
        ("glossary/x.txt", "bad_file_name"),
        ("principles/uden-nummer.md", "bad_file_name"),
        ("principles/00-nul.md", "bad_file_name"),
    ],
)
def test_a_file_in_the_wrong_place_is_reported(path: str, code: str) -> None:
    assert problems_of(TERM.replace("aliases", "summary2"), path)[0].code == code


def test_all_mistakes_of_a_file_are_reported_at_once_in_order() -> None:
    text = "---\ntitel: X\nsummary: 12\n---\n# Top\n\n<script>\n"

    assert [code for code, _, _ in found(text)] == [
        *("unknown_key", "missing_field", "not_text", "top_heading", "raw_html")
    ]


def test_entries_of_an_act_are_checked_one_by_one() -> None:
    text = """---
title: Lov
short_title: loven
aliases: [loven]
url: retsinformation.dk
provisions:
  - number: 110
    heading: Boformer
  - nummer: "85 a"
changes:
  - date: 2023-13-01
    summary: Nyt.
---
"""
    assert set(found(text, "laws/loven.md")) == {
        ("wrong_type", 5, "url"),
        ("missing_field", 7, "provisions.1.summary"),
        ("unknown_key", 9, "provisions.2.nummer"),
        ("missing_field", 9, "provisions.2.number"),
        ("missing_field", 9, "provisions.2.heading"),
        ("missing_field", 9, "provisions.2.summary"),
        ("wrong_type", 11, "changes.1.date"),
    }


def test_of_a_list_each_value_may_be_so_long_and_a_year_has_four_digits() -> None:
    text = f"---\ntitle: X\nsummary: Z\nkind: metode\nyear: 20260\ntags: [{'x' * 100}, {'y' * 101}]\n---\n"

    assert found(text, "resources/x.md") == [("wrong_type", 5, "year"), ("value_too_long", 6, "tags")]


def test_what_is_too_long_is_kept_for_the_author_to_shorten() -> None:
    record, problems = read(f"---\ntitle: {'x' * 401}\nsummary: Z\n---\n", "glossary/x.md")

    assert record is not None
    assert record.fields["title"] == "x" * 401
    assert problems[0].message("da") == "der er 401 tegn, og der må højst være 400"


def test_a_value_outside_a_closed_list_is_reported_with_the_list() -> None:
    text = "---\ntitle: X\nsummary: Z\nkind: forening\n---\n"

    (problem,) = problems_of(text, "actors/x.md")

    assert problem.code == "unknown_choice"
    assert "civilsamfund" in problem.cure("da")


def test_html_is_allowed_where_it_is_shown_as_code_and_addresses_in_angles_are_no_html() -> None:
    body = "Skriv `<b>` eller se <https://www.social.dk/> ved < 18 år og \\<i>."
    text = f"---\ntitle: X\nsummary: Z\n---\n{body}\n"

    assert parse(text, "glossary/x.md").body == body


def test_a_problem_reads_as_path_line_key_message_and_cure() -> None:
    (problem,) = problems_of("---\ntitle: yes\nsummary: Z\n---\n")

    assert str(problem) == (
        'glossary/opholdsplan.md:2: title: yes is read as something else than text. Put it in quotes: "yes".'
    )
    assert problem.cure("da") == 'Sæt det i anførselstegn: "yes".'
