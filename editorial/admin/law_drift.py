"""The editors' queue of instructions whose law must be read again: a filter on the list of instructions."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from guidelines.models import Instruction

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

CHANGED, NEVER = "aendret", "aldrig"


class LawDriftFilter(admin.SimpleListFilter):
    title = "kontrol af lovgrundlaget"
    parameter_name = "lovgrundlag"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(CHANGED, "Ændret siden kontrol"), (NEVER, "Aldrig kontrolleret")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Instruction]") -> "QuerySet[Instruction]":
        if self.value() == CHANGED:
            return queryset.filter(pk__in=Instruction.objects.with_changed_law().values("pk"))
        if self.value() == NEVER:
            return queryset.filter(pk__in=Instruction.objects.with_unchecked_law().values("pk"))
        return queryset


def queue() -> list[tuple[str, int, str]]:
    """The two ends of the queue: what each is called, its length, and where its list is."""
    address = reverse("admin:guidelines_instruction_changelist")
    changed = Instruction.objects.with_changed_law().count()
    never = Instruction.objects.with_unchecked_law().count()
    return [
        ("Lovgrundlag ændret siden kontrol", changed, f"{address}?lovgrundlag={CHANGED}"),
        ("Lovgrundlag aldrig kontrolleret", never, f"{address}?lovgrundlag={NEVER}"),
    ]
