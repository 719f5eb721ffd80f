"""The law, and what explains and supports the guidelines: glossary, resources, sources."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from api.schemas.base import Entry, Named, Tag, Whole, absolute
from api.schemas.guidelines import PrincipleName, ProvisionName, RestingInstruction
from library.bases import in_reading_order
from library.models.record import TEXTS
from markup.kinds import Kind
from search.documents import TYPE_OF_KIND, Type


class External(Schema):
    external_url: str = Field(description="Adressen uden for Hjemvej. Tom, hvor der ingen er.")

    @staticmethod
    def resolve_external_url(record: Any) -> str:
        return str(record.url)


class Amendment(Schema):
    date: date
    summary: str
    html: str
    is_proposed: bool = Field(description="Endnu kun foreslået, eller vedtagelsen er ikke bekræftet.")
    provision: ProvisionName | None = Field(description="Tom, hvor ændringen angår hele loven.")
    source: Named | None


class ActRow(External, Entry):
    short_title: str
    aliases: list[str]


class ProvisionRow(Schema):
    key: str
    number: str
    heading: str
    summary: str
    url: str

    @staticmethod
    def resolve_url(provision: Any) -> str:
        return absolute(provision.get_absolute_url())


class Act(Whole, ActRow):
    provisions: list[ProvisionRow]
    amendments: list[Amendment]


# A place in the texts that names a provision.
class Citation(Schema):
    type: Type
    slug: str
    title: str
    url: str
    anchor: str
    subsection: str

    @staticmethod
    def resolve_type(citation: Any) -> Type:
        return TYPE_OF_KIND[Kind(citation.source.kind)]

    @staticmethod
    def resolve_slug(citation: Any) -> str:
        return str(citation.source.slug)

    @staticmethod
    def resolve_title(citation: Any) -> str:
        return str(citation.source.title)

    @staticmethod
    def resolve_url(citation: Any) -> str:
        fragment = f"#{citation.anchor}" if citation.anchor else ""
        return absolute(f"{citation.source.get_absolute_url()}{fragment}")


class Provision(ProvisionRow):
    html: str
    act: Named
    review: str = Field(description="Lovens forbehold.")
    text: str = Field(description="Lovens hele tekst, som paragraffen står i.")
    changed_at: datetime = Field(description="Hvornår lovens tekst sidst er ændret.")
    amendments: list[Amendment]
    instructions: list[RestingInstruction] = Field(description="Anvisninger, der hviler på paragraffen.")
    citations: list[Citation] = Field(description="Tekster, der nævner paragraffen.")

    @staticmethod
    def resolve_review(provision: Any) -> str:
        return str(provision.act.review)

    @staticmethod
    def resolve_text(provision: Any) -> str:
        return str(provision.act.text)

    @staticmethod
    def resolve_changed_at(provision: Any) -> Any:
        return provision.act.changed_at

    @staticmethod
    def resolve_amendments(provision: Any) -> Any:
        return provision.amendments.for_list()

    @staticmethod
    def resolve_instructions(provision: Any) -> Any:
        return in_reading_order(provision.bases.all())

    @staticmethod
    def resolve_citations(provision: Any) -> Any:
        citing = provision.citations.select_related("source").defer(*(f"source__{name}" for name in TEXTS))
        return citing.order_by("source__kind", "source__sort_key", "source__slug", "anchor", "subsection")


class TermRow(Entry):
    aliases: list[str]


class Term(Whole, TermRow):
    sources: list[Named]


class ResourceRow(External, Entry):
    category: str
    publisher: str
    year: int | None


class Resource(Whole, ResourceRow):
    guidelines: list[Named]
    principles: list[PrincipleName]
    actors: list[Named]
    sources: list[Named]
    tags: list[Tag]

    @staticmethod
    def resolve_tags(record: Any) -> Any:
        return record.tags.order_by("name")


class SourceRow(External, Entry):
    publisher: str
    year: int | None
    accessed: date | None
    license: str
    isbn: str


class Source(Whole, SourceRow):
    instructions: list[RestingInstruction]

    @staticmethod
    def resolve_instructions(source: Any) -> Any:
        return in_reading_order(source.bases.all())
