"""Revisions: every text that a record has had or may get, with who, when, why, and how far it has come.

There is no other store of old versions: history, comparison, restoring, export and review all work on these texts.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q

from markup.kinds import Kind
from markup.record import Record, read


class State(models.TextChoices):
    """How far a revision has come: draft → review → (scheduled →) published, or withdrawn where it ends its record."""

    DRAFT = "draft", "kladde"
    REVIEW = "review", "til godkendelse"
    SCHEDULED = "scheduled", "planlagt"
    PUBLISHED = "published", "offentliggjort"
    WITHDRAWN = "withdrawn", "udgået"
    DISCARDED = "discarded", "kasseret"


# Still worked on: at most one for each record.
OPEN = (State.DRAFT, State.REVIEW, State.SCHEDULED)
# Has been what readers got: the history of a record.
PUBLIC = (State.PUBLISHED, State.WITHDRAWN)


class Significance(models.TextChoices):
    MAJOR = "major", "væsentlig"
    MINOR = "minor", "mindre"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of(self, kind: str | F, slug: str | F) -> "RevisionQuerySet":
        return self.filter(kind=kind, slug=slug)

    def open(self) -> "RevisionQuerySet":
        return self.filter(state__in=OPEN)

    def public(self) -> "RevisionQuerySet":
        """What readers have had, the newest first."""
        return self.filter(state__in=PUBLIC).order_by("-content_version", "-pk")

    def last_public(self) -> models.Subquery:
        """The key of the newest public revision of the record that an outer query names `kind` and `slug`."""
        return models.Subquery(self.public().of(OuterRef("kind"), OuterRef("slug")).values("pk")[:1])

    def current(self) -> "RevisionQuerySet":
        """The newest public revision of each record."""
        return self.filter(pk=Revision.objects.last_public())


class Revision(models.Model):
    """One text of one record, which is named by `kind` and `slug` and may not exist yet, or any longer.

    path: the file that the text belongs in; the record's number and theme stand in it.
    author: who began it; None where the text came from a file. saved_by: who saved it last. authors: everybody who has
    saved an edition of it.
    base: the public revision that it was made from. edition: raised at each save, so that two at once are told apart.
    """

    kind = models.CharField("slags", max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    slug = models.SlugField("navn i adressen", max_length=120)
    path = models.CharField("fil", max_length=400)
    text = models.TextField("tekst")
    state = models.CharField("tilstand", max_length=10, choices=State.choices, default=State.DRAFT)
    edition = models.PositiveIntegerField("udgave", default=1)
    base = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="successors")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="revisions"
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="saved_revisions"
    )
    authors = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="written_revisions")
    created_at = models.DateTimeField("begyndt", auto_now_add=True)
    changed_at = models.DateTimeField("gemt", auto_now=True)

    significance = models.CharField("betydning", max_length=10, choices=Significance.choices, blank=True)
    public_note = models.CharField("hvad er ændret, til læserne", max_length=300, blank=True)

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reviewed_revisions"
    )
    decided_at = models.DateTimeField("afgjort", null=True, blank=True)
    note_to_author = models.TextField("besked til forfatteren", blank=True)

    publish_on = models.DateField("offentliggøres den", null=True, blank=True)
    published_at = models.DateTimeField("offentliggjort", null=True, blank=True)
    content_version = models.PositiveBigIntegerField("indholdsversion", null=True, blank=True)

    withdraws = models.BooleanField("tager teksten ud", default=False)
    reason = models.CharField("hvorfor siden udgår", max_length=300, blank=True)
    successor = models.CharField("siden, som læserne skal bruge i stedet", max_length=400, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = "revision"
        verbose_name_plural = "revisioner"
        default_permissions = ()
        permissions = [("approve_revision", "Kan godkende, planlægge og sende tilbage")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"], condition=Q(state__in=OPEN), name="revision_one_open_of_a_record"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "slug", "content_version"], name="revision_history"),
            models.Index(fields=["content_version"], name="revision_newest"),
            models.Index(fields=["publish_on"], condition=Q(state=State.SCHEDULED), name="revision_due"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_state_display()})"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def record(self) -> Record:
        """The text as a record, as far as it can be read: a draft may be incomplete."""
        record, _ = read(self.text, self.path)
        return record or Record(Kind(self.kind), self.slug, {})

    @property
    def title(self) -> str:
        title: str = self.record.fields.get("title", self.slug)
        return title


class Comment(models.Model):
    """What somebody says about a revision while it is reviewed. Never public."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="comments")
    text = models.TextField("kommentar", max_length=4000)
    created_at = models.DateTimeField("skrevet", auto_now_add=True)

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        default_permissions = ()
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Autosave(models.Model):
    """What stands in somebody's form and has not been saved yet. One for each user and text; gone when it is saved.

    token: the text: "guideline/boligfastholdelse", or for a new one "guideline/+". fields: the form's, as sent.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="autosaves")
    token = models.CharField(max_length=150)
    fields: Any = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "ikke gemt tekst"
        verbose_name_plural = "ikke gemte tekster"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="autosave_one_of_a_text")]

    def __str__(self) -> str:
        return self.token
