"""The nine principles that cut across the themes."""

from django.db import models
from django.urls import reverse

from library.models import Record
from markup.kinds import Kind


class Principle(Record):
    """A principle cannot stand alone: its page is made of the guidelines and instructions that carry it out."""

    KIND = Kind.PRINCIPLE

    short = models.CharField("kort navn", max_length=40, blank=True)

    class Meta:
        verbose_name = "princip"
        verbose_name_plural = "principper"

    def page_address(self) -> str:
        return reverse("principles:principle", args=[self.slug])

    @property
    def label(self) -> str:
        return self.short or self.title
