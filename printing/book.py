"""The whole of Hjemvej as one book."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from content.models import ContentVersion
from guidelines.models import Actor, Guideline, Instruction, Situation, SituationStep, Theme
from library.models import GlossaryTerm, Source
from principles.models import Principle
from printing.documents import by_obligation, edition_line, made_at
from printing.tree import read
from printing.typesetting import Document

TITLE = "Hjemvej"
DESCRIPTION = "Opslagsværk over de nationale retningslinjer for indsatsen mod hjemløshed"


Groups = dict[int, list[Instruction]]


def book_document(version: ContentVersion) -> Document:
    """All that one reads. What one looks up, law and materials, is left to the site, where it is kept up to date."""
    return Document(
        title=TITLE,
        description=DESCRIPTION,
        source=settings.SITE_URL,
        edition=edition_line(version),
        made_at=made_at(version),
        cover=read(render_to_string("printing/cover.html", {"description": DESCRIPTION}), settings.SITE_URL),
        blocks=read(render_to_string("printing/book.html", _context()), settings.SITE_URL),
        is_book=True,
    )


def _context() -> dict[str, Any]:
    """Everything, with the instructions fetched once and handed out to whom they belong to."""
    instructions = list(Instruction.objects.for_list().in_reading_order())
    by_key = {instruction.pk: instruction for instruction in instructions}
    of_guideline = _grouped(instructions, lambda one: [one.guideline_id])
    of_principle = _grouped(instructions, lambda one: [principle.pk for principle in one.principles.all()])
    of_actor = _grouped(instructions, lambda one: [actor.pk for actor in one.actors.all()])
    of_situation: Groups = defaultdict(list)
    for step in SituationStep.objects.order_by("situation_id", "position"):
        of_situation[step.situation_id].append(by_key[step.instruction_id])
    of_theme: dict[int, list[tuple[Guideline, list[Instruction]]]] = defaultdict(list)
    for guideline in Guideline.objects.numbered():
        of_theme[guideline.theme_id].append((guideline, of_guideline[guideline.pk]))
    return {
        "situations": [(situation, of_situation[situation.pk]) for situation in Situation.objects.numbered()],
        "principles": [(principle, of_principle[principle.pk]) for principle in Principle.objects.numbered()],
        "themes": [(theme, of_theme[theme.pk]) for theme in Theme.objects.numbered()],
        "actors": [(actor, by_obligation(of_actor[actor.pk])) for actor in Actor.objects.in_danish_order()],
        "terms": GlossaryTerm.objects.in_danish_order(),
        "sources": Source.objects.in_danish_order(),
    }


def _grouped(instructions: Iterable[Instruction], owners: Callable[[Instruction], list[int]]) -> Groups:
    """Owner's key → its instructions; an instruction may belong to several."""
    groups: Groups = defaultdict(list)
    for instruction in instructions:
        for owner in owners(instruction):
            groups[owner].append(instruction)
    return groups
