"""The PDFs as a reader gets them: addresses, contents, structure, and how long they are kept."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from content.models import ContentVersion
from guidelines.models import Guideline, Instruction
from library.danish import format_date
from library.models import Amendment, Record, Tombstone
from printing.documents import made_at
from printing.typesetting import Document, TypesettingError, typeset
from tests.printing.setting import WHEN, link_targets, page_texts, words

pytestmark = pytest.mark.usefixtures("content", "shared_shelf")

GUIDELINE = "/retningslinjer/boligindsatser/boligfastholdelse.pdf"
PRINCIPLE = "/principper/helhedsorienteret-tilgang.pdf"
ACTOR = "/aktoerer/boformer.pdf"
BOOK = "/hjemvej.pdf"


def unbroken(text: str) -> str:
    """Without blanks and hyphens, wherever lines were broken."""
    return "".join(text.replace("-", "").split())


def get(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def test_every_guideline_has_all_its_instructions_with_badge_text_and_reference() -> None:
    for guideline in Guideline.objects.select_related("theme"):
        text = words(get(guideline.address.rstrip("/") + ".pdf"))
        for instruction in Instruction.objects.filter(guideline=guideline):
            title = " ".join(instruction.title.split())
            assert f"{instruction.get_obligation_display()} {title}" in text
            assert unbroken(instruction.identifier) in unbroken(text)


@pytest.mark.parametrize("address", [GUIDELINE, PRINCIPLE, ACTOR, BOOK])
def test_every_page_says_what_it_is_and_that_it_is_not_official(address: str) -> None:
    version = ContentVersion.objects.get()
    edition = f"Hjemvej, indholdsversion {version.number}, {format_date(made_at(version))} – ikke officiel ordlyd"
    source = "http://127.0.0.1:8000" + ("" if address == BOOK else address.replace(".pdf", "/"))
    pages = page_texts(get(address))
    for number, text in enumerate(pages, start=1):
        assert edition in text
        assert f"Side {number} af {len(pages)}" in text
        assert source in text or (address == BOOK and number == 1)


def test_caveats_are_printed_with_the_texts_that_they_are_about() -> None:
    book = unbroken(words(get(BOOK)))
    for kind in ("situation", "principle", "guideline", "actor", "theme", "glossary", "source"):
        for review in Record.objects.filter(kind=kind).exclude(review="").values_list("review", flat=True):
            assert unbroken(f"Forbehold: {review}") in book, kind
    guideline = Guideline.objects.exclude(review="").select_related("theme")[0]
    assert unbroken(f"Forbehold: {guideline.review}") in unbroken(words(get(f"{guideline.address.rstrip('/')}.pdf")))


def test_what_the_law_has_overtaken_is_marked_wherever_the_instruction_is_printed(shelf: Path) -> None:
    instruction = Instruction.objects.filter(guideline__slug="boligfastholdelse", bases__provision__isnull=False)[0]
    Guideline.objects.filter(slug="boligfastholdelse").update(law_checked=date(2024, 3, 2))
    Amendment.objects.all().delete()
    addresses = [GUIDELINE]
    addresses += [
        f"{record.address.rstrip('/')}.pdf" for record in (*instruction.actors.all(), *instruction.principles.all())
    ]
    mark = "Lovgrundlaget er ændret siden vores kontrol den 2. marts 2024, senest den 1. maj 2025."
    assert not any(mark in words(get(address)) for address in addresses)
    provision = instruction.bases.exclude(provision=None)[0].provision
    assert provision is not None
    Amendment.objects.create(act=provision.act, provision=provision, position=900, date=date(2025, 5, 1))
    with transaction.atomic():
        ContentVersion.increment()
    caches["pages"].clear()
    for address in (*addresses, BOOK):
        assert mark in words(get(address)), address


def test_an_actor_gets_a_checklist_by_obligation() -> None:
    text = words(get(ACTOR))
    assert text.index("Det skal du") < text.index("Det bør du")


def test_the_book_has_contents_with_the_pages_where_the_texts_stand() -> None:
    pages = page_texts(get(BOOK))
    contents = " ".join(" ".join(pages[1:4]).split())
    entry = re.search(r"Boligfastholdelse[ .]+(\d+)", contents)
    assert entry
    assert "Boligfastholdelse" in pages[int(entry[1]) - 1]


def test_the_book_holds_every_text_that_is_read_from_beginning_to_end() -> None:
    pdf = get(BOOK)
    text = unbroken(words(pdf))
    kinds = ("situation", "principle", "theme", "guideline", "actor", "glossary", "source")
    for title in Record.objects.filter(kind__in=kinds).values_list("title", flat=True):
        assert unbroken(title) in text, title
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


def test_the_same_content_gives_the_same_bytes(shelf: Path, settings: Settings, tmp_path: Path) -> None:
    first = get(ACTOR)
    settings.VAR_DIR = tmp_path / "elsewhere"
    assert get(ACTOR) == first


def test_readers_are_served_where_nothing_can_be_kept(shelf: Path) -> None:
    shelf.write_text("a file where the folder should be")
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


def test_there_is_no_book_before_there_is_content(shelf: Path, no_content: None) -> None:
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
