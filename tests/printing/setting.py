"""Sets pieces of text the way documents are set, without starting a process for each."""

import io
import re
from datetime import UTC, datetime

from pypdf import PdfReader

from printing.press import press
from printing.tree import Node, read
from printing.typesetting import Document, as_json

SITE = "https://hjemvej.example"
WHEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def set_blocks(blocks: list[Node], *, is_book: bool = False) -> bytes:
    document = Document("Prøve", "En prøve", SITE, "Hjemvej, indholdsversion 1", WHEN, blocks, is_book=is_book)
    return press(as_json(document), int(WHEN.timestamp()))


def set_html(html: str, *, is_book: bool = False) -> bytes:
    return set_blocks(read(html, SITE), is_book=is_book)


def words(pdf: bytes) -> str:
    """The text of all pages on one line, words that were broken made whole."""
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(re.sub("\u00ad\\s*", "", text).split())


def link_targets(pdf: bytes) -> list[str]:
    """Where the links lead: an address on the web, or "" for a place in the document."""
    targets = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object().get("/A") or {}
            targets.append(str(action.get("/URI", "")))
    return targets
