"""The form of a text in the admin: it opens the draft, or what is published, and saves drafts. It publishes nothing."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from editorial.admin.deletion import withdrawal_page
from editorial.admin.history import history_page
from editorial.diff import text_diff
from editorial.forms.record_form import RecordForm
from editorial.models import Autosave, Revision, Significance
from editorial.problems import problem_list
from editorial.revisions import (
    ChangeNote,
    EditionConflict,
    EditorialError,
    is_outdated,
    last_public,
    open_revision,
    problems,
    save_draft,
    submit,
    token_of,
)
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.problems import ContentError

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

RESTORE = "gendan"
SAVED = "Kladden er gemt. Læserne ser den først, når den er godkendt."
NOTHING_NEW = "Der er ikke ændret noget siden sidst, så der var intet at gemme."
# Tells autosave.js that what was sent has come through.
IS_SAVED = "draft-saved"
NOT_READY = "Kladden er gemt, men kan ikke sendes til godkendelse, før fejlene er rettet. De står herunder."
IS_KEPT = "Kladden er gemt, men ikke sendt til godkendelse."


class DraftAdmin(ModelAdmin):
    """What `RecordAdmin` does with drafts.

    GET  .../<id>/change/      the open draft of a text, or else what is published
    GET  .../kladde/<draft>/   the draft of a text that is not published yet
    POST with _submit          saves, and sends for approval
    POST                       saves
    """

    change_form_template = "admin/editorial/change_form.html"
    kind: Kind

    def get_urls(self) -> list[URLPattern]:
        address = path("kladde/<int:draft_id>/", self.admin_site.admin_view(self.draft_view), name=self._name("draft"))
        return [address, *super().get_urls()]

    def draft_view(self, request: HttpRequest, draft_id: int) -> HttpResponse:
        """The form of a text that has no row yet; once it is published, the way to that, else to what became of it."""
        draft = get_object_or_404(Revision, pk=draft_id, kind=self.kind)
        if row := self.model.objects.filter(slug=draft.slug).first():
            return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[row.pk]))
        if not draft.is_open:
            return HttpResponseRedirect(reverse("editorial:review", args=[draft.pk]))
        return self.changeform_view(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """A class for this request alone, which knows the draft and what was typed and not saved."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        draft = self._open_draft(request, obj)
        form.draft = draft if draft and not draft.withdraws else None
        form.withdrawal = draft if draft and draft.withdraws else None
        if RESTORE in request.GET and request.method == "GET":
            form.restored = self._restored(request, draft or obj)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Where another saved between the checking of the form and its saving, the form is checked once more: it then
        finds the conflict, and what was typed is still there."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except EditionConflict:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: "ModelForm[Any]", change: bool) -> None:
        """Save what has changed as a draft."""
        if not isinstance(form, RecordForm) or form.record is None:
            raise TypeError("A draft is saved only from a valid form.")
        draft, note = form.draft, _note(request.POST)
        has_news = draft and (draft.base_id, draft.significance, draft.public_note) != (
            form.based_on,
            note.significance,
            note.text,
        )
        if form.changes_text or has_news:
            draft = save_draft(form.record, _user(request), edition=form.edition, based_on=form.based_on, note=note)
            if "_submit" not in request.POST:
                messages.success(request, SAVED, extra_tags=IS_SAVED)
        elif "_submit" not in request.POST:
            messages.info(request, NOTHING_NEW, extra_tags=IS_SAVED)
        request.draft = draft  # type: ignore[attr-defined]  # ours, for the answer below

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Relations are projections of the text; they come with publishing."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # revisions are the log
        """The revisions say who has written what."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # revisions are the log
        """The revisions say who has written what."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._answer(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._answer(request, obj)

    def _answer(self, request: HttpRequest, obj: RecordRow) -> HttpResponse:
        """Back to the form, where the problems are; or on to the review, where the draft has been sent."""
        draft: Revision | None = request.draft  # type: ignore[attr-defined]  # from save_model
        if "_submit" in request.POST and draft is None:
            messages.error(request, "Der er ingen ændringer at sende til godkendelse.")
        elif "_submit" in request.POST and draft:
            try:
                submit(draft.pk, edition=draft.edition)
            except ContentError:
                messages.error(request, NOT_READY, extra_tags=IS_SAVED)
            except EditorialError as error:
                messages.error(request, f"{IS_KEPT} {error}", extra_tags=IS_SAVED)
            else:
                messages.success(request, "Teksten er sendt til godkendelse.", extra_tags=IS_SAVED)
                return HttpResponseRedirect(reverse("editorial:review", args=[draft.pk]))
        if obj.pk:
            return HttpResponseRedirect(reverse(f"admin:{self._name('change')}", args=[obj.pk]))
        if draft:
            return HttpResponseRedirect(reverse(f"admin:{self._name('draft')}", args=[draft.pk]))
        return HttpResponseRedirect(reverse(f"admin:{self._name('changelist')}"))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With what the editor must know of the draft: whose it is, what is wrong with it, what others have done."""
        form = context["adminform"].form
        if isinstance(form, RecordForm):
            context |= self._about_draft(request, form)
        return super().render_change_form(request, context, *args, **kwargs)

    def _about_draft(self, request: HttpRequest, form: RecordForm) -> dict[str, Any]:
        draft, slug = form.draft, form.start.slug if form.start else ""
        token = token_of(form.kind, slug)
        about: dict[str, Any] = {
            "draft": draft,
            "withdrawal": form.withdrawal,
            "note": _note(request.POST) if form.is_bound else _note_of(draft),
            "significances": Significance.choices,
            "four_eyes": settings.FOUR_EYES,
            "autosave_token": token,
            "autosaved": Autosave.objects.filter(user=_user(request), token=token).first(),
            "restored": form.restored is not None,
        }
        if draft and not form.is_bound:
            found = problems(draft)
            form.show_draft_problems(found)
            about["problem_list"] = problem_list(found, draft.record.offset)
        if draft and is_outdated(draft) and (newest := last_public(form.kind, slug)):
            about["newest"] = newest
            about["published_meanwhile"] = text_diff(draft.base.text if draft.base else "", newest.text)
        return about

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Nothing is deleted here: it is proposed that the text goes, and somebody else approves."""
        return withdrawal_page(self, request, self._existing(request, object_id, self.has_delete_permission))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return history_page(self, request, self._existing(request, object_id, self.has_view_or_change_permission))

    def _existing(self, request: HttpRequest, object_id: str, may: Any) -> RecordRow:
        row: RecordRow | None = self.get_object(request, object_id)
        if row is None:
            raise Http404("There is no such text.")
        if not may(request, row):
            raise PermissionDenied
        return row

    def _open_draft(self, request: HttpRequest, obj: Model | None) -> Revision | None:
        if isinstance(obj, RecordRow):
            return open_revision(self.kind, obj.slug) if self.has_change_permission(request, obj) else None
        match = request.resolver_match
        draft_id = match.kwargs.get("draft_id") if match else None
        return Revision.objects.open().filter(pk=draft_id, kind=self.kind).first() if draft_id else None

    def _restored(self, request: HttpRequest, text: Revision | RecordRow | None) -> QueryDict | None:
        token = token_of(self.kind, text.slug if text else "")
        row = Autosave.objects.filter(user=_user(request), token=token).first()
        if row is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in row.fields.items():
            data.setlist(name, values)
        return data

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"


def _user(request: HttpRequest) -> Any:
    return request.user


def _note(data: QueryDict) -> ChangeNote:
    return ChangeNote(data.get("significance", "")[:10], " ".join(data.get("public_note", "").split())[:300])


def _note_of(draft: Revision | None) -> ChangeNote:
    return ChangeNote(draft.significance, draft.public_note) if draft else ChangeNote()
