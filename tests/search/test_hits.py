"""The hits of a search as HTML: nothing that stands in a text becomes markup, and only what is there is shown."""

from django.utils.safestring import SafeString

from search.documents import Type
from search.explaining import Line
from search.presenting import ShownGroup, ShownHit
from search.templatetags.hits import explanation, hit_groups

NASTY = '<b title="x">\'&§ 110'
SHOWN = "&lt;b title=&quot;x&quot;&gt;&#x27;&amp;§\N{NO-BREAK SPACE}110"


def hit(**fields: str) -> ShownHit:
    shown = {"snippet": SafeString("Et <mark>herberg</mark>."), "note": "Kommunen", "obligation": "skal"} | fields
    return ShownHit(
        type=Type.INSTRUCTION,
        record="retningslinje",
        slug="anvisning",
        title="Anvisning",
        marked_title=SafeString("<mark>Anvisning</mark>"),
        url=shown.get("url", "/a/#b"),
        obligation=shown["obligation"],
        theme="",
        snippet=SafeString(shown["snippet"]),
        note=shown["note"],
        score=1.0,
    )


def group(
    own: ShownHit | None, *hits: ShownHit, title: str = "Side", url: str = "/a/", place: str = "Tema"
) -> ShownGroup:
    return ShownGroup(title, url, place, "anvisning,anvisninger", own, hits)


def test_what_is_no_markup_yet_is_escaped_and_marks_are_kept() -> None:
    html = hit_groups([group(None, *[hit(url=NASTY, note=NASTY)] * 4, title=NASTY, url=NASTY, place=NASTY)])

    assert "<b" not in html
    # Title twice (the other in the fold), address, place; address and note of each hit.
    assert html.count(SHOWN) == 4 + 4 * 2
    assert html.count("<mark>Anvisning</mark>") == 4


def test_a_page_that_is_a_hit_itself_shows_its_own_marked_title_and_passage() -> None:
    html = hit_groups([group(hit(), title="Umærket")])

    assert "Umærket" not in html
    assert '<h2><a href="/a/"><mark>Anvisning</mark></a></h2>' in html
    assert '<p class="excerpt">Et <mark>herberg</mark>.</p>' in html
    assert "<li" not in html
    assert "anvisning" not in html


def test_the_obligation_is_said_to_those_who_hear_the_page_and_a_provision_has_its_sign() -> None:
    said, law = hit_groups([group(None, hit())]), hit_groups([group(None, hit(obligation="", note=""))])

    assert '<span class="ob skal" aria-hidden="true">Skal</span>' in said
    assert '<span class="sr-only">Skal: </span>' in said
    assert '<span class="sign" aria-hidden="true">§</span>' in law
    assert "sr-only" not in law
    assert law.count('class="quiet"') == 1, "the place, and no empty small print"


def test_what_was_typed_is_escaped_where_it_is_explained() -> None:
    html = explanation([Line(NASTY, NASTY, ((NASTY, ""), (NASTY, NASTY)), NASTY, NASTY, NASTY)])

    assert "<b title" not in html
    # Word, what is said of it, another word, one with its address, the end, and what undoes it with its address.
    assert html.count("&lt;b title=") == 8
