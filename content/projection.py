"""From a record's text to the columns, relations and rows that pages and filters use."""

from datetime import datetime

from django.db.models import Field

from content.registry import COLUMNS, MODELS, RELATIONS, TAGGED
from guidelines.models import Actor, Basis, Guideline, Instruction, Situation, SituationStep, Theme
from library.models import Act, Amendment, Citation, Link, Provision, Source
from library.models import Record as RecordRow
from markup.catalogue import Catalogue, number_key
from markup.guideline import InstructionText, split
from markup.kinds import Kind
from markup.record import Record
from markup.render import RenderedRecord, render_text_inline
from principles.models import Principle


def write_columns(
    record: Record, text: str, rendered: RenderedRecord, now: datetime, loaded_hash: str | None
) -> RecordRow:
    """Create or update the row of `record`, without its relations. `loaded_hash` is None where no file was loaded."""
    model = MODELS[record.kind]
    row = model.objects.filter(slug=record.slug).first() or model(slug=record.slug)
    if row.text != text:
        row.changed_at = now
    if loaded_hash is not None:
        row.loaded_hash = loaded_hash
    row.text = text
    row.number = record.number
    row.title = record.fields["title"]
    row.summary = record.fields.get("summary", "")
    row.review = record.fields.get("review", "")
    row.review_by = record.fields.get("review_by")
    row.search_words = record.fields.get("search_words", [])
    row.html = rendered.html
    row.sections = list(rendered.sections)
    for name, column in COLUMNS[record.kind].items():
        setattr(row, column, record.fields.get(name, _default(model, column)))
    if isinstance(row, Guideline):
        row.theme = Theme.objects.get(slug=record.theme)
    row.save()
    return row


def write_relations(record: Record, row: RecordRow, rendered: RenderedRecord, catalogue: Catalogue) -> None:
    """Everything about `row` that points at other rows; those must all have been written."""
    for relation in RELATIONS.get(record.kind, ()):
        values = record.fields.get(relation.name, ())
        lookup = "number__in" if relation.target is Kind.PRINCIPLE else "slug__in"
        getattr(row, relation.name).set(MODELS[relation.target].objects.filter(**{lookup: values}))
    if isinstance(row, TAGGED):
        row.tags.set(record.fields.get("tags", ()))
    if isinstance(row, Actor):
        row.parent = Actor.objects.filter(slug=record.fields.get("parent", "")).first()
        row.save()
    elif isinstance(row, Act):
        _write_law(record, row, catalogue)
    elif isinstance(row, Guideline):
        _write_instructions(record, row, rendered, catalogue)
    elif isinstance(row, Situation):
        _write_steps(record, row)


def write_references(row: RecordRow, rendered: RenderedRecord) -> None:
    """The rows behind "who cites § 110" and "what links here"; all records and provisions must have been written."""
    row.links_out.all().delete()
    linked = RecordRow.objects.filter(slug__in={slug for _, _, slug in rendered.links})
    targets = {(kind, slug): pk for pk, kind, slug in linked.values_list("pk", "kind", "slug")}
    Link.objects.bulk_create(
        Link(source_id=row.pk, anchor=anchor, target_id=targets[kind.value, slug])
        for anchor, kind, slug in dict.fromkeys(rendered.links)
    )
    row.citations.all().delete()
    provisions = {
        (provision.act.slug, provision.key): provision.pk
        for provision in Provision.objects.filter(
            act__slug__in={act for _, act, _, _ in rendered.citations}
        ).select_related("act")
    }
    found = dict.fromkeys(
        (anchor, provisions[act, number_key(number)], subsection)
        for anchor, act, number, subsection in rendered.citations
    )
    Citation.objects.bulk_create(
        Citation(source_id=row.pk, anchor=anchor, provision_id=provision, subsection=subsection)
        for anchor, provision, subsection in found
    )


def _default(model: type[RecordRow], column: str) -> object:
    field = model._meta.get_field(column)
    return field.get_default() if isinstance(field, Field) else None


def _write_law(record: Record, act: Act, catalogue: Catalogue) -> None:
    """Provisions keep their row as long as they keep their number: citations hang on it."""
    kept = []
    for position, given in enumerate(record.fields["provisions"]):
        provision, _ = Provision.objects.update_or_create(
            act=act,
            key=number_key(given["number"]),
            defaults={
                "number": given["number"],
                "position": position,
                "heading": given["heading"],
                "summary": given["summary"],
                "html": render_text_inline(given["summary"], catalogue, own_act=act.slug),
            },
        )
        kept.append(provision.pk)
    act.provisions.exclude(pk__in=kept).delete()
    by_key = {provision.key: provision for provision in act.provisions.all()}
    sources = {source.slug: source for source in Source.objects.light()}
    act.amendments.all().delete()
    Amendment.objects.bulk_create(
        Amendment(
            act=act,
            provision=by_key[number_key(change["provision"])] if change.get("provision") else None,
            position=position,
            date=change["date"],
            is_proposed=change.get("status") == "foreslaaet",
            summary=change["summary"],
            html=render_text_inline(change["summary"], catalogue, own_act=act.slug),
            source=sources.get(change.get("source", "")),
        )
        for position, change in enumerate(record.fields.get("changes", ()))
    )


def _write_instructions(record: Record, guideline: Guideline, rendered: RenderedRecord, catalogue: Catalogue) -> None:
    parts = split(record.body).instructions
    guideline.instructions.exclude(anchor__in=[part.anchor for part in parts]).delete()
    actors = {actor.slug: actor for actor in Actor.objects.light()}
    principles = {principle.number: principle for principle in Principle.objects.light()}
    for position, part in enumerate(parts):
        instruction, _ = Instruction.objects.update_or_create(
            guideline=guideline,
            anchor=part.anchor,
            defaults={
                "obligation": part.obligation.value,
                "position": position,
                "title": part.title,
                "html": rendered.instructions[part.anchor],
            },
        )
        instruction.actors.set([actors[slug] for slug in part.actors])
        instruction.principles.set([principles[number] for number in part.principles])
        _write_bases(part, instruction, catalogue)


def _write_bases(part: InstructionText, instruction: Instruction, catalogue: Catalogue) -> None:
    instruction.bases.all().delete()
    for position, basis in enumerate(part.bases):
        act = catalogue.act_named(basis.act)
        Basis.objects.create(
            instruction=instruction,
            position=position,
            subsection=basis.subsection,
            source=Source.objects.get(slug=basis.source) if basis.source else None,
            provision=Provision.objects.get(act__slug=act.slug, key=number_key(basis.number)) if act else None,
        )


def _write_steps(record: Record, situation: Situation) -> None:
    situation.steps.all().delete()
    for position, identifier in enumerate(record.fields["instructions"]):
        slug, _, anchor = identifier.partition("#")
        instruction = Instruction.objects.get(guideline__slug=slug, anchor=anchor)
        SituationStep.objects.create(situation=situation, instruction=instruction, position=position)
