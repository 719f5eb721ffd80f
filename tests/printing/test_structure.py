"""The structure of the PDFs, as PDF/UA-1 demands it: what typst promises, read back from the files themselves."""

import io
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader
from pypdf.generic import ContentStream

from tests.printing.setting import set_html

pytestmark = pytest.mark.usefixtures("content")

DOCUMENTS = [
    "/retningslinjer/boligindsatser/boligfastholdelse.pdf",
    "/principper/helhedsorienteret-tilgang.pdf",
    "/aktoerer/boformer.pdf",
    "/hjemvej.pdf",
]
DRAWN = {b"Tj", b"TJ", b"'", b'"', b"S", b"f", b"B", b"Do"}
TABLE = "<table><thead><tr><th>År</th></tr></thead><tbody><tr><td>2024</td></tr></tbody></table>"


def elements(part: Any) -> Iterator[dict[str, Any]]:
    """All elements of the structure below `part`, in reading order."""
    part = part.get_object()
    if isinstance(part, list):
        for child in part:
            yield from elements(child)
    elif isinstance(part, dict):
        if "/S" in part:
            yield part
        if "/K" in part:
            yield from elements(part["/K"])


def bookmarks(entries: list[Any]) -> list[str]:
    titles = []
    for entry in entries:
        titles += bookmarks(entry) if isinstance(entry, list) else [str(entry.title)]
    return titles


def faults_of_document(reader: PdfReader) -> Iterator[str]:
    catalogue: Any = reader.trailer["/Root"]
    metadata = catalogue["/Metadata"].get_data().decode()
    if catalogue.get("/Lang") != "da-DK":
        yield "no language"
    if not catalogue["/MarkInfo"].get("/Marked"):
        yield "not tagged"
    if not catalogue["/ViewerPreferences"].get("/DisplayDocTitle"):
        yield "shows the name of the file for a title"
    if "<pdfuaid:part>1</pdfuaid:part>" not in metadata or "<dc:title>" not in metadata:
        yield "does not claim PDF/UA-1, or has no title"
    if "/ParentTree" not in catalogue["/StructTreeRoot"]:
        yield "no way from the content to its element"
    if len(bookmarks(reader.outline)) < 4:
        yield "no bookmarks"


def faults_of_structure(reader: PdfReader) -> Iterator[str]:
    root: Any = reader.trailer["/Root"]
    found = list(elements(root["/StructTreeRoot"]["/K"]))
    roles = [str(element["/S"]) for element in found]
    levels = [int(role[2:]) for role in roles if role[:2] == "/H" and role[2:].isdigit()]
    if levels[:1] != [1] or any(after - before > 1 for before, after in pairwise(levels)):
        yield f"headings skip a level: {levels}"
    if not {"/P", "/L", "/LI", "/Link"} <= set(roles):
        yield f"only {set(roles)}"
    for element in found:
        if element["/S"] in ("/Figure", "/Formula") and not element.get("/Alt"):
            yield "a picture without words"
        if element["/S"] == "/TH" and "/Scope" not in str(element.get("/A")):
            yield "a heading of a table that does not say of what"


def faults_of_pages(reader: PdfReader) -> Iterator[str]:
    for number, page in enumerate(reader.pages, start=1):
        if "/StructParents" not in page:
            yield f"page {number} is not in the structure"
        if page.get("/Annots") and page.get("/Tabs") != "/S":
            yield f"page {number}: the Tab key does not follow the structure"
        for annotation in page.get("/Annots") or []:
            link: Any = annotation.get_object()
            if "/StructParent" not in link or not link.get("/Contents"):
                yield f"page {number}: a link that is not in the structure, or says nothing of itself"
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            if "/ToUnicode" not in font.get_object() or not any(name.startswith("/FontFile") for name in inner):
                yield f"page {number}: a font that is not embedded, or whose letters have no meaning"
        yield from (f"page {number}: {fault}" for fault in faults_of_content(reader, page))


def faults_of_content(reader: PdfReader, page: Any) -> Iterator[str]:
    """Whatever is drawn is part of an element, or marked as decoration."""
    depth = 0
    for _, operator in ContentStream(page.get_contents(), reader).operations:
        depth += (operator in (b"BDC", b"BMC")) - (operator == b"EMC")
        if operator in DRAWN and not depth:
            yield "something drawn that is neither content nor decoration"
            return


def faults(pdf: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(pdf))
    return [*faults_of_document(reader), *faults_of_structure(reader), *faults_of_pages(reader)]


@pytest.mark.usefixtures("shared_shelf")
@pytest.mark.parametrize("address", DOCUMENTS)
def test_a_screen_reader_finds_everything_in_order(address: str) -> None:
    assert faults(Client().get(address).content) == []


def test_the_headings_of_a_table_say_what_they_head() -> None:
    reader = PdfReader(io.BytesIO(set_html(f"<h1>Tal</h1>{TABLE}")))
    root: Any = reader.trailer["/Root"]
    roles = [str(element["/S"]) for element in elements(root["/StructTreeRoot"]["/K"])]
    assert roles.count("/TH") == 1
    assert not any("table" in fault for fault in faults_of_structure(reader))


def test_the_check_finds_what_is_wrong() -> None:
    reader = PdfReader(io.BytesIO(set_html("<h1>Prøve</h1>")))
    catalogue: Any = reader.trailer["/Root"]
    del catalogue["/Lang"], reader.pages[0]["/StructParents"]
    found = [*faults_of_document(reader), *faults_of_structure(reader), *faults_of_pages(reader)]
    assert {"no language", "no bookmarks", "page 1 is not in the structure"} <= set(found)
