"""Guidelines with their instructions, and what these are sorted by: themes, principles, actors, situations."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from api.schemas.base import Entry, Named, NumberedEntry, Page, Tag, Whole, absolute
from markup.kinds import Obligation


class ProvisionName(Schema):
    act: str = Field(description="Lovens navn i adressen.")
    key: str = Field(description="Paragraffens nummer i adressen.")
    label: str = Field(description="Paragraffen, som man skriver den: »serviceloven § 85 a«.")
    url: str

    @staticmethod
    def resolve_act(provision: Any) -> str:
        return str(provision.act.slug)

    @staticmethod
    def resolve_label(provision: Any) -> str:
        return f"{provision.act.short_title} {provision.label}"

    @staticmethod
    def resolve_url(provision: Any) -> str:
        return absolute(provision.get_absolute_url())


class Basis(Schema):
    provision: ProvisionName | None
    subsection: str = Field(description="Stykket, som »stk. 2«. Tomt for hele paragraffen og for en kilde.")
    source: Named | None


class PrincipleName(Named):
    number: int | None


# What an instruction is called.
class InstructionName(Schema):
    identifier: str = Field(description="Retningslinjens navn og anvisningens anker. Det ændres ikke.")
    obligation: Obligation
    title: str
    url: str

    @staticmethod
    def resolve_url(instruction: Any) -> str:
        return absolute(instruction.get_absolute_url())


class Instruction(InstructionName):
    anchor: str
    html: str
    actors: list[Named]
    principles: list[PrincipleName]
    bases: list[Basis] = Field(description="Hvad anvisningen hviler på.")


class InstructionRow(Instruction):
    guideline: Named
    theme: Named

    @staticmethod
    def resolve_theme(instruction: Any) -> Any:
        return instruction.guideline.theme


class InstructionPage(Page[InstructionRow]):
    unknown: list[str] = Field(description="Værdier af filtrene, som ikke kendes. De er udeladt.")


# One reason of an instruction as seen from what it rests on.
class RestingInstruction(InstructionName):
    subsection: str = Field(description="Det stykke, anvisningen hviler på. Tomt for det hele.")

    @staticmethod
    def resolve_identifier(basis: Any) -> str:
        return str(basis.instruction.identifier)

    @staticmethod
    def resolve_obligation(basis: Any) -> str:
        return str(basis.instruction.obligation)

    @staticmethod
    def resolve_title(basis: Any) -> str:
        return str(basis.instruction.title)

    @staticmethod
    def resolve_url(basis: Any) -> str:
        return absolute(basis.instruction.get_absolute_url())


class ThemeRow(NumberedEntry):
    guidelines: list[Named]


class GuidelineRow(NumberedEntry):
    theme: Named


class Guideline(Whole, GuidelineRow):
    draft_title: str = Field(description="Titlen i udkastet fra 2019.")
    law_checked: date | None = Field(description="Hvornår lovgrundlaget sidst er kontrolleret.")
    instructions: list[Instruction]
    principles: list[PrincipleName]
    actors: list[Named]
    related: list[Named]
    resources: list[Named]
    sources: list[Named]
    tags: list[Tag]

    @staticmethod
    def resolve_tags(record: Any) -> Any:
        return record.tags.order_by("name")


class PrincipleRow(NumberedEntry):
    short: str


class Principle(Whole, PrincipleRow):
    guidelines: list[Named]
    instructions: list[InstructionName]


class ActorRow(Entry):
    category: str
    parent: Named | None


class Actor(Whole, ActorRow):
    children: list[Named]
    instructions: list[InstructionName]


class SituationRow(NumberedEntry):
    aliases: list[str]


class Situation(Whole, SituationRow):
    instructions: list[InstructionRow] = Field(description="I den rækkefølge, de skal læses.")
