"""Readers' replies as editors meet them: page by page, to be read and deleted."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from feedback.models import Reply

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Reply]
else:
    ModelAdmin = admin.ModelAdmin


@admin.register(Reply)
class ReplyAdmin(ModelAdmin):
    list_display = ("text_or_dash", "helpful", "page_link", "day")
    list_filter = ("helpful", "day", ("page", admin.AllValuesFieldListFilter))
    list_per_page = 100
    search_fields = ("page", "text")
    search_help_text = "Søg i adresse og tekst"
    fields = ("page_link", "helpful", "text", "day")
    readonly_fields = ("page_link",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="tekst", ordering="text")
    def text_or_dash(self, reply: Reply) -> str:
        return reply.text or "–"

    @admin.display(description="side", ordering="page")
    def page_link(self, reply: Reply) -> SafeString:
        return format_html('<a href="{}">{}</a>', reply.page, reply.page)
