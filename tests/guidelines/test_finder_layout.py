"""How the instruction finder orders and groups what it finds, and what stands in the file of it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from content.models import ContentVersion
from guidelines.models import Guideline, Instruction, Situation
from library.danish import sort_key
from principles.models import Principle

pytestmark = pytest.mark.usefixtures("content")


def groups(client: Client, question: str) -> list[tuple[str, list[Instruction]]]:
    """(heading, instructions) of the whole list, page by page."""
    found: list[tuple[str, list[Instruction]]] = []
    number = 1
    while True:
        response = client.get(f"/anvisninger/?{question}&side={number}")
        for group in response.context["groups"]:
            if found and found[-1][0] == group.title:
                found[-1][1].extend(group.instructions)
            else:
                found.append((group.title, list(group.instructions)))
        if not response.context["page"].has_next():
            return found
        number += 1


def rows_of(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_instructions_stand_under_their_guidelines_unless_asked_otherwise(client: Client) -> None:
    expected = Guideline.objects.filter(instructions__isnull=False).distinct().order_by("theme__number", "number")
    assert [heading for heading, _ in groups(client, "")] == list(expected.values_list("title", flat=True))


def test_instructions_stand_under_each_of_their_principles(client: Client) -> None:
    found = groups(client, "gruppe=princip&tema=boligindsatser")
    for principle in Principle.objects.filter(instructions__guideline__theme__slug="boligindsatser").distinct():
        shown = dict(found)[f"{principle.number} {principle.title}"]
        wanted = Instruction.objects.filter(principles=principle, guideline__theme__slug="boligindsatser")
        assert [instruction.pk for instruction in shown] == [row.pk for row in wanted.in_reading_order()]


def test_of_principles_that_are_asked_for_only_those_become_headings(client: Client) -> None:
    found = groups(client, "gruppe=princip&princip=7")
    assert [heading for heading, _ in found] == ["7 Systematisk dokumentation og kvalitetssikring"]


def test_instructions_stand_under_each_of_their_actors_and_lead_to_them(client: Client) -> None:
    response = client.get("/anvisninger/?gruppe=aktoer&retningslinje=boligfastholdelse")
    counted = sum(len(group.instructions) for group in response.context["groups"])
    ties = Instruction.actors.through.objects.filter(instruction__guideline__slug="boligfastholdelse")
    assert counted == ties.count() > response.context["count"]
    assert '<h2><a href="/aktoerer/' in response.content.decode()
    assert "En anvisning kan stå flere steder" in response.content.decode()


def test_one_list_can_be_ordered_by_title_in_danish(client: Client) -> None:
    [(heading, shown)] = groups(client, "gruppe=ingen&ordning=titel")
    titles = [instruction.title for instruction in shown]
    assert heading == ""
    assert titles == sorted(titles, key=sort_key)
    assert len(titles) == Instruction.objects.count()


def test_one_list_can_be_ordered_by_obligation(client: Client) -> None:
    [(_, shown)] = groups(client, "gruppe=ingen&ordning=forpligtelse")
    words = [instruction.obligation for instruction in shown]
    assert words == sorted(words, key=["skal", "boer", "kan"].index)


def test_ordered_by_law_what_rests_on_none_stands_last(client: Client) -> None:
    [(_, shown)] = groups(client, "gruppe=ingen&ordning=lov")
    first = []
    for instruction in shown:
        provisions = [basis.provision for basis in instruction.bases.all() if basis.provision]
        places = [(sort_key(found.act.short_title), found.position) for found in provisions]
        first.append(min(places, default=("~", 0)))
    assert first == sorted(first)
    assert first[-1] == ("~", 0)


def test_without_headings_a_row_names_its_guideline(client: Client) -> None:
    page = client.get("/anvisninger/?gruppe=ingen&retningslinje=boligfastholdelse").content.decode()
    assert page.count('Fra <a href="/retningslinjer/boligindsatser/boligfastholdelse/">') > 1


def test_the_layout_stays_when_the_question_changes(client: Client) -> None:
    page = client.get("/anvisninger/?gruppe=princip&ordning=lov&aktoer=boformer").content.decode()
    assert '<input type="hidden" name="gruppe" value="princip">' in page
    assert '<input type="hidden" name="ordning" value="lov">' in page
    assert 'href="/anvisninger.csv?aktoer=boformer&amp;ordning=lov&amp;gruppe=princip"' in page
    assert 'href="?aktoer=boformer&amp;ordning=titel&amp;gruppe=princip"' in page


@pytest.mark.parametrize("question", ["gruppe=x&ordning=y", "gruppe=&ordning=", "gruppe=tema"])
def test_an_unknown_layout_is_the_usual_one(client: Client, question: str) -> None:
    assert groups(client, question) == groups(client, "")


def test_a_long_list_under_principles_loses_nothing(client: Client) -> None:
    shown = {instruction.pk for _, members in groups(client, "gruppe=princip") for instruction in members}
    assert len(shown) == Instruction.objects.count()


def test_the_file_holds_the_same_selection_each_instruction_once(client: Client) -> None:
    rows = rows_of(client.get("/anvisninger.csv?aktoer=boformer&forpligtelse=skal&gruppe=princip"))
    expected = Instruction.objects.filter(actors__slug="boformer", obligation="skal").in_reading_order()
    assert [row["id"] for row in rows] == [instruction.identifier for instruction in expected]


def test_a_line_of_the_file_says_all_about_its_instruction(client: Client) -> None:
    instruction = Instruction.objects.for_list().filter(bases__provision__isnull=False)[0]
    rows = rows_of(client.get(f"/anvisninger.csv?retningslinje={instruction.guideline.slug}"))
    row = next(row for row in rows if row["id"] == instruction.identifier)
    assert row["forpligtelse"] == instruction.get_obligation_display()
    assert row["titel"] == instruction.title
    assert row["retningslinje"] == instruction.guideline.title
    assert row["tema"] == instruction.guideline.theme.title
    assert row["aktører"] == " | ".join(actor.title for actor in instruction.actors.all())
    assert row["adresse"] == f"http://127.0.0.1:8000{instruction.get_absolute_url()}"
    assert row["indholdsversion"] == str(ContentVersion.current())
    assert "§" in row["lovgrundlag"]
    assert row["tekst"]
    assert "<" not in row["tekst"]


def test_an_instruction_that_begins_like_a_formula_is_text_in_the_file(client: Client) -> None:
    instruction = Instruction.objects.filter(guideline__slug="boligfastholdelse")[0]
    Instruction.objects.filter(pk=instruction.pk).update(title="=HYPERLINK(1)")
    rows = rows_of(client.get("/anvisninger.csv?retningslinje=boligfastholdelse"))
    assert "'=HYPERLINK(1)" in [row["titel"] for row in rows]


def test_a_situation_leads_to_its_instructions_in_the_finder(client: Client) -> None:
    situation = Situation.objects.all()[0]
    question = f"/anvisninger/?situation={situation.slug}"
    assert f'href="{question}"' in client.get(situation.address).content.decode()
    assert client.get(question).context["count"] == situation.instructions.count() > 0


@pytest.mark.parametrize("address", ["/anvisninger/?gruppe=aktoer&ordning=lov", "/anvisninger.csv"])
def test_layouts_and_files_ask_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_max_num_queries(12):
        client.get(address)
