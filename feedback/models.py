"""What readers say about a page. Nothing here says who they are, or when on the day they wrote."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_DAYS = 180


class ReplyQuerySet(models.QuerySet):
    def expired(self) -> "ReplyQuerySet":
        """Those that have been kept for as long as readers were told."""
        return self.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))


class Reply(models.Model):
    """One answer to "Var siden til hjælp?". `page` is the address of the page on this site."""

    page = models.CharField("side", max_length=300, db_index=True)
    helpful = models.BooleanField("til hjælp")
    text = models.TextField("tekst", blank=True)
    day = models.DateField("dag", default=timezone.localdate, db_index=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "svar fra en læser"
        verbose_name_plural = "svar fra læsere"
        ordering = ["page", "-day", "-pk"]

    def __str__(self) -> str:
        return f"{self.page}: {'ja' if self.helpful else 'nej'}"
