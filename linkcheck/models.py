"""What was found when the addresses in the texts were last asked for."""

from django.db import models

# Browsers and servers stop reading addresses not far beyond this.
MOST_SIGNS = 2000


class Outcome(models.TextChoices):
    """What an answer means: `unsure` is what may be better tomorrow, or answers people and not programs."""

    WORKS = "works", "virker"
    DEAD = "dead", "død"
    UNSURE = "unsure", "usikker"


class ExternalLinkQuerySet(models.QuerySet["ExternalLink"]):
    def dead(self) -> "ExternalLinkQuerySet":
        return self.filter(dead_since__isnull=False)


class ExternalLink(models.Model):
    """One address on the web that texts lead to, without its fragment.

    finding: what was found, in Danish, for editors. status: the number that HTTP gives its answer, if there was one.
    dead_since: since when it has been dead without ever having worked between. final_url: where redirects end.
    """

    url = models.CharField("adresse", max_length=MOST_SIGNS, unique=True)
    outcome = models.CharField("tilstand", max_length=10, choices=Outcome.choices)
    status = models.PositiveSmallIntegerField("svar", null=True, blank=True)
    finding = models.CharField("fundet", max_length=200)
    checked_at = models.DateTimeField("undersøgt")
    dead_since = models.DateTimeField("død siden", null=True, blank=True)
    final_url = models.CharField("fører nu til", max_length=MOST_SIGNS, blank=True)

    objects = ExternalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "henvisning til andre sider"
        verbose_name_plural = "døde henvisninger"
        ordering = ["dead_since", "url"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.url
