"""Resources, glossary and sources as readers see them."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Basis
from library.models import GlossaryTerm, Link, Record, Resource, Source

pytestmark = pytest.mark.usefixtures("content")


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def listed(page: str, folder: str) -> set[str]:
    """The slugs that `page` links to below `folder`."""
    return set(re.findall(rf'href="/{folder}/([a-z0-9-]+)/"', page))


def test_all_resources_are_listed_under_their_kinds(client: Client) -> None:
    page = page_of(client, "/materialer/")
    assert listed(page, "materialer") == set(Resource.objects.values_list("slug", flat=True))
    assert all(resource.get_category_display() in page for resource in Resource.objects.all())


def test_resources_can_be_narrowed_by_principle_and_actor_together(client: Client) -> None:
    act = Resource.objects.get(slug="act")
    principle, actor = act.principles.all()[0], act.actors.all()[0]
    page = page_of(client, f"/materialer/?princip={principle.slug}&aktoer={actor.slug}")
    expected = Resource.objects.filter(principles=principle).filter(actors=actor)
    assert listed(page, "materialer") == set(expected.values_list("slug", flat=True))


def test_several_values_of_one_filter_widen_it(client: Client) -> None:
    first, second = Resource.objects.get(slug="act").guidelines.all()[:2]
    page = page_of(client, f"/materialer/?retningslinje={first.slug}&retningslinje={second.slug}")
    expected = Resource.objects.filter(guidelines__in=[first, second]).distinct()
    assert listed(page, "materialer") == set(expected.values_list("slug", flat=True))


def test_the_number_at_a_choice_is_what_one_gets_by_choosing_it(client: Client) -> None:
    actor = Resource.objects.get(slug="act").actors.all()[0]
    facets = client.get(f"/materialer/?aktoer={actor.slug}").context["facets"]
    choices = {choice.slug: choice.count for choice in facets[0].choices}
    for slug, count in choices.items():
        page = page_of(client, f"/materialer/?aktoer={actor.slug}&princip={slug}")
        assert len(listed(page, "materialer")) == count


def test_an_unknown_filter_value_is_named_and_left_out(client: Client) -> None:
    page = page_of(client, "/materialer/?princip=findes-ikke&aktoer=%00%3Cb%3E")
    assert "»findes-ikke«" in page
    assert "<b>»" not in page
    assert len(listed(page, "materialer")) == Resource.objects.count()


def test_a_resource_leads_to_what_it_belongs_to_and_to_its_publisher(client: Client) -> None:
    resource = Resource.objects.get(slug="act")
    page = page_of(client, resource.address)
    assert resource.url in page
    for related in (
        *resource.guidelines.all(),
        *resource.principles.all(),
        *resource.actors.all(),
        *resource.sources.all(),
    ):
        assert f'href="{related.address}"' in page


def test_a_guideline_that_names_a_resource_is_listed_on_its_page(client: Client) -> None:
    resource = Resource.objects.filter(used_by__isnull=False)[0]
    page = page_of(client, resource.address)
    assert all(f'href="{guideline.address}"' in page for guideline in resource.used_by.all())


def test_the_glossary_lists_all_terms_by_letter_in_danish_order(client: Client) -> None:
    page = page_of(client, "/begreber/")
    slugs = re.findall(r'<dt><a href="/begreber/([a-z0-9-]+)/"', page)
    assert slugs == list(GlossaryTerm.objects.order_by("sort_key").values_list("slug", flat=True))
    assert 'id="bogstav-h"' in page


def test_a_term_shows_its_meaning_other_words_and_where_it_is_used(client: Client) -> None:
    term = GlossaryTerm.objects.get(slug="herberg")
    page = page_of(client, term.address)
    assert term.aliases[0] in page
    assert all(f'href="{source.address}"' in page for source in term.sources.all())
    users = Record.objects.filter(pk__in=Link.objects.filter(target=term).values("source")).exclude(pk=term.pk)
    assert users
    assert all(f'href="{record.address}"' in page for record in users)


def test_all_sources_are_listed_and_ordered_by_title(client: Client) -> None:
    page = page_of(client, "/kilder/")
    slugs = re.findall(r'<h3><a href="/kilder/([a-z0-9-]+)/"', page)
    assert slugs == list(Source.objects.order_by("sort_key", "slug").values_list("slug", flat=True))


def test_sources_can_be_ordered_by_publisher(client: Client) -> None:
    page = page_of(client, "/kilder/?orden=udgiver")
    assert re.search(r"<h2>Ankestyrelsen</h2>", page)
    assert len(listed(page, "kilder")) == Source.objects.count()


@pytest.mark.parametrize("query", ["ankestyrelsen", "ANKESTYRELSEN", "ankestyrelsen 2021"])
def test_sources_are_found_by_the_words_of_title_publisher_and_year(client: Client, query: str) -> None:
    page = page_of(client, f"/kilder/?q={query}")
    assert "ankestyrelsen-boliger-2021" in listed(page, "kilder")
    assert len(listed(page, "kilder")) < Source.objects.count()


def test_upper_case_danish_letters_find_lower_case_ones(client: Client) -> None:
    lower, upper = page_of(client, "/kilder/?q=udsættelse"), page_of(client, "/kilder/?q=UDSÆTTELSE")
    assert listed(lower, "kilder") == listed(upper, "kilder") != set()


@pytest.mark.parametrize("query", ["%00", "a" * 5000, "%22%3Cscript%3E", "%F0%9F%8F%A0", "orden=baglaens&q=x", "&q="])
def test_any_text_gives_a_plain_list_of_sources(client: Client, query: str) -> None:
    page = page_of(client, f"/kilder/?q={query}")
    assert "<script>" not in page


def test_a_search_without_hits_leads_to_the_search_of_the_whole_site(client: Client) -> None:
    page = page_of(client, "/kilder/?q=xyzzy")
    assert 'href="/soeg/?q=xyzzy"' in page


def test_a_source_shows_every_instruction_that_builds_on_it(client: Client) -> None:
    source = Basis.objects.filter(source__isnull=False)[0].source
    assert source is not None
    page = page_of(client, source.address)
    assert source.url in page
    assert all(basis.instruction.get_absolute_url() in page for basis in source.bases.all())


def test_a_source_shows_the_changes_in_law_that_it_documents(client: Client) -> None:
    source = Source.objects.filter(amendments__isnull=False)[0]
    page = page_of(client, source.address)
    assert all(amendment.act.address in page for amendment in source.amendments.all())


def test_a_source_says_when_it_was_seen_and_how_it_may_be_used(client: Client) -> None:
    source = Source.objects.exclude(license="").exclude(accessed=None)[0]
    page = page_of(client, source.address)
    assert source.license in page
    assert f"{source.accessed:%Y}" in page
    assert "november" in page


@pytest.mark.parametrize(
    "address",
    ["/materialer/", "/materialer/act/", "/begreber/", "/begreber/herberg/", "/kilder/", "/kilder/ft-l64-2023/"],
)
def test_pages_of_the_library_ask_few_questions_of_the_database(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_every_resource_term_and_source_has_a_page(client: Client) -> None:
    addresses = Record.objects.filter(kind__in=["resource", "glossary", "source"]).values_list("address", flat=True)
    assert [address for address in addresses if client.get(address).status_code != 200] == []


def test_pages_of_the_library_set_no_cookie(client: Client) -> None:
    for address in ("/love/", "/materialer/?princip=x", "/kilder/?q=x", "/om/", "/om/privatliv/"):
        assert not client.get(address).cookies
