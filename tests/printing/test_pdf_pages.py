"""The PDFs as a reader gets them: addresses, contents, structure, and how long they are kept."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from content.models import ContentVersion
from guidelines.models import Guideline, Instruction
from library.danish import format_date
from library.models import Record, Tombstone
from printing.documents import made_at
from printing.typesetting import Document, TypesettingError, typeset
from tests.printing.setting import WHEN, link_targets, words

pytestmark = pytest.mark.usefixtures("content")

GUIDELINE = "/retningslinjer/boligindsatser/boligfastholdelse.pdf"
PRINCIPLE = "/principper/helhedsorienteret-tilgang.pdf"
ACTOR = "/aktoerer/boformer.pdf"
BOOK = "/hjemvej.pdf"


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "pdf"


def get(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def bookmarks(entries: list[Any]) -> list[str]:
    titles = []
    for entry in entries:
        titles += bookmarks(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def roles(element: Any) -> list[str]:
    """The roles of all elements of the structure, in reading order."""
    element = element.get_object()
    if isinstance(element, list):
        return [role for part in element for role in roles(part)]
    if not isinstance(element, dict):
        return []
    own = [str(element["/S"])] if "/S" in element else []
    return own + (roles(element["/K"]) if "/K" in element else [])


@pytest.mark.parametrize("address", [GUIDELINE, PRINCIPLE, ACTOR, BOOK])
def test_a_screen_reader_finds_language_title_structure_and_bookmarks(address: str) -> None:
    reader = PdfReader(io.BytesIO(get(address)))
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "da-DK"
    assert bool(catalogue["/MarkInfo"]["/Marked"])
    assert bool(catalogue["/ViewerPreferences"]["/DisplayDocTitle"])
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title
    assert reader.metadata.author == "Hjemvej"
    found = roles(catalogue["/StructTreeRoot"]["/K"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Link"} <= set(found)
    assert len(bookmarks(reader.outline)) > 3


def test_every_guideline_has_all_its_instructions_with_badge_text_and_reference() -> None:
    for guideline in Guideline.objects.select_related("theme"):
        text = words(get(guideline.address.rstrip("/") + ".pdf"))
        for instruction in Instruction.objects.filter(guideline=guideline):
            title = " ".join(instruction.title.split())
            assert f"{instruction.get_obligation_display()} {title}" in text
            # Anchors may be broken over lines at their hyphens.
            assert instruction.identifier.replace("-", "") in text.replace("-", "").replace(" ", "")


def test_every_page_says_what_it_is_and_that_it_is_not_official() -> None:
    version = ContentVersion.objects.get()
    edition = f"Hjemvej, indholdsversion {version.number}, {format_date(made_at(version))} – ikke officiel ordlyd"
    pages = PdfReader(io.BytesIO(get(GUIDELINE))).pages
    for number, page in enumerate(pages, start=1):
        text = page.extract_text()
        assert edition in text
        assert f"Side {number} af {len(pages)}" in text
        assert "http://127.0.0.1:8000/retningslinjer/boligindsatser/boligfastholdelse/" in text


def test_an_actor_gets_a_checklist_by_obligation() -> None:
    text = words(get(ACTOR))
    assert text.index("Det skal I") < text.index("Det bør I")


def test_the_book_has_contents_with_the_pages_where_the_texts_stand() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(get(BOOK))).pages]
    contents = " ".join(" ".join(pages[1:4]).split())
    entry = re.search(r"Boligfastholdelse[ .]+(\d+)", contents)
    assert entry
    assert "Boligfastholdelse" in pages[int(entry[1]) - 1]


def test_the_book_holds_every_text_that_is_read_from_beginning_to_end() -> None:
    pdf = get(BOOK)
    text = words(pdf).replace(" ", "")
    kinds = ("situation", "principle", "theme", "guideline", "actor", "glossary", "source")
    for title in Record.objects.filter(kind__in=kinds).values_list("title", flat=True):
        assert "".join(title.split()).replace("-", "") in text.replace("-", ""), title
    assert link_targets(pdf).count("") > 1000, "what the book holds is linked to inside it"


def test_a_pdf_is_made_once_for_a_content_version(shelf: Path) -> None:
    get(GUIDELINE)
    [file] = shelf.rglob("*.pdf")
    file.write_bytes(b"%PDF as it lay on the shelf")
    caches["pages"].clear()
    assert get(GUIDELINE) == b"%PDF as it lay on the shelf"


def test_a_new_content_version_is_printed_anew_and_the_old_files_are_removed(shelf: Path) -> None:
    before = get(GUIDELINE)
    with transaction.atomic():
        number = ContentVersion.increment()
    after = get(GUIDELINE)
    assert after != before
    assert f"indholdsversion {number}," in words(after)
    assert len(list(shelf.rglob("*.pdf"))) == 1


def test_the_same_content_gives_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    first = get(ACTOR)
    settings.VAR_DIR = tmp_path / "elsewhere"
    assert get(ACTOR) == first


def test_readers_are_served_where_nothing_can_be_kept(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "pdf").write_text("a file where the folder should be")
    assert get(PRINCIPLE).startswith(b"%PDF")


def test_a_reader_who_has_the_pdf_does_not_fetch_it_again() -> None:
    client = Client()
    etag = client.get(PRINCIPLE)["ETag"]
    assert client.get(PRINCIPLE, headers={"If-None-Match": etag}).status_code == 304


def test_a_pdf_names_itself_and_the_page_that_it_is_a_copy_of() -> None:
    response = Client().get(ACTOR)
    assert response["Content-Disposition"] == 'inline; filename="boformer.pdf"'
    assert response["Link"] == '<http://127.0.0.1:8000/aktoerer/boformer/>; rel="canonical"'


@pytest.mark.parametrize("address", ["/aktoerer/ukendt.pdf", "/principper/ukendt.pdf", "/retningslinjer/x/ukendt.pdf"])
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_there_is_no_book_before_there_is_content(no_content: None) -> None:
    assert Client().get(BOOK).status_code == 404


def test_the_pdf_of_a_retired_page_leads_to_what_the_page_says() -> None:
    Tombstone.objects.create(address="/aktoerer/herberger/", title="Herberger", successor="/aktoerer/boformer/")
    response = Client().get("/aktoerer/herberger.pdf", follow=True)
    assert response.redirect_chain[-1] == ("/aktoerer/boformer/", 301)


@pytest.mark.parametrize("address", [GUIDELINE, PRINCIPLE, ACTOR, BOOK])
def test_every_pdf_is_linked_to_from_its_page(address: str) -> None:
    page = "/" if address == BOOK else f"{address.removesuffix('.pdf')}/"
    assert f'href="{address}"' in Client().get(page).content.decode()


def test_a_document_that_cannot_be_set_says_which_and_why() -> None:
    document = Document("Boformer", "", "", "", WHEN, blocks=[{"tag": "p", "children": ["漢"]}])
    with pytest.raises(TypesettingError, match=r"“Boformer”: PDF/UA-1 error: .*漢"):
        typeset(document)
