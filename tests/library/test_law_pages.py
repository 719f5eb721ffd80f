"""Acts and provisions as readers see them."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Basis, Instruction
from library.models import Act, Amendment, Citation, GlossaryTerm, Provision

pytestmark = pytest.mark.usefixtures("content")


def test_the_list_of_acts_names_them_all_in_danish_order(client: Client) -> None:
    page = client.get("/love/").content.decode()
    places = [
        page.index(f'href="/love/{slug}/"') for slug in ("aktivloven", "barnets-lov", "serviceloven", "sundhedsloven")
    ]
    assert places == sorted(places)
    assert all(f'href="{act.address}"' in page for act in Act.objects.all())


def test_an_act_shows_every_paragraph_and_leads_to_the_official_text(client: Client) -> None:
    act = Act.objects.get(slug="serviceloven")
    page = client.get(act.address).content.decode()
    assert act.url in page
    for provision in act.provisions.all():
        assert f'href="{provision.get_absolute_url()}"' in page


def test_an_act_tells_how_many_instructions_rest_on_a_paragraph(client: Client) -> None:
    provision = Provision.objects.get(act__slug="serviceloven", key="110")
    skal = Instruction.objects.filter(bases__provision=provision, obligation="skal").distinct().count()
    response = client.get("/love/serviceloven/")
    shown = next(row for row in response.context["provisions"] if row.pk == provision.pk)
    assert shown.skal == skal > 0


def test_a_provision_lists_each_instruction_that_rests_on_it(client: Client) -> None:
    provision = Provision.objects.get(act__slug="serviceloven", key="110")
    page = client.get("/love/serviceloven/110/").content.decode()
    instructions = Instruction.objects.filter(bases__provision=provision).distinct()
    assert all(f'href="{instruction.get_absolute_url()}"' in page for instruction in instructions)
    assert f"{instructions.count()}\N{NO-BREAK SPACE}anvisninger" in page


def test_a_provision_sorts_its_instructions_by_stk(client: Client) -> None:
    page = client.get("/love/serviceloven/110/").content.decode()
    fifth = page[page.index('id="stk-5"') : page.index('id="stk-6"')]
    expected = Basis.objects.filter(provision__act__slug="serviceloven", provision__key="110", subsection="stk. 5")
    assert {basis.instruction.title for basis in expected} <= {
        title for title in Instruction.objects.values_list("title", flat=True) if title in fifth
    }


def test_a_stk_that_only_texts_name_has_its_place_and_says_where_it_is_named(client: Client) -> None:
    provision = Provision.objects.get(act__slug="serviceloven", key="110")
    term = GlossaryTerm.objects.get(slug="herberg")
    Citation.objects.create(source=term, provision=provision, subsection="stk. 17")
    page = client.get("/love/serviceloven/110/").content.decode()
    place = page[page.index('id="stk-17"') :]
    assert "Ingen anvisning bygger på stk." in place
    assert place.index(f'href="{term.address}"') < place.index("</div>")


def test_a_provision_leads_on_to_the_finder_the_act_and_its_neighbours(client: Client) -> None:
    page = client.get("/love/serviceloven/110/").content.decode()
    for address in (
        "/anvisninger/?lov=serviceloven:110",
        "/love/serviceloven/",
        "/love/serviceloven/109/",
        "/love/serviceloven/139/",
        "https://www.retsinformation.dk/eli/lta/2025/1129",
    ):
        assert f'href="{address}"' in page


def test_a_provision_shows_its_changes_with_danish_dates_and_their_source(client: Client) -> None:
    page = client.get("/love/serviceloven/110/").content.decode()
    change = Amendment.objects.get(provision__act__slug="serviceloven", provision__key="110")
    assert "1. oktober 2023" in page
    assert change.source is not None
    assert f'href="{change.source.address}"' in page


def test_a_provision_lists_the_glossary_terms_that_cite_it(client: Client) -> None:
    page = client.get("/love/serviceloven/110/").content.decode()
    terms = page[page.index('id="begreber"') :]
    assert GlossaryTerm.objects.get(slug="herberg").summary[:20] in terms


def test_a_bill_is_never_shown_as_law(client: Client) -> None:
    page = client.get("/love/serviceloven/85a/").content.decode()
    changes = page[page.index('id="aendringer"') : page.index('id="anvisninger"')]
    proposed = changes[changes.index("1. juli 2026") :]
    assert ">Foreslået</span>" in proposed[:300]


def test_the_caveat_of_an_act_stands_on_its_page_and_on_its_paragraphs(client: Client) -> None:
    act = Act.objects.get(slug="sundhedsloven")
    act.review = "Ordlyden af denne prøve er ikke set."
    act.save()
    provision = act.provisions.all()[0]
    for address in (act.address, provision.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Forbehold" in page
        assert act.review in page
    assert "Forbehold for sundhedsloven" in page


@pytest.mark.parametrize("address", ["/love/findes-ikke/", "/love/serviceloven/999/", "/love/findes-ikke/110/"])
def test_an_unknown_act_or_paragraph_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/love/", "/love/serviceloven/", "/love/serviceloven/110/"])
def test_pages_of_the_law_ask_few_questions_of_the_database(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_every_act_and_every_paragraph_has_a_page(client: Client) -> None:
    addresses = [*Act.objects.values_list("address", flat=True)]
    addresses += [provision.get_absolute_url() for provision in Provision.objects.select_related("act")]
    assert [address for address in addresses if client.get(address).status_code != 200] == []
