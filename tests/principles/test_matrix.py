"""The table of principles and guidelines: its numbers are those of the database, and lead to what they count."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Guideline, Instruction
from principles.matrix import Cell, build_matrix
from principles.models import Principle

pytestmark = pytest.mark.usefixtures("content")


def test_every_cell_counts_the_instructions_of_its_guideline_and_principle() -> None:
    table = build_matrix()
    for _, lines in table.blocks:
        for line in lines:
            for principle, cell in zip(table.principles, line.cells, strict=True):
                words = Instruction.objects.filter(guideline=line.guideline["pk"], principles=principle).values_list(
                    "obligation", flat=True
                )
                assert sorted(cell.signs) == sorted(words)


@pytest.mark.parametrize("obligation", ["", "skal", "boer", "kan"])
def test_totals_count_each_instruction_once_per_guideline_and_per_principle(obligation: str) -> None:
    table = build_matrix(obligation)
    wanted = Instruction.objects.filter(obligation=obligation) if obligation else Instruction.objects.all()
    assert table.total == wanted.count()
    for _, lines in table.blocks:
        assert all(line.total == wanted.filter(guideline=line.guideline["pk"]).count() for line in lines)
    for principle, cell in zip(table.principles, table.totals, strict=True):
        assert cell.total == wanted.filter(principles=principle).count()


def test_every_guideline_has_a_row_under_its_theme_and_every_principle_a_column() -> None:
    table = build_matrix()
    rows = [line.guideline["pk"] for _, lines in table.blocks for line in lines]
    assert rows == list(Guideline.objects.order_by("theme__number", "number").values_list("pk", flat=True))
    assert len(table.principles) == Principle.objects.count()


def test_a_guideline_without_instructions_of_the_kind_keeps_its_row() -> None:
    table = build_matrix("kan")
    without = Guideline.objects.exclude(instructions__obligation="kan")
    totals = {line.guideline["pk"]: line.total for _, lines in table.blocks for line in lines}
    assert without
    assert all(totals[guideline.pk] == 0 for guideline in without)


def test_a_cell_leads_to_exactly_the_instructions_that_it_counts(client: Client) -> None:
    for obligation in ("", "skal"):
        table = build_matrix(obligation)
        cells = [cell for _, lines in table.blocks[:1] for line in lines for cell in line.cells if cell.total]
        assert cells
        for cell in (*cells, *table.totals[:2]):
            assert client.get(cell.url).context["count"] == cell.total


def test_the_table_says_in_words_what_its_signs_show(client: Client) -> None:
    page = client.get("/principper/matrix/").content.decode()
    first = build_matrix().blocks[0][1][0].cells[0]
    assert f'<span class="sr-only">{", ".join(first.words)}</span>' in page
    assert page.count('scope="row"') == Guideline.objects.count() + 1


def test_the_table_shows_one_obligation_alone(client: Client) -> None:
    page = client.get("/principper/matrix/?forpligtelse=kan").content.decode()
    table = page[page.index("<table") : page.index("</table>")]
    assert 'class="pip kan"' in table
    assert 'class="pip skal"' not in table
    assert 'href="?forpligtelse=kan" aria-current="true"' in page


def test_an_unknown_obligation_is_told_and_shows_all(client: Client) -> None:
    response = client.get("/principper/matrix/?forpligtelse=maaske")
    assert "Her er alle." in response.content.decode()
    assert response.context["matrix"].total == Instruction.objects.count()


def test_a_cell_names_only_what_it_has() -> None:
    assert Cell({"skal": 2, "kan": 1}, "").words == ["2 skal", "1 kan"]
    assert Cell({}, "").words == []


def test_the_table_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get("/principper/matrix/?forpligtelse=skal")
