"""The table of principles and guidelines: its numbers are those of the database, and lead to what they count."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Guideline, Instruction
from principles.matrix import Cell, build_matrix, obligation_counts
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


def test_an_unknown_filter_is_told_and_shows_all(client: Client) -> None:
    response = client.get("/principper/matrix/?forpligtelse=maaske&aktoer=ingen")
    assert "Vi kender ikke »maaske«, »ingen«, så det er udeladt." in response.content.decode()
    assert response.context["matrix"].total == Instruction.objects.count()


@pytest.mark.parametrize("obligation", ["", "boer"])
def test_the_table_of_one_actor_counts_what_that_actor_has_to_follow(client: Client, obligation: str) -> None:
    table = build_matrix(obligation, "boformer")
    wanted = Instruction.objects.filter(actors__slug="boformer")
    if obligation:
        wanted = wanted.filter(obligation=obligation)
    assert table.total == wanted.count() > 0
    for _, lines in table.blocks:
        for line in lines:
            of_guideline = wanted.filter(guideline=line.guideline["pk"])
            assert line.total == of_guideline.count()
            for principle, cell in zip(table.principles, line.cells, strict=True):
                assert cell.total == of_guideline.filter(principles=principle).count()
    cell = next(cell for cell in table.totals if cell.total)
    assert client.get(cell.url).context["count"] == cell.total


def test_the_choice_of_actor_stays_when_the_obligation_changes_and_the_other_way_round(client: Client) -> None:
    page = client.get("/principper/matrix/?aktoer=boformer&forpligtelse=kan").content.decode()
    assert '<option value="boformer" selected>' in page
    assert 'href="?forpligtelse=skal&amp;aktoer=boformer"' in page
    assert '<input type="hidden" name="forpligtelse" value="kan">' in page


def test_the_form_may_send_an_empty_actor_for_all(client: Client) -> None:
    response = client.get("/principper/matrix/?aktoer=")
    assert not response.context["unknown"]
    assert response.context["matrix"].total == Instruction.objects.count()


def test_the_obligations_are_counted_for_the_chosen_actor() -> None:
    wanted = Instruction.objects.filter(actors__slug="boformer")
    assert obligation_counts("boformer") == {
        word: wanted.filter(obligation=word).count() for word in ("skal", "boer", "kan")
    }


def test_the_more_instructions_the_deeper_a_cell_is_shaded(client: Client) -> None:
    weights = [Cell({"skal": number}, "").weight for number in range(10)]
    assert weights == sorted(weights)
    assert (weights[0], weights[1], weights[9]) == (0, 1, 4)
    page = client.get("/principper/matrix/").content.decode()
    assert 'class="w4"' in page


def test_the_table_scrolls_in_a_box_that_the_keyboard_reaches_and_a_screen_reader_names(client: Client) -> None:
    page = client.get("/principper/matrix/").content.decode()
    assert '<div class="matrix-box" role="region" aria-labelledby="tabel" tabindex="0">' in page
    assert page.count('scope="col"') == Principle.objects.count() + 2
    assert page.count('scope="rowgroup"') == len(build_matrix().blocks)


@pytest.mark.parametrize("question", ["", "?forpligtelse=skal", "?aktoer=boformer"])
def test_the_file_of_the_table_has_the_same_numbers(client: Client, question: str) -> None:
    response = client.get(f"/principper/matrix.csv{question}")
    lines = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";")
    header, *rows = lines
    table = client.get(f"/principper/matrix/{question}").context["matrix"]
    assert header[:3] == ["tema", "retningslinje", "forpligtelse"]
    assert sum(int(row[-1]) for row in rows) == table.total
    for place, cell in enumerate(table.totals, start=3):
        assert sum(int(row[place]) for row in rows) == cell.total
    assert {row[2] for row in rows} == ({"Skal"} if "skal" in question else {"Skal", "Bør", "Kan"})


def test_a_cell_names_only_what_it_has() -> None:
    assert Cell({"skal": 2, "kan": 1}, "").words == ["2 skal", "1 kan"]
    assert Cell({}, "").words == []


def test_the_table_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get("/principper/matrix/?forpligtelse=skal")
