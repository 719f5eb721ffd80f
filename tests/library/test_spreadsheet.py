"""CSV files: what stands in a cell comes out of it again, and a spreadsheet never calculates it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.spreadsheet import cell, csv_response, csv_text, plain_text

SIGNS = "=+-@\t\r"
CELLS = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+45 12 34",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("http://x";"y")',
        " =1",
        "\n=1",
        "＝1",
        "\xa0=1",
    ],
)
def test_what_a_spreadsheet_would_calculate_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Skal", "§ 110, stk. 2", "a=b", "1-2", "»=«"])
def test_plain_words_are_left_alone(text: str) -> None:
    assert cell(text) == text


@given(rows=st.lists(st.lists(CELLS | CELLS.map(lambda text: f"={text}"), min_size=2, max_size=4), max_size=5))
def test_every_cell_comes_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    found = read(csv_text(["a", "b"], rows))
    assert found[0] == ["a", "b"]
    assert [[value.removeprefix("'") for value in row] for row in found[1:]] == [
        [value.removeprefix("'") for value in row] for row in rows
    ]
    assert not [value for row in found for value in row if value.lstrip(" \n").startswith(tuple(SIGNS))]


def test_the_file_is_one_that_excel_reads_with_danish_letters() -> None:
    response = csv_response("proeve", ["æ"], [["ø;å"]])
    assert response.content == '\ufeffæ\r\n"ø;å"\r\n'.encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="proeve.csv"'


def test_html_becomes_words_that_do_not_run_together() -> None:
    assert plain_text("<p>Børn &amp; unge</p><p>og <b>fa</b>milie</p>") == "Børn & unge og familie"
