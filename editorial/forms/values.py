"""A record's fields ⇄ the values of its form."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from content.registry import MODELS, RELATIONS
from editorial.forms.fields import join_tags
from guidelines.models import Actor, Theme
from library.models import Record as RecordRow
from markup.kinds import SCHEMA, FieldType, Kind
from markup.record import Record

# Front-matter keys whose form field is called otherwise; "" and "body" are the Markdown.
FORM_NAMES = {"kind": "category", "": "body"}


def initial_of(record: Record) -> dict[str, Any]:
    """What the form of `record` opens with. Of records that are named, those that exist."""
    targets = {relation.name: relation.target for relation in RELATIONS.get(record.kind, ())}
    initial: dict[str, Any] = {"body": record.body, "slug": record.slug, "number": record.number}
    for field in SCHEMA[record.kind]:
        value = record.fields.get(field.name)
        if field.name in targets:
            value = _keys(targets[field.name], value or ())
        elif field.name == "parent":
            value = Actor.objects.filter(slug=value or "").values_list("pk", flat=True).first()
        elif field.name == "tags":
            value = join_tags(value or ())
        initial[FORM_NAMES.get(field.name, field.name)] = value
    if record.kind is Kind.GUIDELINE:
        initial["theme"] = Theme.objects.filter(slug=record.theme).values_list("pk", flat=True).first()
    return initial


def front_matter_value(value: Any, type_: FieldType, old: Any) -> Any:
    """A cleaned value as front matter holds it. Relations keep the order of the text; new ones come last."""
    if type_ is FieldType.SLUG:
        return value.slug if value else ""
    if type_ in (FieldType.SLUGS, FieldType.NUMBERS):
        attribute = "number" if type_ is FieldType.NUMBERS else "slug"
        chosen = [getattr(row, attribute) for row in _in_order(value)]
        kept = [item for item in old if item in chosen]
        return kept + [item for item in chosen if item not in kept]
    return value


def _keys(target: Kind, names: Iterable[Any]) -> list[int]:
    lookup = "number__in" if target is Kind.PRINCIPLE else "slug__in"
    return list(MODELS[target].objects.filter(**{lookup: list(names)}).values_list("pk", flat=True))


def _in_order(rows: "QuerySet[RecordRow] | None") -> Iterable[RecordRow]:
    return rows.order_by("number", "sort_key") if rows is not None else ()
