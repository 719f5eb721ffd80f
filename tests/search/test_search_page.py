"""/soeg/: what a reader sees for a query, on whichever database the run is on."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Guideline, Instruction, Situation, Theme
from library.models import GlossaryTerm
from search.engines.base import Engine
from search.query import MAX_LENGTH
from search.views import GROUPS_PER_PAGE

pytestmark = pytest.mark.usefixtures("engine")

SAFE = [
    '"',
    "*",
    "AND",
    "OR",
    "NOT",
    "§",
    "§ 110",
    "skal",
    "og at er",
    "+",
    "()",
    "\\",
    "'",
    "%",
    "🏠",
    "<b>",
    "\x00",
    "\u202e",
]


def page(client: Client, **parameters: str | list[str]) -> str:
    response = client.get("/soeg/", parameters)
    assert response.status_code == 200
    return response.content.decode()


def headings(html: str) -> list[str]:
    """The titles of the pages found, best first."""
    return [text(title) for title in re.findall(r'<section class="group">\s*<h2>(.*?)</h2>', html)]


def text(html: str) -> str:
    return unescape(re.sub("<[^>]+>", "", html)).replace("\xa0", " ").strip()


def heading(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    assert found
    return text(found[1])


def box(html: str) -> str:
    found = re.search(r'<section class="beacon">.*?<h2>(.*?)</h2>', html, re.DOTALL)
    return text(found[1]) if found else ""


def count(html: str) -> int:
    found = re.match(r"\d+", heading(html))
    return int(found[0]) if found else 0


def counts(html: str, name: str) -> dict[str, int]:
    """The choices of a filter with the number that each promises."""
    pattern = rf'name="{name}" value="([^"]+)".*?<span class="n">(\d+)'
    return {value: int(number) for value, number in re.findall(pattern, html, re.DOTALL)}


def test_a_guideline_is_found_by_its_title_in_any_inflection(client: Client) -> None:
    title = Guideline.objects.get(slug="boligfastholdelse").title

    assert headings(page(client, q="boligfastholdelse"))[0] == title
    assert box(page(client, q="boligfastholdelsen")) == f"Retningslinje: {title}"


def test_the_words_found_are_marked_in_titles_and_passages(client: Client) -> None:
    html = page(client, q="fogeden kommer")

    assert {"fogedretten", "Fogeden"} & set(re.findall("<mark>(.*?)</mark>", html))


def test_hits_of_one_guideline_stand_under_it_three_and_the_rest_folded(client: Client) -> None:
    html = page(client, q="boligfastholdelse")

    group = html[
        html.index('<section class="group">') : html.index("</section>", html.index('<section class="group">'))
    ]
    shown, folded = group.split('<details class="more">')
    assert shown.count('class="hit"') == 3
    assert f"Vis alle {Instruction.objects.filter(guideline__slug='boligfastholdelse').count()} i" in folded
    assert folded.count('class="hit"') == Instruction.objects.filter(guideline__slug="boligfastholdelse").count() - 3


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("serviceloven § 110", "/love/serviceloven/110/"),
        ("SEL 85a", "/love/serviceloven/85a/"),
        ("servicelovens § 85 a, stk. 2", "/love/serviceloven/85a/"),
        ("forsorgshjemmet", "/begreber/forsorgshjem/"),
        ("udredning", "/retningslinjer/borgerrettede-indsatser/udredning/"),
        ("der kommer en foged i morgen", "/situationer/fogeden-kommer/"),
    ],
)
def test_a_law_reference_a_name_or_a_situation_gets_a_box_on_top(client: Client, query: str, address: str) -> None:
    html = page(client, q=query)

    assert '<section class="beacon">' in html
    assert f'<h2><a href="{address}">' in html[html.index('class="beacon"') :][:600]


def test_the_page_says_how_it_understood_and_each_step_can_be_undone(client: Client) -> None:
    html = page(client, q="hjemløshde indsats")

    assert "hjemløshde står ikke i teksterne. Vi har søgt på hjemløshed i stedet." in text(html)
    undo = unescape(re.findall(r'<a href="(\?[^"]+)" rel="nofollow">kun »hjemløshde«', html)[0])
    assert parse_qs(urlsplit(undo).query)["q"] == ['"hjemløshde" indsats']
    assert heading(page(client, q='"hjemløshde" indsats')).startswith("Intet fundet")


def test_of_many_words_the_first_are_named_and_the_others_counted(client: Client) -> None:
    assert re.search(r"bolig finder også \w+, \w+, \w+ og \d+ mere", text(page(client, q="bolig")))


def test_a_word_understood_in_several_ways_is_named_once_above_them(client: Client) -> None:
    html = page(client, q="boform")
    summary = re.search(r"din søgning</b> <span>(.*?)</span>", html)

    assert html.count("<p><b>boform</b>") > 1
    assert summary
    assert summary[1] == "boform"


def test_synonyms_can_be_left_out(client: Client) -> None:
    with_synonyms, without = page(client, q="herberg"), page(client, q="herberg", synonymer="nej")

    assert count(with_synonyms) > count(without) > 0
    assert "uden ord, som betyder næsten det samme" in without


def test_an_obligation_in_the_query_offers_its_filter(client: Client) -> None:
    html = page(client, q="hvad skal boformen")

    offer = unescape(re.findall(r'class="offer">.*?href="([^"]+)"', html)[0])
    assert parse_qs(urlsplit(offer).query) == {"q": ["hvad skal boformen"], "forpligtelse": ["skal"]}


@pytest.mark.parametrize("name", ["forpligtelse", "tema", "aktoer", "type", "princip"])
def test_each_choice_promises_what_it_gives(client: Client, name: str) -> None:
    promised = counts(page(client, q="udskrivning fra boform"), name)

    assert promised
    for value, number in promised.items():
        assert count(page(client, q="udskrivning fra boform", **{name: value})) == number


def test_several_values_of_a_filter_widen_and_further_filters_narrow(client: Client) -> None:
    skal = count(page(client, q="bolig", forpligtelse="skal"))
    both = count(page(client, q="bolig", forpligtelse=["skal", "kan"]))
    narrowed = count(page(client, q="bolig", forpligtelse=["skal", "kan"], tema="boligindsatser"))

    assert 0 < skal < both
    assert 0 < narrowed < both


def test_filters_alone_list_all_that_fits(client: Client) -> None:
    html = page(client, forpligtelse="kan")

    assert count(html) == Instruction.objects.filter(obligation="kan").count()


def test_a_provision_and_a_principle_by_its_number_are_filters_too(client: Client) -> None:
    by_law = page(client, lov="serviceloven:110", type="anvisning")

    assert (
        count(by_law)
        == Instruction.objects.filter(bases__provision__act__slug="serviceloven", bases__provision__key="110")
        .distinct()
        .count()
    )
    assert (
        count(page(client, princip="1", type="anvisning")) == Instruction.objects.filter(principles__number=1).count()
    )


def test_a_chosen_filter_can_be_taken_away(client: Client) -> None:
    html = page(client, q="bolig", forpligtelse=["skal", "kan"])

    removals = [
        parse_qs(urlsplit(unescape(url)).query)
        for url in re.findall(r'<a href="(\?[^"]+)" rel="nofollow">\w+ <span', html)
    ]
    assert {"q": ["bolig"], "forpligtelse": ["kan"]} in removals


def test_unknown_values_are_named_and_left_out(client: Client) -> None:
    html = page(client, q="herberg", lov="straffeloven")

    assert "Vi kender ikke »straffeloven«" in html
    assert count(html) == count(page(client, q="herberg"))


def test_many_results_come_in_pages_that_keep_the_query(client: Client) -> None:
    first = page(client, q="kommunen", forpligtelse="skal")
    address = unescape(re.findall(r'<a rel="next" href="([^"]+)"', first)[0])
    second = client.get(f"/soeg/{address}").content.decode()

    assert len(headings(first)) == GROUPS_PER_PAGE
    assert not set(headings(first)) & set(headings(second))
    assert parse_qs(urlsplit(address).query) == {"q": ["kommunen"], "forpligtelse": ["skal"], "side": ["2"]}


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", "²"])
def test_a_page_number_that_is_none_gives_the_nearest_page(client: Client, number: str) -> None:
    assert headings(page(client, q="kommunen", side=number))


def test_an_empty_query_shows_situations_and_themes(client: Client) -> None:
    html = page(client)

    assert heading(html) == "Søg i Hjemvej"
    assert all(situation.address in html for situation in Situation.objects.all())
    assert all(theme.address in html for theme in Theme.objects.all())


def test_nothing_found_is_no_dead_end(client: Client) -> None:
    html = page(client, q="xyzzyx")

    assert heading(html).startswith("Intet fundet")
    assert all(situation.address in html for situation in Situation.objects.all())


def test_where_nothing_is_found_a_further_slip_is_forgiven_and_said(client: Client) -> None:
    html = page(client, q="boffrom")

    assert "boffrom står ikke i teksterne. Vi har søgt på boform i stedet." in text(html)
    assert count(html)


def test_a_word_of_no_text_is_named_with_what_may_have_been_meant(client: Client) -> None:
    html = page(client, q="misbrug boffrom")

    assert count(html)
    assert "boffrom står ikke i teksterne. Mente du boform" in text(html)


def test_words_that_are_too_common_are_not_searched_for(client: Client) -> None:
    html = page(client, q="og at er")

    assert heading(html).startswith("Intet fundet")
    assert "Almindelige ord tæller ikke med. Tag med: og, at, er." in text(html)
    assert '<details class="understood notice" open>' in html


def test_each_common_word_is_taken_along_by_its_link_and_all_stand_in_one_line(client: Client) -> None:
    html = page(client, q="hvem har ansvaret for en bolig")
    line = next(line for line in html.splitlines() if "Almindelige ord" in line)

    links = dict(re.findall(r'<a href="(\?[^"]+)" rel="nofollow">(\w+)</a>', unescape(line)))
    asked = {word: parse_qs(urlsplit(address).query)["q"][0] for address, word in links.items()}
    assert list(asked) == ["hvem", "har", "for", "en"]
    assert asked["for"] == "hvem har ansvaret +for en bolig"


def test_what_was_read_as_another_word_is_said_where_the_rest_is_folded_away(client: Client) -> None:
    summary = re.search(r"din søgning</b> <span>(.*?)</span>", page(client, q="hjemløshde for en boform"))

    assert summary
    assert summary[1] == "hjemløshde som hjemløshed, boform, uden almindelige ord"


def test_a_text_that_is_too_long_is_cut_and_says_so(client: Client) -> None:
    html = page(client, q="herberg " * 1250)

    assert f"de første {MAX_LENGTH} tegn" in html
    assert headings(html)


def test_ascii_spelling_finds_the_same_page_first(client: Client) -> None:
    title = GlossaryTerm.objects.get(slug="hjemloeshed").title

    for query in ("hjemløshed", "hjemloeshed", "hjemloshed", "hjemløshde"):
        assert headings(page(client, q=query))[0] == title or box(page(client, q=query)).endswith(title)


@pytest.mark.parametrize("query", SAFE)
def test_signs_and_operators_are_harmless(client: Client, query: str) -> None:
    page(client, q=query)
    page(client, q=f"herberg {query}")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=100),
    st.sampled_from(["forpligtelse", "lov", "type", "side", "princip", "synonymer"]),
    st.text(max_size=10),
)
def test_any_address_gives_a_page(client: Client, query: str, name: str, value: str) -> None:
    encoded = urlencode({"q": query.encode("utf-8", "surrogatepass"), name: value.encode("utf-8", "surrogatepass")})

    assert client.get(f"/soeg/?{encoded}").status_code == 200


def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    html = page(client, q="<script>alert(1)</script>")

    assert "<script>alert" not in html


def test_a_search_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page(client, q="misbrug")

    with django_assert_max_num_queries(10):
        page(client, q="misbrugsbehandling", forpligtelse="skal")


def test_searching_sets_no_cookie_and_may_be_cached(client: Client, engine: Engine) -> None:
    response = client.get("/soeg/?q=herberg")

    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")


def test_a_filter_without_a_value_is_as_if_it_were_not_there(client: Client) -> None:
    html = page(client, q="herberg", aktoer="", lov=["", "serviceloven"])

    assert "Vi kender ikke" not in html
    assert heading(html) == heading(page(client, q="herberg", lov="serviceloven"))
