"""What the admin does alike for every kind of record."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import (
    DateField,
    Field,
    ManyToManyField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    URLField,
)
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.plan import record_of
from editorial.admin.drafts import DraftAdmin
from editorial.forms.fields import RecordPicker, date_input
from editorial.models import Revision, State
from library.danish import sort_key
from library.models import Record as RecordRow
from markup.kinds import NUMBERED

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


def fieldset(title: str, *fields: str) -> Any:
    """One group of a form's fields under a heading, in the shape that Django wants."""
    return title, {"fields": fields}


class RecordAdmin(DraftAdmin):
    """Lists the records of one kind, and edits drafts of them."""

    # Taking one out at a time says what still needs it.
    actions = None
    list_per_page = 50
    save_on_top = True
    # Our own template links to the page: Django's way leads through a redirect that strangers could call.
    view_on_site = False
    search_fields: ClassVar[tuple[str, ...]] = ("title", "text")
    search_help_text = "Søg i titel og tekst"
    derived = ("page", "changed")

    def __init__(self, model: type[RecordRow], admin_site: admin.AdminSite) -> None:
        super().__init__(model, admin_site)
        self.kind = model.KIND

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("number",) if self.kind in NUMBERED else ("sort_key",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        drafts = Revision.objects.open().of(OuterRef("kind"), OuterRef("slug"))
        rows: QuerySet[Any] = super().get_queryset(request).annotate(draft_state=Subquery(drafts.values("state")))
        return rows

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """With how far the draft of each text is, for those who may write one."""
        columns = list(super().get_list_display(request))
        return [*columns, "draft"] if self.has_change_permission(request) else columns

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return ("slug", *self.derived) if obj else self.derived

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        """Titles are found in any case, æ ø å included, which SQLite's own comparison cannot do.

        The pickers look in nothing else: a text that only mentions the word is not what one is choosing.
        """
        if request.path.endswith("/autocomplete/"):
            return queryset.filter(Q(sort_key__contains=sort_key(search_term)) | Q(slug__contains=search_term)), False
        found, may_have_duplicates = super().get_search_results(request, queryset, search_term)
        if key := sort_key(search_term):
            found = found | queryset.filter(sort_key__contains=key)
        return found, may_have_duplicates

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, DateField):
            kwargs["widget"] = date_input()
        if isinstance(db_field, TextField):
            kwargs["widget"] = AdminTextareaWidget(attrs={"rows": 3})
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = RecordPicker(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description="side")
    def page(self, obj: RecordRow) -> SafeString | str:
        return format_html('<a href="{}">{}</a>', obj.address, obj.address) if obj.pk else "-"

    @admin.display(description="ændret", ordering="changed_at")
    def changed(self, obj: RecordRow) -> str:
        return date_format(timezone.localtime(obj.changed_at), "d.m.Y") if obj.pk else "-"

    @admin.display(description="kladde")
    def draft(self, obj: Any) -> str:
        """The state of its open draft: one query for the whole list."""
        return str(State(obj.draft_state).label) if obj.draft_state else ""

    @admin.display(description="rettet her")
    def edited(self, obj: RecordRow) -> str:
        """Whether the text differs from the file that it was loaded from."""
        return "ja" if obj.is_edited else ""

    @admin.display(description="tekst")
    def body(self, obj: RecordRow) -> SafeString:
        """For those who may look but not change."""
        return format_html('<pre class="body-readonly">{}</pre>', record_of(obj).body)
