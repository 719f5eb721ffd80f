"""Acts, their provisions, and what has changed in them."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from library.models.record import TEXTS, Record
from markup.catalogue import number_key
from markup.kinds import Kind


class Act(Record):
    KIND = Kind.ACT

    short_title = models.CharField("kort titel", max_length=120)
    aliases = models.JSONField("navne i tekster", default=list, blank=True)
    url = models.URLField("adresse på Retsinformation", max_length=500)

    class Meta:
        verbose_name = "lov"
        verbose_name_plural = "love"

    def __str__(self) -> str:
        return self.short_title

    def page_address(self) -> str:
        return reverse("library:act", args=[self.slug])

    @property
    def abbreviations(self) -> list[str]:
        """The short forms among the names, in capitals: serviceloven → ["SEL"]."""
        return [name.upper() for name in self.aliases if len(name) <= 4]


class ProvisionQuerySet(models.QuerySet):
    def with_act(self) -> "ProvisionQuerySet":
        """With the act, which the address needs, but without its texts."""
        return self.select_related("act").defer(*(f"act__{name}" for name in TEXTS))


class Provision(models.Model):
    """A paragraph of an act. `number` as the act writes it ("85 a"), `key` as in the address ("85a")."""

    act = models.ForeignKey(Act, models.CASCADE, related_name="provisions", verbose_name="lov")
    number = models.CharField("nummer", max_length=20)
    key = models.CharField(max_length=20, editable=False)
    position = models.PositiveSmallIntegerField()
    heading = models.CharField("overskrift", max_length=300)
    summary = models.TextField("indhold i kort form")
    html = models.TextField(editable=False)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = "paragraf"
        verbose_name_plural = "paragraffer"
        ordering = ["act__sort_key", "position"]
        constraints = [models.UniqueConstraint(fields=["act", "key"], name="provision_unique_in_act")]

    def __str__(self) -> str:
        return f"{self.act.short_title} § {self.number}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.key = number_key(self.number)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came

    def get_absolute_url(self) -> str:
        return f"{self.act.address}{self.key}/"

    @property
    def label(self) -> str:
        return f"§ {self.number}"


class AmendmentQuerySet(models.QuerySet):
    def for_list(self) -> "AmendmentQuerySet":
        """Newest first, with all that a list shows of act, provision and source."""
        related = ("act", "provision__act", "source")
        texts = (f"{path}__{name}" for path in related for name in TEXTS)
        return self.select_related(*related).defer(*texts).order_by("-date", "act__sort_key", "position")


class Amendment(models.Model):
    """A change in an act, in force from `date`; `provision` is empty where it concerns the whole act.

    `is_proposed`: only a bill, or of unconfirmed adoption; `date` is then the day that it names.
    """

    act = models.ForeignKey(Act, models.CASCADE, related_name="amendments", verbose_name="lov")
    provision = models.ForeignKey(
        Provision, models.SET_NULL, null=True, related_name="amendments", verbose_name="paragraf"
    )
    position = models.PositiveSmallIntegerField()
    date = models.DateField("dato")
    summary = models.TextField("ændring")
    html = models.TextField(editable=False)
    is_proposed = models.BooleanField("foreslået", default=False)
    source = models.ForeignKey(
        "library.Source", models.SET_NULL, null=True, related_name="amendments", verbose_name="kilde"
    )

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lovændring"
        verbose_name_plural = "lovændringer"
        ordering = ["-date", "act__sort_key", "position"]
        constraints = [models.UniqueConstraint(fields=["act", "position"], name="amendment_position_in_act")]

    def __str__(self) -> str:
        return f"{self.act.short_title}, {self.date.isoformat()}"

    @property
    def is_coming(self) -> bool:
        """Whether it is adopted but not yet in force. Pages may say so: they are kept for the day that made them."""
        return not self.is_proposed and self.date > timezone.localdate()
