"""What the admin does alike for every kind of record."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import DateField, Field, ManyToManyField, Model, Q, QuerySet, TextField, URLField
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from content.plan import record_of
from content.store import delete_record, save_record
from editorial.admin.deletion import obstacles
from editorial.forms.fields import RecordPicker, date_input
from editorial.forms.record_form import RecordForm
from library.danish import sort_key
from library.models import Record as RecordRow
from markup.kinds import NUMBERED, Kind
from markup.problems import ContentError

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin


def fieldset(title: str, *fields: str) -> Any:
    """One group of a form's fields under a heading, in the shape that Django wants."""
    return title, {"fields": fields}


class RecordAdmin(ModelAdmin):
    """Lists, edits, adds and removes the records of one kind.

    It writes nothing itself: the form builds the record, `content.store` checks and saves it.
    """

    change_form_template = "admin/editorial/change_form.html"
    delete_confirmation_template = "admin/editorial/delete_confirmation.html"
    # Deleting one at a time says what still needs it.
    actions = None
    list_per_page = 50
    save_on_top = True
    # Our own template links to the page: Django's way leads through a redirect that strangers could call.
    view_on_site = False
    search_fields: ClassVar[tuple[str, ...]] = ("title", "text")
    search_help_text = "Søg i titel og tekst"
    derived = ("page", "changed")

    @property
    def kind(self) -> Kind:
        kind: Kind = self.model.KIND
        return kind

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("number",) if self.kind in NUMBERED else ("sort_key",)

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

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A record that held when the form was checked but no longer when it was saved, because another was saved
        between, goes through the form once more: there the problem is found, and what was typed is still there."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except ContentError:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: RecordRow, form: "ModelForm[Any]", change: bool) -> None:
        """Save what has changed through the store, then let `obj` be the row that it wrote."""
        if not isinstance(form, RecordForm) or form.record is None:
            raise TypeError("A record is saved only from a valid form.")
        if not form.changes_text:
            return
        save_record(form.record)
        stored = self.model.objects.get(slug=form.record.slug)
        obj.__dict__.update(stored.__dict__)
        for problem in form.warnings:
            if problem.path == form.record.path:
                messages.warning(request, f"{problem.message('da')}. {problem.cure('da')}")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Relations are projections of the text; `save_model` has written them."""

    def delete_model(self, request: HttpRequest, obj: RecordRow) -> None:
        delete_record(self.kind, obj.slug)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What goes, and what forbids it: the records that still refer to it."""
        titles = [str(obj) for obj in objs]
        protected = [line for obj in objs for line in obstacles(self.kind, obj.slug)]
        return titles, {str(self.opts.verbose_name_plural): len(titles)}, set(), protected

    @admin.display(description="side")
    def page(self, obj: RecordRow) -> SafeString | str:
        return format_html('<a href="{}">{}</a>', obj.address, obj.address) if obj.pk else "-"

    @admin.display(description="ændret", ordering="changed_at")
    def changed(self, obj: RecordRow) -> str:
        return date_format(timezone.localtime(obj.changed_at), "d.m.Y\N{NO-BREAK SPACE}H.i") if obj.pk else "-"

    @admin.display(description="rettet her")
    def edited(self, obj: RecordRow) -> str:
        """Whether the text differs from the file that it was loaded from."""
        return "ja" if obj.is_edited else ""

    @admin.display(description="tekst")
    def body(self, obj: RecordRow) -> SafeString:
        """For those who may look but not change."""
        return format_html('<pre class="body-readonly">{}</pre>', record_of(obj).body)
