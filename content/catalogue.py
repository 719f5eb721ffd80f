"""The catalogue of what can be linked to, from the database and from records about to be stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from content.registry import MODELS
from guidelines.models import Guideline, Instruction, Theme
from images.models import Image
from library.models import Act, GlossaryTerm, Provision
from library.models import Record as RecordRow
from markup.catalogue import Catalogue, Entry
from markup.guideline import split
from markup.kinds import Kind
from markup.record import Record

Key = tuple[Kind, str]


def address_of(record: Record) -> str:
    """The address of a record's page, whether or not it has been stored yet."""
    if record.kind is Kind.GUIDELINE:
        return Guideline(slug=record.slug, theme=Theme(slug=record.theme)).page_address()
    return MODELS[record.kind](slug=record.slug).page_address()


def entry_of(record: Record) -> Entry:
    """What others can link to in `record`."""
    fields = record.fields
    is_act, is_guideline = record.kind is Kind.ACT, record.kind is Kind.GUIDELINE
    return Entry(
        kind=record.kind,
        slug=record.slug,
        title=fields["short_title"] if is_act else fields["title"],
        url=address_of(record),
        aliases=tuple(fields.get("aliases", ())) if record.kind in (Kind.ACT, Kind.GLOSSARY) else (),
        summary=fields.get("summary", ""),
        provisions=frozenset(provision["number"] for provision in fields.get("provisions", ())),
        anchors=frozenset(part.anchor for part in split(record.body, record.path, record.offset).instructions)
        if is_guideline
        else frozenset(),
    )


def stored_entries() -> dict[Key, Entry]:
    """The entries of all that is in the database, in five queries."""
    short_titles: dict[str, str] = {}
    aliases: dict[Key, tuple[str, ...]] = {}
    for slug, short_title, names in Act.objects.values_list("slug", "short_title", "aliases"):
        short_titles[slug], aliases[Kind.ACT, slug] = short_title, tuple(names)
    for slug, names in GlossaryTerm.objects.values_list("slug", "aliases"):
        aliases[Kind.GLOSSARY, slug] = tuple(names)
    provisions = _grouped(Provision.objects.values_list("act__slug", "number"))
    anchors = _grouped(Instruction.objects.values_list("guideline__slug", "anchor"))
    entries = {}
    for kind_value, slug, title, address, summary in RecordRow.objects.values_list(
        "kind", "slug", "title", "address", "summary"
    ):
        kind = Kind(kind_value)
        entries[kind, slug] = Entry(
            kind=kind,
            slug=slug,
            title=short_titles[slug] if kind is Kind.ACT else title,
            url=address,
            aliases=aliases.get((kind, slug), ()),
            summary=summary,
            provisions=provisions[slug] if kind is Kind.ACT else frozenset(),
            anchors=anchors[slug] if kind is Kind.GUIDELINE else frozenset(),
        )
    return entries


def merged(stored: Mapping[Key, Entry], incoming: Iterable[Record], deleted: Iterable[Key] = ()) -> dict[Key, Entry]:
    """The entries as they will be once `incoming` is stored and `deleted` removed."""
    entries = dict(stored)
    for key in deleted:
        entries.pop(key, None)
    entries |= {(record.kind, record.slug): entry_of(record) for record in incoming}
    return entries


def stored_catalogue() -> Catalogue:
    """The catalogue of the published content as it is now."""
    return Catalogue(stored_entries().values(), Image.objects.sizes())


def _grouped(pairs: Iterable[tuple[str, str]]) -> defaultdict[str, frozenset[str]]:
    groups: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for key, value in pairs:
        groups[key] |= {value}
    return groups
