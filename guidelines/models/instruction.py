"""Instructions: what someone must, should or may do, and what that rests on."""

from django.db import models

from guidelines.models.actor import Actor
from guidelines.models.guideline import Guideline
from guidelines.models.law_drift import newest_change
from library.models import NAMES, Provision, Source
from markup.kinds import Obligation as ObligationWord
from principles.models import Principle

# The long columns of a record, which no list shows.
_TEXTS = ("text", "html", "sections")


class Obligation(models.TextChoices):
    """`Skal`: the law demands it. `Bør`: good professional practice. `Kan`: an option."""

    SKAL = ObligationWord.SKAL.value, "Skal"
    BOER = ObligationWord.BOER.value, "Bør"
    KAN = ObligationWord.KAN.value, "Kan"


class InstructionQuerySet(models.QuerySet):
    def in_reading_order(self) -> "InstructionQuerySet":
        return self.order_by("guideline__theme__number", "guideline__number", "position")

    def with_law_drift(self) -> "InstructionQuerySet":
        """With `law_changed`: the newest change of a provision they rest on since the law was checked, else None."""
        return self.annotate(law_changed=newest_change("bases__instruction", "guideline__law_checked"))

    def with_changed_law(self) -> "InstructionQuerySet":
        """Those that `with_law_drift` marks."""
        return self.with_law_drift().filter(law_changed__isnull=False)

    def with_unchecked_law(self) -> "InstructionQuerySet":
        """Those that rest on law that, as far as is known, nobody has held them against."""
        return self.filter(guideline__law_checked=None, bases__provision__isnull=False).distinct()

    def for_list(self) -> "InstructionQuerySet":
        """With all that a row of a list shows, in a fixed number of queries and without the texts of other records."""
        return (
            self.with_facts()
            .select_related("guideline__theme")
            .defer(*(f"guideline__{name}" for name in (*_TEXTS, *(f"theme__{text}" for text in _TEXTS))))
        )

    def with_facts(self) -> "InstructionQuerySet":
        """With who acts, the principles, the law and the sources, of which only the names are read."""
        bases = Basis.objects.select_related("provision__act", "source")
        provision = (f"provision__{name}" for name in ("act", "number", "key", "heading"))
        act = (f"provision__act__{name}" for name in (*NAMES, "short_title"))
        source = (f"source__{name}" for name in (*NAMES, "publisher", "year"))
        return self.with_law_drift().prefetch_related(
            models.Prefetch("actors", Actor.objects.named().in_danish_order()),
            models.Prefetch("principles", Principle.objects.named("short").numbered()),
            models.Prefetch("bases", bases.only("instruction", "position", "subsection", *provision, *act, *source)),
        )


class Instruction(models.Model):
    """A projection of one `###` of a guideline's body, rebuilt whenever the guideline is stored; the anchor stays."""

    guideline = models.ForeignKey(Guideline, models.CASCADE, related_name="instructions", verbose_name="retningslinje")
    anchor = models.SlugField("anker", max_length=120)
    obligation = models.CharField("forpligtelse", max_length=4, choices=Obligation.choices)
    position = models.PositiveSmallIntegerField("plads")
    title = models.CharField("titel", max_length=300)
    html = models.TextField(editable=False)
    actors = models.ManyToManyField("guidelines.Actor", related_name="instructions", verbose_name="aktører")
    principles = models.ManyToManyField(Principle, related_name="instructions", verbose_name="principper")

    objects = InstructionQuerySet.as_manager()

    class Meta:
        verbose_name = "anvisning"
        verbose_name_plural = "anvisninger"
        ordering = ["guideline", "position"]
        constraints = [models.UniqueConstraint(fields=["guideline", "anchor"], name="instruction_anchor_in_guideline")]
        indexes = [models.Index(fields=["obligation"], name="instruction_obligation")]

    def __str__(self) -> str:
        return f"{self.get_obligation_display()}: {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.guideline.address}#{self.anchor}"

    @property
    def identifier(self) -> str:
        """The name that it is cited by, which outlives its title: "boligfastholdelse#hold-fast-i-stoetten"."""
        return f"{self.guideline.slug}#{self.anchor}"


class BasisQuerySet(models.QuerySet):
    def with_law_drift(self) -> "BasisQuerySet":
        """With `law_changed`: the newest change of the provision itself since the instruction's law was checked."""
        return self.annotate(law_changed=newest_change("bases", "instruction__guideline__law_checked"))


class Basis(models.Model):
    """One entry of an instruction's `Kilder:`: a provision (with its `stk.`) or a source."""

    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="bases")
    position = models.PositiveSmallIntegerField()
    provision = models.ForeignKey(Provision, models.CASCADE, null=True, related_name="bases")
    subsection = models.CharField(max_length=60, blank=True)
    source = models.ForeignKey(Source, models.CASCADE, null=True, related_name="bases")

    objects = BasisQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["instruction", "position"], name="basis_position_in_instruction"),
            models.CheckConstraint(
                condition=models.Q(provision__isnull=False, source__isnull=True)
                | models.Q(provision__isnull=True, source__isnull=False),
                name="basis_is_provision_or_source",
            ),
        ]

    def __str__(self) -> str:
        if self.source:
            return self.source.title
        return f"{self.provision}, {self.subsection}" if self.subsection else str(self.provision)
