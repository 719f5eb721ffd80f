"""Who acts, or is acted for."""

from django.db import models
from django.urls import reverse

from library.models import Record
from markup.kinds import Kind


class Actor(Record):
    KIND = Kind.ACTOR

    class Category(models.TextChoices):
        MUNICIPALITY = "kommune", "Kommune"
        HOSTEL = "boform", "Boform"
        HOUSING = "boligorganisation", "Boligorganisation"
        REGION = "region", "Region"
        STATE = "stat", "Stat"
        CIVIL_SOCIETY = "civilsamfund", "Civilsamfund"
        CITIZEN = "borger", "Borger"

    category = models.CharField("art", max_length=20, choices=Category.choices)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="children", verbose_name="hører under"
    )

    class Meta:
        verbose_name = "aktør"
        verbose_name_plural = "aktører"

    def page_address(self) -> str:
        return reverse("guidelines:actor", args=[self.slug])
