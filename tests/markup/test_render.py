"""Markdown to HTML: what authors write, and what readers get."""

import pytest

from markup.catalogue import Catalogue
from markup.guideline import with_anchors
from markup.kinds import Kind
from markup.problems import ContentError
from markup.record import Record
from markup.render import plain_text, render, render_record, render_text_inline
from tests.markup.conftest import IMAGE

NBSP = "\u00a0"


def html(text: str, catalogue: Catalogue) -> str:
    return render(text, catalogue).html.replace("&nbsp;", NBSP).replace(NBSP, "_")


def codes(text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(problem.code, problem.level) for problem in render(text, catalogue).problems]


def test_a_link_shows_the_title_of_its_record_or_the_text_given(catalogue: Catalogue) -> None:
    assert html("Se [[nr-2020]].", catalogue) == '<p>Se <a href="/kilder/nr-2020/">Nationale retningslinjer</a>.</p>'
    assert html("[[resource:icm|metoden]]", catalogue) == '<p><a href="/materialer/icm/">metoden</a></p>'
    assert html("[[boligfastholdelse#hold-kontakten|kontakt]]", catalogue) == (
        '<p><a href="/retningslinjer/boligindsatser/boligfastholdelse/#hold-kontakten">kontakt</a></p>'
    )


def test_the_text_of_a_link_may_run_over_a_line_end(catalogue: Catalogue) -> None:
    assert html("[[nr-2020|de nationale\nretningslinjer]]", catalogue) == (
        '<p><a href="/kilder/nr-2020/">de nationale retningslinjer</a></p>'
    )


def test_a_dead_link_is_an_error_and_stays_as_text(catalogue: Catalogue) -> None:
    assert html("Se [[findes-ikke|det andet]].", catalogue) == "<p>Se det andet.</p>"
    assert codes("[[findes-ikke]] [[boligfastholdelse#findes-ikke]]", catalogue) == [("dead_link", "error")] * 2


def test_a_link_that_two_kinds_share_is_a_warning_with_the_way_out(catalogue: Catalogue) -> None:
    (problem,) = render("[[icm]]", catalogue).problems

    assert (problem.code, problem.level) == ("ambiguous_link", "warning")
    assert "[[glossary:icm]]" in problem.cure()


def test_what_a_text_links_to_and_cites_is_reported_once_each_in_order(catalogue: Catalogue) -> None:
    rendered = render("[[nr-2020]], serviceloven § 110, stk. 2, [[nr-2020]], SEL § 110, stk. 2. En boform.", catalogue)

    assert rendered.links == ((Kind.SOURCE, "nr-2020"), (Kind.GLOSSARY, "boform"))
    assert rendered.citations == (("serviceloven", "110", "stk. 2"),)


def test_a_citation_leads_to_the_provision_and_does_not_break_at_a_line_end(catalogue: Catalogue) -> None:
    assert html("Efter serviceloven § 85 a, stk. 2, kan", catalogue) == (
        '<p>Efter <a class="citation" href="/love/serviceloven/85a/#stk-2">serviceloven §_85_a, stk._2</a>, kan</p>'
    )


def test_a_provision_that_the_act_has_not_got_leads_to_the_act_with_a_warning(catalogue: Catalogue) -> None:
    rendered = render("serviceloven § 999", catalogue)

    assert 'href="/love/serviceloven/"' in rendered.html
    assert rendered.citations == ()
    assert rendered.links == ((Kind.ACT, "serviceloven"),)
    assert [(problem.code, problem.level) for problem in rendered.problems] == [("unknown_provision", "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "[serviceloven § 110](https://www.social.dk/)",
        "[[nr-2020|serviceloven § 110 om boform]]",
        "`serviceloven § 110 om boform`",
        "## Serviceloven § 110 om boform",
        "    serviceloven § 110 om boform",
        "![serviceloven § 110 om boform](/media/x.png)",
    ],
)
def test_nothing_is_linked_inside_links_code_and_headings(catalogue: Catalogue, text: str) -> None:
    rendered = render(text, catalogue)

    assert "citation" not in rendered.html
    assert "term" not in rendered.html
    assert rendered.citations == ()


def test_a_term_is_linked_where_it_is_first_mentioned_and_nowhere_else(catalogue: Catalogue) -> None:
    text = "Boformen tager imod. *Boform* og boformen.\n\n- Støtte i\n  egen bolig og bostøtten."

    assert html(text, catalogue) == (
        '<p><a class="term" href="/begreber/boform/">Boformen</a> tager imod. <em>Boform</em> og boformen.</p>\n'
        '<ul>\n<li><a class="term" href="/begreber/bostoette/">Støtte i\n  egen bolig</a> og bostøtten.</li>\n</ul>'
    )


def test_a_term_is_a_whole_word(catalogue: Catalogue) -> None:
    assert "term" not in html("boforme, for-boform, boform-leder, 'bo' og icm", catalogue)
    assert "term" in html("(boform)", catalogue)


def test_terms_seen_on_the_page_before_are_not_linked_again(catalogue: Catalogue) -> None:
    seen = {"boform"}

    assert "term" not in render("En boform.", catalogue, seen_terms=seen).html
    assert "term" in render("Bostøtte.", catalogue, seen_terms=seen).html
    assert seen == {"boform", "bostoette"}


def test_a_term_is_not_linked_on_its_own_page(catalogue: Catalogue) -> None:
    assert "term" not in render("En boform.", catalogue, own=(Kind.GLOSSARY, "boform")).html


def test_numbers_do_not_part_from_their_signs(catalogue: Catalogue) -> None:
    assert html("§ 110 i loven, stk. 2, nr. 3, litra a, 100 kr. og 5 pct.", catalogue) == (
        "<p>§_110 i loven, stk._2, nr._3, litra_a, 100_kr. og 5_pct.</p>"
    )


def test_headings_have_the_anchor_written_or_one_from_their_text(catalogue: Catalogue) -> None:
    text = "## Første år\n\n## Første år\n\n### *Andet* år {#det-andet}\n\n#### {#tredje}\n"

    assert html(text, catalogue) == (
        '<h2 id="foerste-aar">Første år</h2>\n<h2 id="foerste-aar-2">Første år</h2>\n'
        '<h3 id="det-andet"><em>Andet</em> år</h3>\n<h4 id="tredje"></h4>'
    )


def test_a_table_scrolls_in_a_region_of_its_own(catalogue: Catalogue) -> None:
    rendered = html("| Hvem | Hvad |\n| --- | ---: |\n| [[nr-2020|se]] | serviceloven § 110 |\n", catalogue)

    assert rendered.startswith('<div aria-label="Tabel" class="table-scroll" role="region" tabindex="0"><table>')
    assert '<th class="align-right" scope="col">Hvad</th>' in rendered
    assert '<td><a href="/kilder/nr-2020/">se</a></td>' in rendered
    assert '<a class="citation" href="/love/serviceloven/110/">' in rendered


def test_the_bar_of_a_link_is_shown_as_written_in_code(catalogue: Catalogue) -> None:
    assert html("Skriv `[[slug|tekst]]`.", catalogue) == "<p>Skriv <code>[[slug|tekst]]</code>.</p>"


def test_a_date_at_the_beginning_of_a_line_is_no_list(catalogue: Catalogue) -> None:
    assert html("1. oktober 2023 trådte\n\n- 1. januar 2024: nyt", catalogue) == (
        "<p>1. oktober 2023 trådte</p>\n<ul>\n<li>1. januar 2024: nyt</li>\n</ul>"
    )


def test_a_list_may_follow_text_without_an_empty_line(catalogue: Catalogue) -> None:
    assert html("Husk:\n- nøgler\n- kontrakt\n\nTrin:\n1. ring\n2. skriv", catalogue) == (
        "<p>Husk:</p>\n<ul>\n<li>nøgler</li>\n<li>kontrakt</li>\n</ul>\n"
        "<p>Trin:</p>\n<ol>\n<li>ring</li>\n<li>skriv</li>\n</ol>"
    )


def test_the_items_of_a_wrapped_list_stay_together(catalogue: Catalogue) -> None:
    assert html("- første\n  linje\n- anden\nlinje\n- tredje", catalogue).count("<li>") == 3


def test_lists_too_deep_to_convert_are_a_problem_and_no_crash(catalogue: Catalogue) -> None:
    rendered = render(f"{'- ' * 600}<b>", catalogue)

    assert [problem.code for problem in rendered.problems] == ["too_deep"]
    assert "<b>" not in rendered.html


def test_a_note_leads_there_and_back(catalogue: Catalogue) -> None:
    rendered = render("Et tal.[^a]\n\n[^a]: Kilden.", catalogue, id_prefix="hold-").html

    assert '<sup id="hold-fnref:a"><a class="footnote-ref" href="#hold-fn:a">1</a></sup>' in rendered
    assert '<li id="hold-fn:a">' in rendered
    assert 'href="#hold-fnref:a" title="Tilbage til teksten ved note 1"' in rendered


def test_an_image_needs_a_description_and_lies_with_us(catalogue: Catalogue) -> None:
    shown = f'<p><img alt="Et hus" height="600" loading="lazy" src="/media/{IMAGE}" width="800"></p>'
    assert html(f"![Et hus](/media/{IMAGE})", catalogue) == shown
    assert codes(f"![ ](/media/{IMAGE})", catalogue) == [("image_without_text", "error")]
    for elsewhere in ("https://andre.dk/x.png", "//andre.dk/x.png", "/\\andre.dk/x.png", "/static/x.png", "x.png"):
        assert codes(f"![Hus]({elsewhere})", catalogue) == [("foreign_image", "error")]
        assert "src" not in html(f"![Hus]({elsewhere})", catalogue)


@pytest.mark.parametrize("name", ["hus.png", "0" * 32 + ".png", f"../media/{IMAGE}", f"{IMAGE}?x", ""])
def test_an_image_that_does_not_exist_is_an_error(catalogue: Catalogue, name: str) -> None:
    assert codes(f"![Et hus](/media/{name})", catalogue) == [("unknown_image", "error")]


def test_a_one_line_field_is_escaped_and_has_its_citations_linked(catalogue: Catalogue) -> None:
    assert render_text_inline('<b> & "§ 110", boform *x*', catalogue, "serviceloven") == (
        f'&lt;b&gt; &amp; "<a class="citation" href="/love/serviceloven/110/">§{NBSP}110</a>", boform *x*'
    )


def test_the_plain_text_of_a_page_has_its_words_apart(catalogue: Catalogue) -> None:
    rendered = render("## Titel\nEt\n\n- *to*tre\n- fire & § 5\n\n| a | b |\n| - | - |\n| c | d |", catalogue).html

    assert plain_text(rendered) == "Titel Et totre fire & § 5 a b c d"
    assert plain_text('<p>a<img alt="x>y">b</p>') == "ab"


def guideline(body: str) -> Record:
    fields = {"title": "T", "summary": "S", "principles": [1], "actors": ["boformer"]}
    return Record(Kind.GUIDELINE, "t", fields, with_anchors(body), 1, "boligindsatser", offset=7)


INSTRUCTION = "Aktører: boformer\nPrincipper: 1\nKilder: nr-2020\n\n"


def test_a_guideline_is_rendered_in_parts_with_what_each_links_to(catalogue: Catalogue) -> None:
    body = (
        "Indledning.\n\n## Anvisninger\n\n"
        f"### Skal: Ring\n{INSTRUCTION}Efter serviceloven § 110 på en boform.[^n]\n\n"
        f"### Kan: Skriv\n{INSTRUCTION}Til boformen, se [[nr-2020]].\n\n#### Sådan\n\nTekst.\n\n"
        "## Ændret siden 2020\n\nSe serviceloven § 85 a.\n\n[^n]: Note."
    )
    rendered = render_record(guideline(body), catalogue)

    assert plain_text(rendered.html) == "Indledning."
    assert list(rendered.instructions) == ["ring", "skriv"]
    assert "Aktører" not in rendered.instructions["ring"]
    assert [(part["title"], part["anchor"]) for part in rendered.sections] == [
        ("Ændret siden 2020", "aendret-siden-2020")
    ]
    assert rendered.citations == (("ring", "serviceloven", "110", ""), ("", "serviceloven", "85 a", ""))
    # the term is linked at its first mention on the page, the note stands where it is referred to
    assert rendered.links == (("ring", Kind.GLOSSARY, "boform"), ("skriv", Kind.SOURCE, "nr-2020"))
    assert 'id="ring-fn:n"' in rendered.instructions["ring"]
    assert "fn:n" not in rendered.sections[0]["html"]
    assert '<h4 id="skriv-saadan">' in rendered.instructions["skriv"]


def test_the_problems_of_a_record_have_its_file_and_line(catalogue: Catalogue) -> None:
    body = (
        f"A\n\n## Anvisninger\n\n### Bør: Ring\n{INSTRUCTION}Se [[nr-2020]]\nog [[væk]], serviceloven §§ 10 og 998.\n"
    )
    problems = render_record(guideline(body), catalogue).problems

    assert [(problem.code, problem.path, problem.line) for problem in problems] == [
        ("dead_link", "guidelines/boligindsatser/01-t.md", 18),
        ("unknown_provision", "guidelines/boligindsatser/01-t.md", 18),
    ]


def test_a_guideline_without_its_structure_is_not_rendered(catalogue: Catalogue) -> None:
    with pytest.raises(ContentError):
        render_record(guideline("Kun tekst."), catalogue)


def test_the_page_of_an_act_links_its_own_paragraphs(catalogue: Catalogue) -> None:
    record = Record(Kind.ACT, "serviceloven", {"title": "Lov"}, "Se § 110.\n\n## Vær opmærksom på\n\n§ 999 og § 85.")
    rendered = render_record(record, catalogue)

    assert rendered.citations == (("", "serviceloven", "110", ""), ("", "serviceloven", "85", ""))
    assert rendered.sections[0]["anchor"] == "vaer-opmaerksom-paa"
    assert rendered.problems == ()
