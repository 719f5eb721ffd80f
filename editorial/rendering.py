"""A revision as readers would meet its words: the fields, the text, the instructions, in plain HTML for comparing.

It is not the public page (what that shows besides comes from other records), but everything in it that the text says.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from content.catalogue import stored_catalogue
from content.registry import RELATIONS
from library.danish import format_date
from markup.catalogue import Catalogue
from markup.guideline import InstructionText, split
from markup.kinds import ENTRY_FIELDS, SCHEMA, Kind
from markup.problems import ContentError
from markup.record import Record
from markup.render import render, render_record

LABELS = {
    "title": "Titel",
    "summary": "Resumé",
    "short": "Kort navn",
    "short_title": "Kort titel",
    "draft_title": "Titel i udkastet fra 2019",
    "aliases": "Andre ord",
    "tags": "Emner",
    "kind": "Art",
    "parent": "Hører under",
    "publisher": "Udgiver",
    "year": "År",
    "url": "Adresse",
    "accessed": "Set den",
    "isbn": "ISBN",
    "license": "Vilkår for brug",
    "principles": "Principper",
    "actors": "Aktører",
    "related": "Beslægtede retningslinjer",
    "guidelines": "Retningslinjer",
    "resources": "Materialer",
    "sources": "Kilder",
    "law_checked": "Lovgrundlaget kontrolleret",
    "provisions": "Paragraffer",
    "changes": "Ændringer i loven",
    "instructions": "Anvisninger",
    "search_words": "Søgeord (ses ikke af læserne)",
    "review": "Forbehold",
    "review_by": "Gennemgås senest (ses ikke af læserne)",
}


def page_html(record: Record | None, catalogue: Catalogue | None = None) -> str:
    """The HTML of a record, as far as its text can be read; "" for none. catalogue: the stored one, if at hand."""
    if record is None:
        return ""
    catalogue = catalogue or stored_catalogue()
    head = format_html("<h3>{}</h3>", record.fields.get("title", record.slug))
    lines = format_html_join("", "<p><b>{}:</b> {}</p>", _fields(record, catalogue))
    return head + lines + mark_safe("".join(_text(record, catalogue)))


def _fields(record: Record, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """A line for each field, and one for each entry of those that have entries."""
    targets = {relation.name: relation.target for relation in RELATIONS.get(record.kind, ())}
    if record.number:
        yield "Nummer", str(record.number)
    if record.theme:
        yield "Tema", _title(catalogue, Kind.THEME, record.theme)
    for field in SCHEMA[record.kind]:
        value = record.fields.get(field.name)
        if value is None or field.name == "title":
            continue
        values = value if isinstance(value, list) else [value]
        if target := targets.get(field.name):
            shown = [_title(catalogue, target, item) for item in values]
        else:
            shown = [_words(item) for item in values]
        for line in shown if field.type in ENTRY_FIELDS else [", ".join(shown)]:
            yield LABELS[field.name], line


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{format_date(part) if name == 'date' else part}" for name, part in value.items())
    return format_date(value) if hasattr(value, "isoformat") else str(value)


def _title(catalogue: Catalogue, kind: Kind, name: Any) -> str:
    if kind is Kind.PRINCIPLE:
        return f"Princip {name}"
    entry = catalogue.get(kind, str(name))
    return entry.title if entry else f"{name} (findes ikke)"


def _text(record: Record, catalogue: Catalogue) -> Iterator[str]:
    """What is rendered has been cleaned already."""
    try:
        rendered = render_record(record, catalogue)
        instructions = split(record.body).instructions if record.kind is Kind.GUIDELINE else ()
    except ContentError:
        yield render(record.body, catalogue, own=(record.kind, record.slug)).html
        return
    yield rendered.html
    for part in instructions:
        yield _instruction_head(part, catalogue)
        yield rendered.instructions[part.anchor]
    for section in rendered.sections:
        yield format_html("<h3>{}</h3>", section["title"])
        yield section["html"]


def _instruction_head(part: InstructionText, catalogue: Catalogue) -> str:
    actors = ", ".join(_title(catalogue, Kind.ACTOR, slug) for slug in part.actors)
    principles = ", ".join(map(str, part.principles))
    bases = "; ".join(basis.raw for basis in part.bases)
    return format_html(
        "<h3>{}: {}</h3><p>Aktører: {}</p><p>Principper: {}</p><p>Kilder: {}</p>",
        *(part.obligation.label, part.title, actors, principles, bases),
    )
