"""The preview beside the editor is what readers get, and names what is wrong as one types."""

import re

import pytest
from django.test import Client

from content.plan import record_of
from guidelines.models import Guideline
from library.models import Act, Record
from markup.kinds import Kind
from tests.editorial.admin_form import editor_client

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def editor(content: None) -> Client:
    return editor_client()


def preview(client: Client, kind: Kind, slug: str, body: str) -> str:
    response = client.post(f"/admin/forhaandsvisning/?slags={kind}&navn={slug}", {"content": body})
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


@pytest.mark.parametrize("kind", list(Kind))
def test_the_preview_of_every_text_is_its_published_html(editor: Client, kind: Kind) -> None:
    rows = Record.objects.filter(kind=kind).order_by("pk")[:30]
    assert rows
    for row in rows:
        shown = preview(editor, kind, row.slug, record_of(row).body)
        assert row.html in shown
        assert all(section["html"] in shown for section in row.sections)
        assert "problem-stops" not in shown


def test_the_instructions_in_the_preview_are_those_of_the_page_to_the_letter(editor: Client) -> None:
    for guideline in Guideline.objects.order_by("pk")[:5]:
        page = Client().get(guideline.address).content.decode()
        shown = preview(editor, Kind.GUIDELINE, guideline.slug, record_of(guideline).body)
        articles = ["<article" + part.split("</article>")[0] for part in shown.split("<article")[1:]]
        assert len(articles) == guideline.instructions.count()
        for article in articles:
            assert article in page


def test_a_guideline_is_previewed_in_the_order_of_its_page(editor: Client) -> None:
    guideline = Guideline.objects.get(slug="boligfastholdelse")
    headings = re.compile(r"<h2>(.+?)</h2>")
    shown = headings.findall(preview(editor, Kind.GUIDELINE, guideline.slug, record_of(guideline).body))
    page = headings.findall(Client().get(guideline.address).content.decode())
    assert shown[:2] == ["Anvisninger", "Hvorfor"]
    assert shown == [heading for heading in page if heading in shown]


def test_a_paragraph_sign_alone_means_the_act_whose_text_it_stands_in(editor: Client) -> None:
    act = Act.objects.get(slug="serviceloven")
    assert f'href="{act.address}110/"' in preview(editor, Kind.ACT, act.slug, "Se § 110.")
    assert "href" not in preview(editor, Kind.THEME, "", "Se § 110.")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("Derfor.\n\n[[ukendt-navn]]", "linje 3</a>:</b>\n          [[ukendt-navn]] fører"),
        ("# For stor", ">linje 1</a>"),
        ("Hej <b>du</b>", ">linje 1</a>"),
    ],
)
def test_problems_are_listed_with_their_line(editor: Client, body: str, says: str) -> None:
    assert says in preview(editor, Kind.THEME, "", body)


INSTRUCTION = "Aktører: {actors}\nPrincipper: 1\nKilder: {sources}\n\nKommunen skal svare. Boformen hjælper til."


@pytest.mark.parametrize(
    ("heading", "actors", "sources", "line", "says"),
    [
        ("Skal", "kommunal-myndighed", "nr-2020", 5, "er et Skal, men nævner ingen paragraf"),
        ("Bør", "kommunal-myndighed", "serviceloven § 9999", 8, "citeres med § 9999"),
        ("Bør", "troldmand", "nr-2020", 5, "Der findes ingen aktør »troldmand«"),
        ("Bør", "kommunal-myndighed", "nr-2020", 10, "»skal« i anvisningen »Svar«, som er et Bør"),
        ("Bør", "kommunal-myndighed", "nr-2020", 10, "»Boformen« gør noget i teksten"),
    ],
)
def test_errors_and_advice_on_an_instruction_come_as_one_types(
    editor: Client, heading: str, actors: str, sources: str, line: int, says: str
) -> None:
    body = f"Derfor.\n\n## Anvisninger\n\n### {heading}: Svar\n{INSTRUCTION.format(actors=actors, sources=sources)}"
    lines = preview(editor, Kind.GUIDELINE, "boligfastholdelse", f"\n{body}").split("<li")
    assert [f">linje {line + 1}<" in each for each in lines if says in each] == [True]


def test_a_cpr_number_is_an_error_in_the_preview_too(editor: Client) -> None:
    shown = preview(editor, Kind.THEME, "", "Ring til 010190-1234.")
    assert "problem-stops" in shown
    assert "CPR-nummer" in shown


def test_a_guideline_without_instructions_is_shown_as_far_as_it_goes(editor: Client) -> None:
    shown = preview(editor, Kind.GUIDELINE, "", "Derfor er det **vigtigt**.")
    assert "## Anvisninger" in shown
    assert "<strong>vigtigt</strong>" in shown


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](x onerror=alert(1))",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_nothing_typed_becomes_active_in_the_preview(editor: Client, attack: str) -> None:
    shown = preview(editor, Kind.THEME, "", attack)
    assert "<script" not in shown
    assert "<img src=x onerror" not in shown
    assert 'href="javascript' not in shown


def test_an_unknown_kind_is_refused(editor: Client) -> None:
    assert editor.post("/admin/forhaandsvisning/?slags=andet", {"content": "x"}).status_code == 403
    assert editor.get("/admin/forhaandsvisning/?slags=theme").status_code == 405
