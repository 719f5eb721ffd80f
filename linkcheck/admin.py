"""The list of dead links, with what else the last round found."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from library.models import Record
from linkcheck.collecting import holders
from linkcheck.models import ExternalLink, Outcome

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[ExternalLink]
else:
    ModelAdmin = admin.ModelAdmin

UNSURE, MOVED, ALL = "usikre", "flyttet", "alle"


class StateFilter(admin.SimpleListFilter):
    """Dead ones are shown where nothing else is chosen."""

    title = "tilstand"
    parameter_name = "tilstand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(UNSURE, "Usikre"), (MOVED, "Fører nu et andet sted hen"), (ALL, "Alle")]

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": "Døde"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: "QuerySet[ExternalLink]") -> "QuerySet[ExternalLink]":
        if self.value() == ALL:
            return queryset
        if self.value() == UNSURE:
            return queryset.filter(outcome=Outcome.UNSURE)
        if self.value() == MOVED:
            return queryset.filter(outcome=Outcome.WORKS).exclude(final_url="")
        return queryset.filter(dead_since__isnull=False)


@admin.register(ExternalLink)
class ExternalLinkAdmin(ModelAdmin):
    """Only read: `manage.py check_links` writes it, and a link is mended in the text that holds it."""

    list_display = ("address", "finding", "since", "checked", "leads_to", "held_by")
    list_display_links = None
    list_filter = (StateFilter,)
    list_per_page = 100
    search_fields = ("url",)
    search_help_text = "Søg i adresserne"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        held = holders()
        for link in changelist.result_list:
            link.records = held.get(link.url, [])
        return changelist

    @admin.display(description="adresse", ordering="url")
    def address(self, link: ExternalLink) -> SafeString:
        return _link(link.url)

    @admin.display(description="død siden", ordering="dead_since")
    def since(self, link: ExternalLink) -> Any:
        return link.dead_since.date() if link.dead_since else None

    @admin.display(description="undersøgt", ordering="checked_at")
    def checked(self, link: ExternalLink) -> Any:
        return link.checked_at.date()

    @admin.display(description="fører nu til", ordering="final_url")
    def leads_to(self, link: ExternalLink) -> SafeString | str:
        return _link(link.final_url) if link.final_url else ""

    @admin.display(description="står i")
    def held_by(self, link: Any) -> SafeString:
        return format_html_join(", ", '<a href="{}">{}</a>', _edit_links(link.records))


def _link(url: str) -> SafeString:
    return format_html('<a href="{}" rel="noreferrer">{}</a>', url, url)


def _edit_links(records: Iterable[Record]) -> Iterator[tuple[str, str]]:
    models = {model.KIND.value: model._meta for model in Record.__subclasses__()}
    for record in records:
        options = models[record.kind]
        yield reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[record.pk]), record.title
