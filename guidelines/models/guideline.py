"""Themes and their guidelines."""

from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager

from library.models import Record, Resource, Source, TaggedRecord
from markup.kinds import Kind
from principles.models import Principle


class Theme(Record):
    KIND = Kind.THEME

    # Named, because guidelines are records as well and have a theme of their own.
    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_theme"
    )

    class Meta:
        verbose_name = "tema"
        verbose_name_plural = "temaer"

    def page_address(self) -> str:
        return reverse("guidelines:theme", args=[self.slug])


class Guideline(Record):
    """`html` is the text before the instructions, `sections` what follows; the instructions are rows of their own."""

    KIND = Kind.GUIDELINE

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="guidelines", verbose_name="tema")
    draft_title = models.CharField("titel i udkastet fra 2019", max_length=400, blank=True)
    law_checked = models.DateField("lovgrundlaget kontrolleret", null=True, blank=True)
    principles = models.ManyToManyField(Principle, blank=True, related_name="guidelines", verbose_name="principper")
    actors = models.ManyToManyField("guidelines.Actor", blank=True, related_name="guidelines", verbose_name="aktører")
    related = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="related_from",
        verbose_name="beslægtede retningslinjer",
    )
    resources = models.ManyToManyField(
        Resource, blank=True, related_name="used_by", verbose_name="metoder og materialer"
    )
    sources = models.ManyToManyField(Source, blank=True, related_name="guidelines", verbose_name="kilder")
    tags = TaggableManager("emner", through=TaggedRecord, blank=True, related_name="tagged_guidelines")

    class Meta:
        verbose_name = "retningslinje"
        verbose_name_plural = "retningslinjer"

    def page_address(self) -> str:
        return reverse("guidelines:guideline", args=[self.theme.slug, self.slug])
