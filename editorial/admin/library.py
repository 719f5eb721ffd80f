"""The admin of what is looked up: acts, terms, resources, sources, and the addresses out of use."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from taggit.models import Tag as UnusedTag

from editorial.admin.base import ModelAdmin, RecordAdmin, fieldset
from editorial.admin.guidance import PAGE, PrinciplesAsBoxes
from editorial.forms.kinds import ActForm, GlossaryTermForm, ResourceForm, SourceForm
from library.models import Act, GlossaryTerm, Record, Resource, Source, Tombstone

TEXT = fieldset("Tekst", "summary", "body", "search_words", "review", "review_by")

# Taggit's own table of tags stays empty: tags follow the texts and live in library.Tag.
admin.site.unregister(UnusedTag)


@admin.register(Act)
class ActAdmin(RecordAdmin):
    form = ActForm
    list_display = ("short_title", "title", "provision_count", "changed", "edited")
    fieldsets = (
        fieldset("Navn", "title", "short_title", "slug", "aliases", "url"),
        fieldset("Tekst", "body", "search_words", "review", "review_by"),
        PAGE,
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Act]":
        rows: QuerySet[Act] = super().get_queryset(request)
        return rows.annotate(provision_number=Count("provisions"))

    @admin.display(description="paragraffer", ordering="provision_number")
    def provision_count(self, obj: Any) -> int:
        count: int = obj.provision_number
        return count

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With every source to choose among in the amendments."""
        context["source_choices"] = Source.objects.light().in_danish_order()
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(RecordAdmin):
    form = GlossaryTermForm
    list_display = ("title", "summary", "changed", "edited")
    autocomplete_fields = ("sources",)
    fieldsets = (
        fieldset("Navn", "title", "slug", "aliases"),
        fieldset("Tekst", "summary", "body", "sources", "search_words", "review", "review_by"),
        PAGE,
    )


@admin.register(Resource)
class ResourceAdmin(PrinciplesAsBoxes):
    form = ResourceForm
    list_display = ("title", "category", "publisher", "year", "changed", "edited")
    list_filter = ("category", "principles", ("actors", admin.RelatedOnlyFieldListFilter))
    autocomplete_fields = ("guidelines", "actors", "sources")
    fieldsets = (
        fieldset("Navn", "title", "slug", "category", "publisher", "year", "url"),
        TEXT,
        fieldset("Hører sammen med", "guidelines", "principles", "actors", "tags", "sources"),
        PAGE,
    )


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    form = SourceForm
    list_display = ("title", "publisher", "year", "slug", "accessed", "edited")
    list_filter = ("year",)
    search_help_text = "Søg i titel, udgiver og navn"
    search_fields = ("title", "publisher", "slug", "text")
    fieldsets = (
        fieldset("Kilden", "title", "slug", "publisher", "year", "url", "accessed", "isbn", "license"),
        fieldset("Tekst", "body", "review"),
        PAGE,
    )


class TombstoneForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to the type checker
    def clean_successor(self) -> str:
        """Readers are sent there without being asked, and so it must be an address of ours."""
        address = str(self.cleaned_data["successor"]).strip()
        pages = (Record.objects, Tombstone.objects.exclude(pk=self.instance.pk))
        if address and not any(known.filter(address=address).exists() for known in pages):
            raise forms.ValidationError(f"Der er ingen anden side med adressen {address}.")
        return address


@admin.register(Tombstone)
class TombstoneAdmin(ModelAdmin):
    """Addresses out of use. They come by themselves; an editor says where readers are to go instead."""

    form = TombstoneForm
    list_display = ("address", "title", "successor", "retired_at")
    search_fields = ("address", "title", "successor")
    fields = ("address", "title", "retired_at", "reason", "successor")
    readonly_fields = ("address", "title", "retired_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
