"""The small words of the templates: dates, counts, and law references."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from pytest_django import Settings

from guidelines.models import Instruction
from library.facets import Choice, FacetList
from library.templatetags.facets import facet_choices, facet_fields
from library.templatetags.frame import pager
from library.templatetags.hjemvej import badge, counted, danish_date, law_links, law_text, nbsp

GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "kept_together"),
    [
        ("§ 110, stk. 2", f"§{GAP}110, stk.{GAP}2"),
        ("§ 85 a", f"§{GAP}85{GAP}a"),
        ("§§ 107 og 108", f"§§{GAP}107 og 108"),
        ("stk. 1, nr. 3, litra b", f"stk.{GAP}1, nr.{GAP}3, litra{GAP}b"),
        ("120 til 90 dage", "120 til 90 dage"),  # a number before a word is no paragraph with a letter
        ("lov nr. 407 af 2025", f"lov nr.{GAP}407 af 2025"),
    ],
)
def test_a_sign_and_its_number_stay_on_one_line(text: str, kept_together: str) -> None:
    assert nbsp(text) == kept_together


def test_a_moment_is_dated_by_the_danish_clock() -> None:
    assert danish_date(date(2026, 3, 2)) == "2. marts 2026"
    assert danish_date(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "1. juli 2026"
    assert danish_date(None) == ""


def test_one_is_counted_in_the_singular() -> None:
    assert counted(1, "anvisning,anvisninger") == f"1{GAP}anvisning"
    assert counted(0, "anvisning,anvisninger") == f"0{GAP}anvisninger"


def test_a_badge_may_be_silent_where_the_word_is_said_beside_it() -> None:
    assert badge("boer") == '<span class="ob boer">Bør</span>'
    assert 'aria-hidden="true"' in badge("boer", silent=True)


@pytest.mark.usefixtures("content")
def test_an_act_and_a_paragraph_are_named_once_where_several_follow() -> None:
    instruction = Instruction.objects.for_list().get(
        anchor="brug-boformen-til-det-akutte-og-lad-den-oevrige-hjaelp-fortsaette"
    )
    bases = instruction.bases.all()
    assert law_text(bases) == f"Serviceloven §{GAP}110, stk.{GAP}1, stk.{GAP}2"
    assert law_links(bases).count('href="/love/serviceloven/110/"') == 2


@pytest.mark.usefixtures("content")
def test_a_reference_to_the_law_is_complete_for_every_instruction() -> None:
    for instruction in Instruction.objects.for_list():
        provisions = [base for base in instruction.bases.all() if base.provision]
        assert law_links(provisions).count("<a ") == len(provisions)
        assert instruction.obligation != "skal" or law_text(provisions)


def test_a_choice_says_how_many_it_leaves_and_is_escaped() -> None:
    choices = [Choice("a", "Unge & <voksne>", 1, True), Choice("b", "§ 110", 2, False)]
    html = facet_choices(FacetList("emne", "Emne", choices), "ting,flere ting")
    assert '<input type="checkbox" name="emne" value="a" checked>' in html
    assert "<span>Unge &amp; &lt;voksne&gt;</span>" in html
    assert '1<span class="sr-only"> ting</span>' in html
    assert '<input type="checkbox" name="emne" value="b">' in html
    assert f"<span>§{GAP}110</span>" in html
    assert '2<span class="sr-only"> flere ting</span>' in html


def test_a_choice_of_an_obligation_is_its_badge() -> None:
    html = facet_choices(FacetList("forpligtelse", "Forpligtelse", [Choice("boer", "Bør", 3, False)]), "ting,ting")
    assert badge("boer") in html


def test_filters_that_are_folded_stand_open_where_something_is_chosen() -> None:
    chosen = FacetList("emne", "Emne", [Choice("a", "A", 1, True)], "Vælg <ét>.")
    other = FacetList("lov", "Lov", [Choice("b", "B", 1, False)])
    html = facet_fields([FacetList("tema", "Tema", [Choice("c", "C", 2, False)])], [chosen, other])
    assert "<legend>Tema</legend>" in html
    assert html.index('<details class="facet" open>') < html.index("Emne") < html.index('<details class="facet">')
    assert '<p class="quiet">Vælg &lt;ét&gt;.</p>' in html
    assert html.count('<span class="sr-only"> anvisninger</span>') == 1


def test_what_is_the_same_on_all_pages_is_rendered_once_for_each_thing_it_depends_on(settings: Settings) -> None:
    page = Template("{% load frame %}{% once section %}<b>{{ section }} {{ shown }}</b>{% endonce %}")

    first = page.render(Context({"section": "love", "shown": "<1>"}))

    assert first == "<b>love &lt;1&gt;</b>"
    assert page.render(Context({"section": "love", "shown": "2"})) == first
    assert page.render(Context({"section": "om", "shown": "2"})) == "<b>om 2</b>"
    assert page.render(Context({"shown": "3"})) == "<b> 3</b>"
    settings.DEBUG = True
    assert page.render(Context({"section": "love", "shown": "2"})) == "<b>love 2</b>"
    with pytest.raises(TemplateSyntaxError, match="once"):
        Template("{% load frame %}{% once %}{% endonce %}")


def test_a_list_of_several_pages_leads_to_those_beside_it() -> None:
    pages = Paginator(list(range(30)), 10)

    first, second, last = (pager(pages.page(number), "?q=a&side=") for number in (1, 2, 3))

    assert '<a rel="next" href="?q=a&amp;side=2">' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="?q=a&amp;side=1">' in second
    assert '<a rel="next" href="?q=a&amp;side=3">' in second
    assert "Side 2 af 3" in second
    assert 'rel="next"' not in last
    assert pager(Paginator([1], 10).page(1), "?side=") == ""
