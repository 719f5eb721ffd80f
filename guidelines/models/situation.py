"""A door for someone in a hurry: the instructions that matter now, across themes."""

from django.db import models
from django.urls import reverse

from guidelines.models.instruction import Instruction
from library.models import Record
from markup.kinds import Kind


class Situation(Record):
    KIND = Kind.SITUATION

    aliases = models.JSONField("andre ord for situationen", default=list, blank=True)
    instructions = models.ManyToManyField(Instruction, through="SituationStep", related_name="situations")

    class Meta:
        verbose_name = "situation"
        verbose_name_plural = "situationer"

    def page_address(self) -> str:
        return reverse("guidelines:situation", args=[self.slug])


class SituationStep(models.Model):
    """Which instruction is read as number `position` in a situation."""

    situation = models.ForeignKey(Situation, models.CASCADE, related_name="steps")
    instruction = models.ForeignKey(Instruction, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["situation", "instruction"], name="step_instruction_in_situation"),
            models.UniqueConstraint(fields=["situation", "position"], name="step_position_in_situation"),
        ]

    def __str__(self) -> str:
        return f"{self.situation} {self.position + 1}"
