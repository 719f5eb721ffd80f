"""The index in PostgreSQL. On SQLite, where the index is on disk, both tables stay empty."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


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
