"""The admin of what guides: themes, guidelines with their instructions, principles, situations, actors."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial.admin.base import ModelAdmin, RecordAdmin, fieldset
from editorial.admin.law_drift import LawDriftFilter
from editorial.forms.kinds import ActorForm, GuidelineForm, PrincipleForm, SituationForm, ThemeForm
from guidelines.models import Actor, Guideline, Instruction, Situation, Theme
from library.models import Act
from principles.models import Principle

if TYPE_CHECKING:
    from django.db.models import ManyToManyField

NAME = fieldset("Navn", "title", "slug", "number")
PAGE = fieldset("Siden", *RecordAdmin.derived)


class PrinciplesAsBoxes(RecordAdmin):
    """For the kinds that name principles: nine boxes with numbers, as the texts name them by number."""

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name != "principles":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        field: Any = db_field.formfield(
            widget=CheckboxSelectMultiple, queryset=Principle.objects.light().order_by("number")
        )
        field.label_from_instance = lambda principle: f"{principle.number}. {principle.title}"
        return field


@admin.register(Theme)
class ThemeAdmin(RecordAdmin):
    form = ThemeForm
    list_display = ("number", "title", "changed", "edited")
    list_display_links = ("title",)
    fieldsets = (NAME, fieldset("Tekst", "summary", "body", "search_words", "review", "review_by"), PAGE)


@admin.register(Principle)
class PrincipleAdmin(RecordAdmin):
    """A principle keeps its number: the instructions name it by that."""

    form = PrincipleForm
    list_display = ("number", "title", "short", "changed", "edited")
    list_display_links = ("title",)
    fieldsets = (
        fieldset("Navn", "title", "short", "slug", "number"),
        fieldset("Tekst", "summary", "body", "search_words", "review", "review_by"),
        PAGE,
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        return ("number", *fields) if obj else fields


@admin.register(Guideline)
class GuidelineAdmin(PrinciplesAsBoxes):
    form = GuidelineForm
    list_display = ("title", "theme", "number", "checked", "changed", "edited")
    list_filter = ("theme", "principles", ("actors", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("theme",)
    autocomplete_fields = ("actors", "related", "resources", "sources")
    fieldsets = (
        fieldset("Navn", "title", "draft_title", "slug", "theme", "number"),
        fieldset("Tekst", "summary", "body", "search_words", "review", "law_checked", "review_by"),
        fieldset("Hører sammen med", "principles", "actors", "tags", "related", "resources", "sources"),
        PAGE,
    )

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return "theme__number", "number"

    @admin.display(description="lov set", ordering="law_checked")
    def checked(self, obj: Guideline) -> Any:
        return obj.law_checked

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the names that the lines of an instruction take."""
        context |= {
            "help_actors": Actor.objects.light().in_danish_order(),
            "help_principles": Principle.objects.light().numbered(),
            "help_acts": Act.objects.light().in_danish_order(),
        }
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Situation)
class SituationAdmin(RecordAdmin):
    form = SituationForm
    list_display = ("number", "title", "steps", "changed", "edited")
    list_display_links = ("title",)
    fieldsets = (
        NAME,
        fieldset("Tekst", "summary", "aliases", "body", "review", "review_by"),
        PAGE,
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Situation]":
        rows: QuerySet[Situation] = super().get_queryset(request)
        return rows.annotate(step_count=Count("instructions"))

    @admin.display(description="anvisninger", ordering="step_count")
    def steps(self, obj: Any) -> int:
        count: int = obj.step_count
        return count

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With every instruction to choose among, and the titles of those chosen."""
        context["instruction_choices"] = Instruction.objects.in_reading_order().select_related("guideline")
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    form = ActorForm
    list_display = ("title", "category", "parent", "slug", "changed", "edited")
    list_filter = ("category",)
    list_select_related = ("parent",)
    autocomplete_fields = ("parent",)
    fieldsets = (
        fieldset("Navn", "title", "slug", "category", "parent"),
        fieldset("Tekst", "summary", "body", "search_words", "review", "review_by"),
        PAGE,
    )


@admin.register(Instruction)
class InstructionAdmin(ModelAdmin):
    """To find an instruction; it is edited in the text of its guideline."""

    list_display = ("title", "obligation", "checked", "law_changed", "edit")
    list_filter = (
        LawDriftFilter,
        "obligation",
        "guideline__theme",
        "principles",
        ("actors", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("guideline",)
    search_fields = ("title", "html", "guideline__title")
    search_help_text = "Søg i titel og tekst"
    ordering = ("guideline__theme__number", "guideline__number", "position")
    fields = ("obligation", "title", "identifier", "actors", "principles", "edit")
    readonly_fields = ("identifier", "edit")

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Instruction]":
        rows: Any = super().get_queryset(request)
        return rows.with_law_drift()  # type: ignore[no-any-return]  # the stubs do not know the model's own queryset

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="navn i henvisninger")
    def identifier(self, obj: Instruction) -> str:
        return obj.identifier

    @admin.display(description="lov set", ordering="guideline__law_checked")
    def checked(self, obj: Instruction) -> Any:
        return obj.guideline.law_checked

    @admin.display(description="lov ændret siden", ordering="law_changed")
    def law_changed(self, obj: Any) -> Any:
        return obj.law_changed

    @admin.display(description="rettes i")
    def edit(self, obj: Instruction) -> SafeString:
        address = reverse("admin:guidelines_guideline_change", args=[obj.guideline_id])
        return format_html('<a href="{}">{}</a>', address, obj.guideline.title)
