"""Lists and records: the same as the database, whole, in a fixed number of queries."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from content.models import ContentVersion
from guidelines.models import Actor, Basis, Guideline, Instruction, Situation, Theme
from library.models import Act, Citation, GlossaryTerm, Provision, Record, Resource, Source
from principles.models import Principle
from tests.api.asking import ROOT, ask

pytestmark = pytest.mark.usefixtures("content")

LISTS: dict[str, type[Record]] = {
    "/themes": Theme,
    "/guidelines": Guideline,
    "/principles": Principle,
    "/actors": Actor,
    "/acts": Act,
    "/glossary": GlossaryTerm,
    "/resources": Resource,
    "/situations": Situation,
    "/sources": Source,
}
# Themes have no address of their own: what they hold stands in the list.
RECORDS = {path: model for path, model in LISTS.items() if model is not Theme}


@pytest.mark.parametrize(("path", "model"), LISTS.items())
def test_a_list_has_every_record_of_its_kind_once(path: str, model: type[Record]) -> None:
    data = ask(f"{path}?limit=500")

    slugs = [row["slug"] for row in data["results"]]
    assert sorted(slugs) == sorted(model.objects.values_list("slug", flat=True))
    assert data["count"] == len(slugs)


@pytest.mark.parametrize("path", [*LISTS, "/instructions"])
def test_a_list_can_be_read_in_parts(path: str) -> None:
    whole = ask(f"{path}?limit=500")["results"]
    first, second = ask(f"{path}?limit=3"), ask(f"{path}?limit=3&offset=3")

    assert [*first["results"], *second["results"]] == whole[:6]
    assert (second["limit"], second["offset"], second["count"]) == (3, 3, len(whole))
    assert ask(f"{path}?offset={len(whole)}")["results"] == []


@pytest.mark.parametrize("path", [*LISTS, "/instructions"])
def test_a_long_list_costs_no_more_queries_than_a_short_one(
    path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ask(f"{path}?limit=1")  # what is asked once in a process
    with django_assert_max_num_queries(14) as short:
        ask(f"{path}?limit=2")
    with django_assert_max_num_queries(len(short)):
        ask(f"{path}?limit=500")


@pytest.mark.parametrize(("path", "model"), RECORDS.items())
def test_a_record_is_given_whole(path: str, model: type[Record]) -> None:
    for record in model.objects.all():
        data = ask(f"{path}/{record.slug}")

        assert data["text"] == record.text
        assert (data["html"], data["sections"]) == (record.html, record.sections)
        assert (data["title"], data["review"]) == (record.title, record.review)
        assert data["url"] == f"{settings.SITE_URL}{record.address}"
        assert data["changed_at"][:10] == record.changed_at.date().isoformat()


@pytest.mark.parametrize("path", ["/guidelines/boligfastholdelse", "/situations/fogeden-kommer", "/acts/serviceloven"])
def test_a_record_costs_few_queries(path: str, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    ask(path)
    with django_assert_max_num_queries(14):
        ask(f"{path}?")


def test_a_guideline_has_its_instructions_with_all_that_they_rest_on() -> None:
    for guideline in Guideline.objects.all():
        instructions = ask(f"/guidelines/{guideline.slug}")["instructions"]

        expected = list(guideline.instructions.order_by("position"))
        assert [row["identifier"] for row in instructions] == [row.identifier for row in expected]
        assert [row["obligation"] for row in instructions] == [row.obligation for row in expected]
        assert [row["html"] for row in instructions] == [row.html for row in expected]
        assert [len(row["bases"]) for row in instructions] == [row.bases.count() for row in expected]


def test_what_the_law_demands_says_where_in_the_law() -> None:
    demanded = ask("/instructions?forpligtelse=skal&limit=500")["results"]

    assert demanded
    assert all(any(basis["provision"] for basis in row["bases"]) for row in demanded)


def test_a_provision_has_the_instructions_that_rest_on_it_and_the_texts_that_name_it() -> None:
    for provision in Provision.objects.select_related("act"):
        data = ask(f"/provisions/{provision.act.slug}/{provision.key}")

        resting = {
            str(basis.instruction.identifier) for basis in provision.bases.select_related("instruction__guideline")
        }
        assert {row["identifier"] for row in data["instructions"]} == resting
        assert len(data["citations"]) == Citation.objects.filter(provision=provision).count()
        assert (data["html"], data["text"]) == (provision.html, provision.act.text)


def test_an_act_has_its_provisions_and_its_changes() -> None:
    for act in Act.objects.all():
        data = ask(f"/acts/{act.slug}")

        assert [row["key"] for row in data["provisions"]] == list(
            act.provisions.order_by("position").values_list("key", flat=True)
        )
        assert len(data["amendments"]) == act.amendments.count()
        assert data["external_url"] == act.url


def test_a_situation_has_its_instructions_in_the_order_in_which_to_read_them() -> None:
    for situation in Situation.objects.all():
        steps = [step.instruction.identifier for step in situation.steps.order_by("position")]
        assert [row["identifier"] for row in ask(f"/situations/{situation.slug}")["instructions"]] == steps


def test_a_source_and_an_actor_have_the_instructions_that_name_them() -> None:
    source = Basis.objects.exclude(source=None).select_related("source")[0].source
    assert source
    resting = [row["identifier"] for row in ask(f"/sources/{source.slug}")["instructions"]]
    assert len(resting) == source.bases.count()

    acting = ask("/actors/boformer")["instructions"]
    assert len(acting) == Instruction.objects.filter(actors__slug="boformer").count()


@pytest.mark.parametrize(
    "question",
    [
        "forpligtelse=skal&forpligtelse=kan",
        "tema=forebyggelse",
        "princip=7",
        "aktoer=boformer",
        "lov=serviceloven:110",
        "q=udsættelse",
        "retningslinje=boligfastholdelse&forpligtelse=boer",
    ],
)
def test_the_filters_of_instructions_are_those_of_the_finder(question: str, client: Client) -> None:
    page = client.get(f"/anvisninger/?{question}")
    data = ask(f"/instructions?{question}&limit=500")

    assert 0 < data["count"] < Instruction.objects.count()
    assert data["count"] == len(data["results"]) == page.context["count"]
    assert data["unknown"] == []


def test_a_value_that_no_filter_knows_is_left_out_and_named() -> None:
    data = ask("/instructions?tema=findes-ikke&forpligtelse=skal")

    assert data["unknown"] == ["findes-ikke"]
    assert data["count"] == ask("/instructions?forpligtelse=skal")["count"]


def test_the_root_says_what_this_is_and_leads_on() -> None:
    data = ask("/")

    assert "ikke den officielle ordlyd" in data["description"]
    assert data["is_official"] is False
    assert data["content_version"] == ContentVersion.current() > 0
    for link in data["links"].values():
        assert link.startswith(f"{settings.SITE_URL}{ROOT}/")
        ask(link.removeprefix(f"{settings.SITE_URL}{ROOT}"))
