"""What every kind of record has in common, and what ties records together."""

import hashlib
from typing import Any, ClassVar

from django.db import models

from library.danish import sort_key
from markup.kinds import Kind


def text_hash(text: str) -> str:
    """The SHA-256 of a record's text, in hexadecimal: tells whether two texts are the same to the byte."""
    return hashlib.sha256(text.encode()).hexdigest()


# What a list of titles does without.
TEXTS = ("text", "html", "sections", "search_words")
# What a link to a record needs, and what orders it among others.
NAMES = ("kind", "slug", "number", "title", "address", "sort_key")


class RecordQuerySet(models.QuerySet):
    def in_danish_order(self) -> "RecordQuerySet":
        """By title; records of one title by slug, so that the order is always the same."""
        return self.order_by("sort_key", "slug")

    def numbered(self) -> "RecordQuerySet":
        return self.order_by("number")

    def light(self) -> "RecordQuerySet":
        """Without the texts: what a list of titles needs."""
        return self.defer(*TEXTS)

    def named(self, *more: str) -> "RecordQuerySet":
        """With what a link needs, and the columns `more`; asking for others costs a query each."""
        return self.only(*NAMES, *more)


class Record(models.Model):
    """One text of the knowledge base.

    `text` (front matter and Markdown, see docs/content-format.md) is the truth; everything else here and in the child
    models is a projection of it that `content.store` writes. Nothing else saves records.
    """

    KIND: ClassVar[Kind]

    kind = models.CharField("slags", max_length=20, choices=[(kind.value, kind.value) for kind in Kind], editable=False)
    slug = models.SlugField("navn i adressen", max_length=120)
    number = models.PositiveSmallIntegerField("nummer", null=True, blank=True)
    title = models.CharField("titel", max_length=400)
    summary = models.TextField("resumé", blank=True)
    review = models.TextField("forbehold", blank=True)
    review_by = models.DateField("gennemgås senest", null=True, blank=True)
    search_words = models.JSONField("søgeord", default=list, blank=True)
    text = models.TextField("tekst", editable=False)
    loaded_hash = models.CharField(max_length=64, editable=False, blank=True)
    html = models.TextField(editable=False, blank=True)
    sections = models.JSONField(editable=False, default=list, blank=True)
    address = models.CharField("adresse", max_length=300, editable=False)
    sort_key = models.CharField(max_length=500, editable=False)
    changed_at = models.DateTimeField("ændret", editable=False)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = "tekst"
        verbose_name_plural = "tekster"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="record_slug_unique_in_kind")]
        indexes = [
            models.Index(fields=["kind", "sort_key"], name="record_kind_sort_key"),
            models.Index(fields=["kind", "number"], name="record_kind_number"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.KIND.value
        self.sort_key = sort_key(str(self))[:500]
        self.address = self.page_address()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return self.address

    def page_address(self) -> str:
        """Where the record's page is; `address` keeps it, so that a link costs no look-up."""
        raise NotImplementedError(f"{type(self).__name__} says no address")

    @property
    def is_edited(self) -> bool:
        """Whether an editor has changed the text since a file was last loaded into it."""
        return text_hash(self.text) != self.loaded_hash


class Link(models.Model):
    """A `[[link]]` or glossary term in a record's text that leads to another record."""

    source = models.ForeignKey(Record, models.CASCADE, related_name="links_out")
    anchor = models.CharField(max_length=120, blank=True)
    target = models.ForeignKey(Record, models.CASCADE, related_name="links_in")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "anchor", "target"], name="link_unique")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Citation(models.Model):
    """A provision cited in a record's text; `anchor` is the instruction's where it stands in one."""

    source = models.ForeignKey(Record, models.CASCADE, related_name="citations")
    anchor = models.CharField(max_length=120, blank=True)
    provision = models.ForeignKey("library.Provision", models.CASCADE, related_name="citations")
    subsection = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "anchor", "provision", "subsection"], name="citation_unique")
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.provision}"


class Tombstone(models.Model):
    """An address that was used once. It is never given to anything else, and says where its content went.

    One that has a reason is shown with it; one that has only a successor leads there by itself.
    """

    address = models.CharField("adresse", max_length=400, unique=True)
    title = models.CharField("titel", max_length=400)
    reason = models.CharField("hvorfor siden udgik", max_length=300, blank=True)
    successor = models.CharField("ny adresse", max_length=400, blank=True)
    retired_at = models.DateTimeField("udgået", auto_now_add=True)

    class Meta:
        verbose_name = "udgået adresse"
        verbose_name_plural = "udgåede adresser"
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address
