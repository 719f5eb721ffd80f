"""The pages of the peer: a tree, with rich text, and a stream of instructions on the guidelines."""

from django.db import models
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index


class InstructionBlock(StructBlock):
    obligation = CharBlock()
    title = CharBlock()
    anchor = CharBlock()
    text = RichTextBlock()
    actors = ListBlock(CharBlock())
    principles = ListBlock(CharBlock())
    law = ListBlock(CharBlock())

    class Meta:
        template = "peer/instruction.html"


class SectionBlock(StructBlock):
    title = CharBlock()
    text = RichTextBlock()


class TextPage(Page):
    """A text, or a list of the pages below it."""

    summary = models.TextField(blank=True)
    body = RichTextField(blank=True)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]


class GuidelinePage(Page):
    summary = models.TextField(blank=True)
    introduction = RichTextField(blank=True)
    instructions = StreamField([("instruction", InstructionBlock())])
    sections = StreamField([("section", SectionBlock())], blank=True)

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("introduction"),
        index.SearchField("instructions"),
        index.SearchField("sections"),
    ]
