"""What words mean, what statements rest on, and where more knowledge is found."""

from django.db import models
from django.urls import reverse
from taggit.managers import TaggableManager

from library.models.record import Record
from library.models.tags import TaggedRecord
from markup.kinds import Kind


class Source(Record):
    KIND = Kind.SOURCE

    publisher = models.CharField("udgiver", max_length=300)
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    url = models.URLField("adresse", max_length=1000, blank=True)
    accessed = models.DateField("set den", null=True, blank=True)
    license = models.TextField("vilkår for brug", blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)

    class Meta:
        verbose_name = "kilde"
        verbose_name_plural = "kilder"

    def page_address(self) -> str:
        return reverse("library:source", args=[self.slug])

    @property
    def label(self) -> str:
        """Short, for the margin: who and when, or the title where no year is known."""
        return f"{self.publisher} {self.year}" if self.year else self.title


class GlossaryTerm(Record):
    KIND = Kind.GLOSSARY

    aliases = models.JSONField("andre ord for det samme", default=list, blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="terms", verbose_name="kilder")

    class Meta:
        verbose_name = "begreb"
        verbose_name_plural = "begreber"

    def page_address(self) -> str:
        return reverse("library:term", args=[self.slug])


class Resource(Record):
    """Another body of knowledge: recommendations, a method, a note, a tool, a service."""

    KIND = Kind.RESOURCE

    class Category(models.TextChoices):
        RECOMMENDATIONS = "anbefalinger", "Anbefalinger"
        GUIDELINES = "retningslinjer", "Retningslinjer"
        KNOWLEDGE_NOTE = "vidensnotat", "Vidensnotat"
        METHOD_CATALOGUE = "metodekatalog", "Metodekatalog"
        ADVICE = "raadgivning", "Rådgivning"
        PROGRAMME = "indsatsforloeb", "Indsatsforløb"
        TOOL = "redskab", "Redskab"
        TEACHING = "undervisning", "Undervisning"
        STATISTICS = "statistik", "Statistik"
        METHOD = "metode", "Metode"

    category = models.CharField("art", max_length=20, choices=Category.choices)
    publisher = models.CharField("udgiver", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("år", null=True, blank=True)
    url = models.URLField("adresse", max_length=1000, blank=True)
    guidelines = models.ManyToManyField(
        "guidelines.Guideline", blank=True, related_name="described_by", verbose_name="retningslinjer"
    )
    principles = models.ManyToManyField(
        "principles.Principle", blank=True, related_name="described_by", verbose_name="principper"
    )
    actors = models.ManyToManyField("guidelines.Actor", blank=True, related_name="described_by", verbose_name="aktører")
    sources = models.ManyToManyField(Source, blank=True, related_name="resources", verbose_name="kilder")
    tags = TaggableManager("emner", through=TaggedRecord, blank=True, related_name="tagged_resources")

    class Meta:
        verbose_name = "materiale"
        verbose_name_plural = "materialer"

    def page_address(self) -> str:
        return reverse("library:resource", args=[self.slug])
