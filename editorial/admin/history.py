"""The history of a text for editors: every revision, drafts among them, to look at, compare and take up again."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from editorial.models import PUBLIC, Revision
from editorial.revisions import EditorialError, restore
from library.models import Record as RecordRow

if TYPE_CHECKING:
    from editorial.admin.drafts import DraftAdmin


def history_page(model_admin: "DraftAdmin", request: HttpRequest, row: RecordRow) -> HttpResponse:
    """The list; POST with `restore` begins a draft with the text of that revision."""
    revisions = Revision.objects.of(model_admin.kind, row.slug).select_related("author", "reviewer")
    if request.method == "POST":
        return _restored(model_admin, request, row)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Historik: {row}",
        "opts": model_admin.opts,
        "object": row,
        "revisions": revisions.order_by("-changed_at", "-pk"),
        "may_restore": model_admin.has_change_permission(request, row),
        "public_states": PUBLIC,
    }
    return TemplateResponse(request, "admin/editorial/history.html", context)


def _restored(model_admin: "DraftAdmin", request: HttpRequest, row: RecordRow) -> HttpResponse:
    if not model_admin.has_change_permission(request, row):
        raise PermissionDenied
    number = request.POST.get("restore", "")
    old = get_object_or_404(
        Revision.objects.of(model_admin.kind, row.slug), pk=int(number) if number.isdecimal() else 0
    )
    user: Any = request.user
    try:
        restore(old, user)
    except EditorialError as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(request.path)
    messages.success(request, "Den gamle tekst er lagt i en kladde. Den er ikke offentliggjort endnu.")
    options = model_admin.opts
    return HttpResponseRedirect(reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk]))
