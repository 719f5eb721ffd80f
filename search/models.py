"""The index in PostgreSQL, the editors' synonyms, and how often what was searched for.

On SQLite, where the index is on disk, its three tables stay empty.
"""

from datetime import timedelta

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from search.synonym_list import MAX_MEANS, MAX_NOTE, MAX_TERM, Line

KEPT_DAYS = 90


class IndexState(models.Model):
    """A single row: what the index says of itself."""

    version = models.PositiveBigIntegerField()
    format = models.CharField(max_length=200)
    stamp = models.CharField(max_length=32)
    vocabulary = models.JSONField()

    class Meta:
        verbose_name = "søgeindeks"
        verbose_name_plural = "søgeindeks"

    def __str__(self) -> str:
        return f"{self.version} {self.stamp}"


class IndexedDocument(models.Model):
    """One document of the index: `terms` finds it, `facts` and `shown` tell of it (`search.documents`)."""

    id = models.PositiveIntegerField(primary_key=True)
    record_id = models.BigIntegerField()
    terms = SearchVectorField()
    facts = models.JSONField()
    shown = models.JSONField()

    class Meta:
        verbose_name = "søgedokument"
        verbose_name_plural = "søgedokumenter"
        indexes = [
            models.Index(fields=["record_id"], name="indexed_document_record"),
            GinIndex(fields=["terms"], name="indexed_document_terms"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class FrequentTerm(models.Model):
    """The documents of one block of numbers that have a term which very many have (`search.engines.frequent`)."""

    term = models.TextField()
    block = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        verbose_name = "hyppigt ord i søgeindekset"
        verbose_name_plural = "hyppige ord i søgeindekset"
        constraints = [models.UniqueConstraint(fields=["term", "block"], name="frequent_term_once_a_block")]

    def __str__(self) -> str:
        return f"{self.term} {self.block}"


class Synonym(models.Model):
    """One line of the editors' list (`search.synonym_list`). loaded: the line that a file last gave it, if one did."""

    term = models.CharField("det, der skrives", max_length=MAX_TERM, unique=True)
    means = models.CharField("søges også", max_length=MAX_MEANS)
    note = models.CharField("note", max_length=MAX_NOTE, blank=True)
    loaded = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = "synonym"
        verbose_name_plural = "synonymer"
        ordering = ["term"]

    def __str__(self) -> str:
        return f"{self.term} → {self.means}"

    @property
    def line(self) -> Line:
        return Line(self.term, self.means, self.note)

    @property
    def is_edited(self) -> bool:
        """Whether an editor has changed it since it was loaded, or made it."""
        return self.loaded != str(self.line)


class SearchCountQuerySet(models.QuerySet["SearchCount"]):
    def expired(self) -> "SearchCountQuerySet":
        """Those that have been kept for as long as readers were told."""
        return self.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))


class SearchCount(models.Model):
    """How many times on one day a text was searched for, with which filters, and how much that gave.

    Nothing here says who searched, or when on the day.
    """

    day = models.DateField("dag", default=timezone.localdate, db_index=True)
    text = models.CharField("søgt", max_length=100)
    filters = models.CharField("afgrænset til", max_length=200, blank=True)
    hits = models.PositiveIntegerField("resultater")
    times = models.PositiveIntegerField("gange", default=0)

    objects = SearchCountQuerySet.as_manager()

    class Meta:
        verbose_name = "søgning"
        verbose_name_plural = "søgninger"
        ordering = ["-day", "text"]
        constraints = [
            models.UniqueConstraint(fields=["day", "text", "filters", "hits"], name="search_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.text} ({self.hits})"
