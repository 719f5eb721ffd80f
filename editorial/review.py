"""The review page: what a revision would change, and what is decided about it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from content.registry import MODELS
from editorial.diff import text_diff
from editorial.forms.review import CommentForm, DecisionForm, SendBackForm
from editorial.html_diff import html_diff
from editorial.models import Revision, State
from editorial.problems import shown, summary
from editorial.publishing import APPROVE, approve, obstacle_to_approval, send_back
from editorial.reach import other_pages, searches_finding, synonyms_touched
from editorial.rendering import page_html
from editorial.revisions import EditorialError, discard, examined, is_outdated, last_public
from markup.kinds import Kind
from markup.problems import ContentError

Action = Callable[[HttpRequest, Revision], str]


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One revision beside what it was made from, with all that an approver asks for. Works without JavaScript."""
    revision = _readable(request, pk)
    context = {**admin.site.each_context(request), **_comparison(revision), **_place(request, revision)}
    context |= {
        "title": f"Gennemsyn: {revision.title}",
        "revision": revision,
        "comments": revision.comments.select_related("author"),
        "comment_form": CommentForm(),
        "four_eyes": settings.FOUR_EYES,
        "may_discard": revision.is_open and _may_discard(request, revision),
    }
    if revision.is_open:
        context |= _checks(revision)
    if revision.state in (State.REVIEW, State.SCHEDULED):
        context |= _decision(request, revision)
    return TemplateResponse(request, "admin/editorial/review.html", context)


def _comparison(revision: Revision) -> dict[str, Any]:
    """Old and new, as read and as written: an open revision beside what readers have now, another beside its base."""
    before = last_public(Kind(revision.kind), revision.slug) if revision.is_open else revision.base
    old = before if before and before.state == State.PUBLISHED else None
    new = None if revision.withdraws else revision
    old_text, new_text = old.text if old else "", new.text if new else ""
    rendered = html_diff(page_html(old.record if old else None), page_html(new.record if new else None), fold=True)
    return {
        "before": old,
        "rendered": mark_safe(rendered),
        "written": text_diff(old_text, new_text),
        "synonyms": synonyms_touched(old_text, new_text),
    }


def _place(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Where the record is: its page, if readers have one, and its form."""
    model = MODELS[Kind(revision.kind)]
    row = model.objects.filter(slug=revision.slug).first()
    options = model._meta
    name = f"admin:{options.app_label}_{options.model_name}"
    form = reverse(f"{name}_change", args=[row.pk]) if row else reverse(f"{name}_draft", args=[revision.pk])
    may_write = _may(request, model, "change" if row else "add") and (row or revision.is_open)
    return {"row": row, "form_address": form if may_write else "", "kind_name": options.verbose_name, "opts": options}


def _checks(revision: Revision) -> dict[str, Any]:
    plan, problems = examined(revision)
    found = shown(problems, revision.record.offset)
    return {
        "problems": found,
        "problem_summary": summary(found),
        "has_errors": any(problem.stops for problem in found),
        "is_outdated": is_outdated(revision),
        "pages": other_pages(plan, (Kind(revision.kind), revision.slug)) if plan else [],
        "searches": searches_finding(revision.kind, revision.slug),
    }


def _decision(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    return {
        "is_approver": _may_approve(request, revision),
        "obstacle": obstacle_to_approval(revision, _user(request)),
        "decision_form": DecisionForm(initial={"edition": revision.edition}),
        "send_back_form": SendBackForm(),
    }


def _posted(action: Action) -> Callable[[HttpRequest, int], HttpResponse]:
    """A view that does `action` to a revision, says what came of it, and goes back to the review page."""

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        revision = _readable(request, pk)
        try:
            messages.success(request, action(request, revision))
        except EditorialError as error:
            messages.error(request, str(error))
        except ContentError as error:
            found = shown(error.problems)
            messages.error(request, f"Teksten kan ikke offentliggøres: {summary(found)}. De står herunder.")
        return HttpResponseRedirect(reverse("editorial:review", args=[pk]))

    return view


@_posted
def approve_view(request: HttpRequest, revision: Revision) -> str:
    if not _may_approve(request, revision):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise EditorialError("Datoen kan ikke læses. Skriv den som 2026-12-31, eller lad feltet stå tomt.")
    answer = form.cleaned_data
    done = approve(revision.pk, _user(request), edition=answer["edition"], publish_on=answer["publish_on"])
    if done.state == State.SCHEDULED:
        return "Teksten er godkendt og bliver offentliggjort på dagen."
    return "Siden er taget ud." if done.state == State.WITHDRAWN else "Teksten er offentliggjort."


@_posted
def send_back_view(request: HttpRequest, revision: Revision) -> str:
    if not _may_approve(request, revision):
        raise PermissionDenied
    form = SendBackForm(request.POST)
    if not form.is_valid():
        raise EditorialError("Skriv, hvad der skal rettes, før du sender teksten tilbage.")
    send_back(revision.pk, _user(request), form.cleaned_data["note"])
    return "Teksten er sendt tilbage til forfatteren."


@_posted
def comment_view(request: HttpRequest, revision: Revision) -> str:
    form = CommentForm(request.POST)
    if not form.is_valid():
        raise EditorialError("Kommentaren er tom eller for lang.")
    form.instance.revision, form.instance.author = revision, _user(request)
    form.save()
    return "Kommentaren er gemt."


@_posted
def discard_view(request: HttpRequest, revision: Revision) -> str:
    if not _may_discard(request, revision):
        raise PermissionDenied
    discard(revision.pk)
    return "Kladden er kasseret. Teksten kan stadig læses her og i historikken."


def _readable(request: HttpRequest, pk: int) -> Revision:
    """The revision, for those who may read drafts of its kind: writing or approving them needs it."""
    revision = get_object_or_404(Revision.objects.select_related("author", "saved_by", "reviewer", "base"), pk=pk)
    model = MODELS[Kind(revision.kind)]
    if not any(_may(request, model, action) for action in ("change", "add", "delete")):
        raise PermissionDenied
    return revision


def _may_approve(request: HttpRequest, revision: Revision) -> bool:
    return _may(request, MODELS[Kind(revision.kind)], "change") and bool(_user(request).has_perm(APPROVE))


def _may_discard(request: HttpRequest, revision: Revision) -> bool:
    wrote = revision.authors.filter(pk=_user(request).pk).exists()
    return wrote or _may_approve(request, revision)


def _may(request: HttpRequest, model: type[Model], action: str) -> bool:
    options = model._meta
    return bool(_user(request).has_perm(f"{options.app_label}.{action}_{options.model_name}"))


def _user(request: HttpRequest) -> Any:
    return request.user
