"""What stands in each PDF: one guideline, one principle, one actor, or all of it as a book.

A document is an HTML template like a page's, of the few elements that `printing.tree` knows, with stored HTML inside.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from content.models import ContentVersion
from guidelines.models import Actor, Guideline, Instruction
from library.danish import format_date
from library.models import Record
from markup.kinds import Obligation
from principles.models import Principle
from printing.tree import read
from printing.typesetting import Document

Parts = list[tuple[Obligation, list[Instruction]]]


def guideline_document(guideline: Guideline, version: ContentVersion) -> Document:
    context = {
        "guideline": guideline,
        "instructions": Instruction.objects.for_list().filter(guideline=guideline).order_by("position"),
        "sources": guideline.sources.light().in_danish_order(),
    }
    return _of_record("guideline", guideline, context, version)


def principle_document(principle: Principle, version: ContentVersion) -> Document:
    instructions = Instruction.objects.for_list().defer("html").filter(principles=principle).in_reading_order()
    return _of_record("principle", principle, {"principle": principle, "instructions": instructions}, version)


def actor_document(actor: Actor, version: ContentVersion) -> Document:
    """A checklist: each instruction has a box to tick off with a pen."""
    instructions = Instruction.objects.for_list().defer("html").filter(actors=actor).in_reading_order()
    context = {"actor": actor, "parts": by_obligation(list(instructions)), "with_boxes": True}
    return _of_record("actor", actor, context, version)


def by_obligation(instructions: list[Instruction]) -> Parts:
    """What must, what should and what can be done; obligations without instructions are left out."""
    parts = [(word, [one for one in instructions if one.obligation == word.value]) for word in Obligation]
    return [(word, members) for word, members in parts if members]


def edition_line(version: ContentVersion) -> str:
    """What every page says of itself: "Hjemvej, indholdsversion 3, 2. marts 2026 – ikke officiel ordlyd"."""
    return f"Hjemvej, indholdsversion {version.number}, {format_date(made_at(version))} – ikke officiel ordlyd"


def made_at(version: ContentVersion) -> datetime:
    """The moment of the content, not of the printing: the same content gives the same document."""
    return timezone.localtime(version.changed_at)


def _of_record(template: str, record: Record, context: dict[str, Any], version: ContentVersion) -> Document:
    html = render_to_string(f"printing/{template}.html", context)
    return Document(
        title=record.title,
        description=record.summary,
        source=settings.SITE_URL + record.address,
        edition=edition_line(version),
        made_at=made_at(version),
        blocks=read(html, settings.SITE_URL),
    )
