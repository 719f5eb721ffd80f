"""Themes and guidelines as readers see them."""

import re

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Guideline, Instruction, Theme

pytestmark = pytest.mark.usefixtures("content", "views_only")

ADDRESS = "/retningslinjer/boligindsatser/boligfastholdelse/"


@pytest.fixture
def guideline() -> Guideline:
    return Guideline.objects.get(slug="boligfastholdelse")


def test_the_list_of_guidelines_has_them_all_in_the_order_of_their_numbers(client: Client) -> None:
    page = client.get("/retningslinjer/").content.decode()
    addresses = Guideline.objects.order_by("theme__number", "number").values_list("address", flat=True)
    places = [page.index(f'href="{address}"') for address in addresses]
    assert places == sorted(places)


def test_a_theme_shows_its_own_guidelines_with_how_much_they_demand(client: Client) -> None:
    theme = Theme.objects.get(slug="boligindsatser")
    response = client.get(theme.address)
    shown = {row.pk: (row.skal, row.boer, row.kan) for row in response.context["guidelines"]}
    expected = {
        guideline.pk: tuple(guideline.instructions.filter(obligation=word).count() for word in ("skal", "boer", "kan"))
        for guideline in theme.guidelines.all()
    }
    assert shown == expected
    assert sum(sum(counts) for counts in shown.values()) > 0


def test_a_guideline_is_found_under_its_own_theme_only(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 200
    assert client.get("/retningslinjer/forebyggelse/boligfastholdelse/").status_code == 404


def test_a_guideline_opens_with_its_demands_as_links_to_the_first_of_each_kind(
    client: Client, guideline: Guideline
) -> None:
    response = client.get(ADDRESS)
    for demand in response.context["demands"]:
        members = guideline.instructions.filter(obligation=demand.obligation.value).order_by("position")
        assert demand.count == members.count()
        assert demand.url == f"#{members[0].anchor}"
    page = response.content.decode()
    assert page.index("loven kræver det") < page.index('id="anvisninger"')


def test_the_titles_of_all_instructions_stand_before_the_instructions_and_those_before_all_else(
    client: Client, guideline: Guideline
) -> None:
    page = client.get(ADDRESS).content.decode()
    head = page[page.index("<h1>") : page.index('class="toc"')]
    titles = re.findall(r'<li><a href="#([^"]+)">', head)
    assert titles == [instruction.anchor for instruction in guideline.instructions.order_by("position")]
    sections = re.findall(r'<section id="([^"]+)"', page)
    assert sections[:2] == ["anvisninger", "hvorfor"]


def test_every_instruction_has_its_word_its_text_and_an_address_of_its_own(
    client: Client, guideline: Guideline
) -> None:
    page = client.get(ADDRESS).content.decode()
    for instruction in guideline.instructions.all():
        start = page.index(f'<article class="instruction" id="{instruction.anchor}"')
        article = page[start : page.index("</article>", start)]
        assert f">{instruction.get_obligation_display()}</span> {escape(instruction.title)}</h3>" in article
        assert instruction.html in article
        assert f'href="#{instruction.anchor}"' in article


def test_an_instruction_says_who_acts_by_which_law_from_which_source_and_principle(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    instruction = Instruction.objects.get(anchor="tag-straks-stilling-til-hjaelp-naar-en-lejer-saettes-ud")
    start = page.index(f'<article class="instruction" id="{instruction.anchor}"')
    article = page[start : page.index("</article>", start)]
    for record in (*instruction.actors.all(), *instruction.principles.all()):
        assert f'href="{record.address}"' in article
    assert 'href="/love/retssikkerhedsloven/5a/">Retssikkerhedsloven ' in article
    assert 'href="/kilder/ast-udsaettelse-2014/"' in article


def test_what_has_changed_since_2020_is_flagged_at_the_top(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    assert page.index('href="#aendret-siden-2020"') < page.index('id="anvisninger"')
    assert 'id="aendret-siden-2020"' in page


def test_a_guideline_that_nothing_has_changed_in_has_no_flag(client: Client) -> None:
    unchanged = [guideline for guideline in Guideline.objects.all() if "Ændret siden 2020" not in guideline.text]
    assert unchanged
    for guideline in unchanged:
        assert "Ændret siden 2020" not in client.get(guideline.address).content.decode()


def test_a_caveat_is_shown_to_readers(client: Client, guideline: Guideline) -> None:
    Guideline.objects.filter(pk=guideline.pk).update(review="Ordlyden af § 5 er ikke set.")
    page = client.get(ADDRESS).content.decode()
    assert "Forbehold" in page
    assert "Ordlyden af §\N{NO-BREAK SPACE}5 er ikke set." in page


def test_the_title_of_the_draft_is_told_where_it_was_another(client: Client) -> None:
    renamed = Guideline.objects.exclude(draft_title="")[0]
    assert renamed.draft_title in client.get(renamed.address).content.decode()


def test_the_contents_list_leads_to_every_instruction_and_section(client: Client, guideline: Guideline) -> None:
    page = client.get(ADDRESS).content.decode()
    contents = page[page.index('class="toc"') : page.index("</details>", page.index('class="toc"'))]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert {instruction.anchor for instruction in guideline.instructions.all()} <= set(anchors)
    assert {section["anchor"] for section in guideline.sections} <= set(anchors)


def test_guidelines_follow_each_other_through_all_themes(client: Client) -> None:
    ordered = list(Guideline.objects.order_by("theme__number", "number"))
    walked = [ordered[0].address]
    while True:
        following = client.get(walked[-1]).context["around"].following
        if following is None:
            break
        walked.append(following["address"])
    assert walked == [guideline.address for guideline in ordered]


def test_related_guidelines_resources_and_tags_lead_onward(client: Client, guideline: Guideline) -> None:
    page = client.get(ADDRESS).content.decode()
    for record in (*guideline.related.all(), *guideline.resources.all(), *guideline.sources.all()):
        assert f'href="{record.address}"' in page
    for tag in guideline.tags.all():
        assert f'href="/anvisninger/?emne={tag.slug}"' in page


def test_a_guideline_lists_the_texts_that_link_to_it(client: Client, guideline: Guideline) -> None:
    page = client.get(ADDRESS).content.decode()
    backlinks = page[page.index('id="linker-hertil"') : page.index('id="kilder"')]
    sources = {link.source for link in guideline.links_in.select_related("source") if link.source_id != guideline.pk}
    assert sources
    assert all(f'href="{source.address}"' in backlinks for source in sources)


def test_a_guideline_says_that_its_words_are_not_the_official_ones(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    assert "Den er ikke den officielle ordlyd" in page
    assert "https://www.sbst.dk/udgivelser/2020/nationale-retningslinjer-for-indsatsen-mod-hjemloeshed" in page


def test_every_guideline_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for guideline in Guideline.objects.all():
        with django_assert_max_num_queries(12):
            client.get(guideline.address)


@pytest.mark.parametrize("address", ["/retningslinjer/", "/retningslinjer/forebyggelse/"])
def test_lists_of_guidelines_ask_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, address: str
) -> None:
    with django_assert_max_num_queries(12):
        client.get(address)
