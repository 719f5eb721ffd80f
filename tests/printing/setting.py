"""Sets pieces of text the way documents are set, without starting a process for each."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from pypdf import PdfReader

from printing.press import press
from printing.tree import Node, read
from printing.typesetting import Document, as_json

SITE = "https://hjemvej.example"
WHEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def set_blocks(blocks: list[Node], *, is_book: bool = False) -> bytes:
    images = Path(settings.MEDIA_ROOT)
    images.mkdir(parents=True, exist_ok=True)
    document = Document("Prøve", "En prøve", SITE, "Hjemvej, indholdsversion 1", WHEN, blocks, is_book=is_book)
    return press(as_json(document), int(WHEN.timestamp()), str(images))


def set_html(html: str, *, is_book: bool = False) -> bytes:
    return set_blocks(read(html, SITE), is_book=is_book)


@lru_cache(maxsize=64)
def page_texts(pdf: bytes) -> list[str]:
    """The text of each page; kept, for reading the whole book takes longer than setting it."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    """The text of all pages on one line, words that were broken made whole."""
    text = "\n".join(page_texts(pdf))
    return " ".join(re.sub("\u00ad\\s*", "", text).split())


def link_targets(pdf: bytes) -> list[str]:
    """Where the links lead: an address on the web, or "" for a place in the document."""
    targets = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for annotation in page.get("/Annots") or []:
            action = annotation.get_object().get("/A") or {}
            targets.append(str(action.get("/URI", "")))
    return targets


def image_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height in pixels of the images, page by page."""
    return [image.image.size for page in PdfReader(io.BytesIO(pdf)).pages for image in page.images if image.image]


def alternative_texts(pdf: bytes) -> list[str]:
    """What a screen reader says for each image."""
    root: Any = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    return list(_alternative_texts(root["/StructTreeRoot"]))


def _alternative_texts(part: Any) -> Iterator[str]:
    part = part.get_object()
    if isinstance(part, list):
        for child in part:
            yield from _alternative_texts(child)
    elif isinstance(part, dict):
        if "/Alt" in part:
            yield str(part["/Alt"])
        if "/K" in part:
            yield from _alternative_texts(part["/K"])
