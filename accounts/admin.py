"""Users and the audit log in the admin. Who may manage users may not thereby make themselves all-powerful."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.models import AuditEntry
from library.spreadsheet import csv_response

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[AuditEntry]
else:
    ModelAdmin = admin.ModelAdmin

# What allauth keeps is seen and changed by those it concerns, on their account page, and by nobody else.
for model in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
admin.site.unregister(User)


@admin.register(User)
class EditorAdmin(UserAdmin):  # type: ignore[type-arg]  # generic only to the type checker
    """Django's, but only a superuser gives single permissions or changes a superuser."""

    actions = ("reset_factors",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if request.user.is_superuser else (*fields, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    @admin.action(description="Nulstil totrinslogin (ved tabt telefon eller nøgle)", permissions=["change"])
    def reset_factors(self, request: HttpRequest, users: "QuerySet[User]") -> None:
        """Take away the app, keys and emergency codes; the next sign-in asks for new ones to be set up."""
        allowed = [user for user in users if self.has_change_permission(request, user)]
        with transaction.atomic():
            reset = [user for user in allowed if Authenticator.objects.filter(user=user).delete()[0]]
        self.message_user(request, f"Totrinslogin er nulstillet for {len(reset)} af {len(users)} brugere.")
        if len(allowed) < len(users):
            self.message_user(request, "Kun en superbruger kan nulstille en superbruger.", messages.WARNING)


@admin.register(AuditEntry)
class AuditEntryAdmin(ModelAdmin):
    """To be read, filtered and taken out as a file; the database would refuse anything else."""

    list_display = ("at", "action", "actor", "target", "detail")
    list_filter = ("action", "at")
    list_per_page = 100
    search_fields = ("actor", "target", "detail")
    search_help_text = "Søg i hvem, hvad og nærmere"
    change_list_template = "admin/accounts/audit_log.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        export = path("csv/", self.admin_site.admin_view(self.export), name="accounts_auditentry_csv")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """The entries that the list shows under the same filters, all of them, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        entries = self.get_changelist_instance(request).get_queryset(request)
        rows = (
            [shown(entry.at), entry.get_action_display(), entry.actor, entry.target, entry.detail]
            for entry in entries.iterator(chunk_size=2000)
        )
        return csv_response("sikkerhedslog", ("tidspunkt", "hændelse", "hvem", "hvad", "nærmere"), rows)


def shown(moment: datetime) -> str:
    """A moment as the file writes it: local time, with its distance from UTC."""
    return timezone.localtime(moment).isoformat(" ", "seconds")
