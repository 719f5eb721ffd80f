"""Database → documents: every record's page, every instruction, every provision."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Prefetch, QuerySet
from django.utils.text import capfirst

from guidelines.models import Actor, Basis, Guideline, Instruction, Situation, Theme
from library.models import Act, GlossaryTerm, Provision, Record, Resource, Source, TaggedRecord
from markup.kinds import Kind
from markup.render import plain_text
from principles.models import Principle
from search.documents import SAID_TOGETHER, SEARCH_WORDS, TYPE_OF_KIND, Document, Facts, Part, Shown, Type
from search.law_terms import Reference
from search.words import clean

Ids = Collection[int] | None
Tags = Mapping[int, list[tuple[str, str]]]


def collect(ids: Ids = None) -> list[Document]:
    """The documents of the records with these primary keys; of all records without."""
    tags = _tags()
    return [
        *_guidelines(ids, tags),
        *_instructions(ids, tags),
        *_situations(ids),
        *_terms(ids),
        *_acts(ids),
        *_provisions(ids),
        *_resources(ids, tags),
        *_principles(ids),
        *_actors(ids),
        *_themes(ids),
        *_sources(ids),
    ]


def _chosen(model: type[Model], ids: Ids) -> QuerySet[Any]:
    rows = model._default_manager.order_by("pk")
    return rows if ids is None else rows.filter(pk__in=ids)


def _tags() -> Tags:
    """Primary key → (slug, name) of the tags of guidelines and resources."""
    types = ContentType.objects.get_for_models(Guideline, Resource).values()
    tags: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for item in TaggedRecord.objects.filter(content_type__in=types).select_related("tag").order_by("tag__name"):
        tags[item.object_id].append((item.tag.slug, item.tag.name))
    return tags


def _slugs(records: QuerySet[Any]) -> tuple[str, ...]:
    return tuple(record.slug for record in records.all())


def _body(record: Record) -> str:
    """All that stands on the page of a record below its summary, without the instructions."""
    pieces = [plain_text(record.html)]
    for section in record.sections:
        pieces += [_ended(section["title"]), plain_text(section["html"])]
    return clean(" ".join(filter(None, pieces)))


def _ended(title: str) -> str:
    """A heading that does not run into the sentence below it."""
    return title if title.endswith(("?", "!", ".", ":")) else f"{title}:"


def _document(
    record: Record,
    *parts: Part,
    title: str = "",
    names: Collection[str] = (),
    facets: Mapping[str, tuple[str, ...]] | None = None,
    note: str = "",
    law: tuple[tuple[str, str], ...] = (),
) -> Document:
    """The document of a record's page: its title, other names, summary, text, search words, and `parts`."""
    kind = Kind(record.kind)
    title = clean(title or record.title)
    summary, body = clean(record.summary), _body(record)
    type_ = TYPE_OF_KIND[kind]
    return Document(
        record_id=record.pk,
        facts=Facts(type_, kind, record.slug, record.slug, facets={"type": (type_.value,), **(facets or {})}),
        shown=Shown(title, record.address, " ".join(filter(None, (summary, body))), clean(note)),
        parts=(
            Part("A", title),
            *(Part("B", clean(name)) for name in names),
            Part("C", summary),
            Part("D", body),
            *(Part(SEARCH_WORDS, clean(said), together=SAID_TOGETHER) for said in record.search_words),
            *parts,
        ),
        names=tuple(map(clean, names)),
        law=law,
    )


def _guidelines(ids: Ids, tags: Tags) -> Iterator[Document]:
    related = ("actors", "principles", "instructions")
    for guideline in _chosen(Guideline, ids).select_related("theme").prefetch_related(*related):
        own_tags = tags.get(guideline.pk, [])
        yield _document(
            guideline,
            *(Part("B", clean(name)) for _, name in own_tags),
            *(Part("D", clean(instruction.title)) for instruction in guideline.instructions.all()),
            *(Part("D", clean(actor.title), with_law=False) for actor in guideline.actors.all()),
            names=[guideline.draft_title] if guideline.draft_title else [],
            facets={
                "tema": (guideline.theme.slug,),
                "princip": _slugs(guideline.principles),
                "aktoer": _slugs(guideline.actors),
                "emne": tuple(slug for slug, _ in own_tags),
            },
        )


def _instructions(ids: Ids, tags: Tags) -> Iterator[Document]:
    instructions = Instruction.objects.for_list().order_by("pk")
    for instruction in instructions if ids is None else instructions.filter(guideline__in=ids):
        guideline, actors = instruction.guideline, instruction.actors.all()
        bases = [basis for basis in instruction.bases.all() if basis.provision]
        acts = [basis.provision.act.slug for basis in bases]
        title, text = clean(instruction.title), clean(plain_text(instruction.html))
        yield Document(
            record_id=guideline.pk,
            facts=Facts(
                Type.INSTRUCTION,
                Kind.GUIDELINE,
                guideline.slug,
                instruction.anchor,
                instruction.obligation,
                {
                    "type": (Type.INSTRUCTION.value,),
                    "forpligtelse": (instruction.obligation,),
                    "tema": (guideline.theme.slug,),
                    "princip": _slugs(instruction.principles),
                    "aktoer": _slugs(instruction.actors),
                    "lov": (*dict.fromkeys(acts), *(f"{b.provision.act.slug}:{b.provision.key}" for b in bases)),
                    "emne": tuple(slug for slug, _ in tags.get(guideline.pk, [])),
                },
            ),
            shown=Shown(title, instruction.get_absolute_url(), text, _small_print(actors, bases)),
            parts=(
                Part("A", title),
                Part("C", clean(guideline.title), with_law=False),
                Part("D", text),
                *(Part("D", clean(actor.title), with_law=False) for actor in actors),
            ),
            law=tuple((term, "B") for basis in bases for term in _law_terms(basis.provision, basis.subsection)),
        )


def _small_print(actors: Collection[Actor], bases: Collection[Basis]) -> str:
    """Who and by which law: "Kommunal myndighed · Serviceloven § 110, stk. 2"."""
    law = dict.fromkeys(capfirst(str(basis)) for basis in bases)
    return clean(" · ".join(filter(None, (", ".join(actor.title for actor in actors), ", ".join(law)))))


def _law_terms(provision: Provision, subsection: str = "") -> tuple[str, ...]:
    return Reference(0, 0, provision.act.slug, provision.key, subsection).terms


def _situations(ids: Ids) -> Iterator[Document]:
    steps = Prefetch("instructions", Instruction.objects.select_related("guideline__theme"))
    for situation in _chosen(Situation, ids).prefetch_related(steps):
        instructions = situation.instructions.all()
        themes = dict.fromkeys(instruction.guideline.theme.slug for instruction in instructions)
        yield _document(
            situation,
            *(Part("D", clean(instruction.title)) for instruction in instructions),
            names=situation.aliases,
            facets={"tema": tuple(themes)},
        )


def _terms(ids: Ids) -> Iterator[Document]:
    for term in _chosen(GlossaryTerm, ids):
        yield _document(term, names=term.aliases)


def _acts(ids: Ids) -> Iterator[Document]:
    for act in _chosen(Act, ids):
        names = [*act.aliases, *act.abbreviations]
        parts = [Part("C", clean(act.title))]
        yield _document(act, *parts, title=capfirst(act.short_title), names=names, facets={"lov": (act.slug,)})


def _provisions(ids: Ids) -> Iterator[Document]:
    provisions = Provision.objects.select_related("act").prefetch_related("amendments").order_by("pk")
    for provision in provisions if ids is None else provisions.filter(act__in=ids):
        act, title = provision.act, clean(f"{capfirst(str(provision))}: {provision.heading}")
        changes = " ".join(amendment.summary for amendment in provision.amendments.all())
        yield Document(
            record_id=act.pk,
            facts=Facts(
                Type.PROVISION,
                Kind.ACT,
                act.slug,
                provision.key,
                facets={
                    "type": (Type.PROVISION.value,),
                    "lov": (act.slug, f"{act.slug}:{provision.key}"),
                },
            ),
            shown=Shown(title, provision.get_absolute_url(), clean(f"{provision.summary} {changes}".strip())),
            parts=(
                Part("A", clean(f"{act.short_title} {provision.heading}"), with_law=False),
                Part("C", clean(provision.summary)),
                Part("D", clean(changes)),
            ),
            law=tuple((term, "A") for term in _law_terms(provision)),
        )


def _resources(ids: Ids, tags: Tags) -> Iterator[Document]:
    related = ("actors", "principles", "guidelines__theme")
    for resource in _chosen(Resource, ids).prefetch_related(*related):
        own_tags = tags.get(resource.pk, [])
        yield _document(
            resource,
            *(Part("B", clean(name)) for _, name in own_tags),
            Part("B", clean(f"{resource.get_category_display()} {resource.publisher} {resource.year or ''}")),
            facets={
                "tema": tuple(dict.fromkeys(guideline.theme.slug for guideline in resource.guidelines.all())),
                "princip": _slugs(resource.principles),
                "aktoer": _slugs(resource.actors),
                "emne": tuple(slug for slug, _ in own_tags),
            },
            note=f"{resource.publisher} {resource.year or ''}".strip(),
        )


def _principles(ids: Ids) -> Iterator[Document]:
    for principle in _chosen(Principle, ids):
        names = [*filter(None, [principle.short]), f"princip {principle.number}"]
        yield _document(principle, names=names, facets={"princip": (principle.slug,)})


def _actors(ids: Ids) -> Iterator[Document]:
    for actor in _chosen(Actor, ids):
        yield _document(actor, facets={"aktoer": (actor.slug,)})


def _themes(ids: Ids) -> Iterator[Document]:
    for theme in _chosen(Theme, ids).prefetch_related("guidelines"):
        titles = (Part("D", clean(guideline.title)) for guideline in theme.guidelines.all())
        yield _document(theme, *titles, facets={"tema": (theme.slug,)})


def _sources(ids: Ids) -> Iterator[Document]:
    for source in _chosen(Source, ids):
        publisher = Part("B", clean(f"{source.publisher} {source.year or ''}"))
        yield _document(source, publisher, note=f"{source.publisher} {source.year or ''}".strip())
