"""Taking a text out: what stands in the way, and the form that proposes it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from content.plan import make_plan
from editorial.forms.record_form import title_at
from editorial.revisions import EditorialError, propose_withdrawal
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.problems import ContentError

if TYPE_CHECKING:
    from editorial.admin.drafts import DraftAdmin


class WithdrawalForm(forms.Form):
    """Why a page goes, and where its readers are to go instead."""

    reason = forms.CharField(
        label="Hvorfor udgår siden?",
        max_length=300,
        help_text="Én sætning. Læserne ser den, når de følger et gammelt link.",
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
    )
    successor = forms.CharField(
        label="Hvilken side skal de bruge i stedet?",
        required=False,
        max_length=400,
        help_text="Adressen på en side her, for eksempel /begreber/herberg/. Tomt felt, hvis der ingen er.",
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def __init__(self, *args: Any, row: RecordRow, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_successor(self) -> str:
        address = str(self.cleaned_data["successor"]).strip()
        if address and not RecordRow.objects.filter(address=address).exclude(pk=self.row.pk).exists():
            raise forms.ValidationError(f"Der er ingen anden side med adressen {address}.")
        return address


def withdrawal_page(model_admin: "DraftAdmin", request: HttpRequest, row: RecordRow) -> HttpResponse:
    """The form, or what must be changed first; a filled-in one becomes a revision for somebody to approve."""
    protected = obstacles(model_admin.kind, row.slug)
    form = WithdrawalForm(request.POST or None, row=row)
    if request.method == "POST" and not protected and form.is_valid():
        try:
            proposal = propose_withdrawal(model_admin.kind, row.slug, _user(request), **form.cleaned_data)
        except EditorialError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Forslaget om, at siden udgår, er sendt til godkendelse.")
            return HttpResponseRedirect(reverse("editorial:review", args=[proposal.pk]))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Skal »{row}« udgå?",
        "opts": model_admin.opts,
        "object": row,
        "protected": protected,
        "form": form,
    }
    return TemplateResponse(request, "admin/editorial/withdrawal.html", context)


def obstacles(kind: Kind, slug: str) -> list[str]:
    """One line for each place that still needs the record: which text, and what would be wrong in it."""
    try:
        make_plan([], [(kind, slug)])
    except ContentError as error:
        lines = (f"{title_at(problem.path)}: {problem.message('da')}" for problem in error.problems)
        return list(dict.fromkeys(lines))
    return []


def _user(request: HttpRequest) -> Any:
    return request.user
