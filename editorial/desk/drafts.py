"""Drafts on the desk: one's own, those that wait for one's approval, and those with a day of their own."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from content.registry import MODELS
from editorial.desk.sections import Line, Section, change_address, complete, draft_address, kinds_changed_by, short
from editorial.models import Revision, State
from editorial.publishing import APPROVE
from library.danish import format_date
from library.models import Record
from markup.kinds import Kind


def sections(user: User) -> Iterator[Section]:
    """One query, however many drafts there are."""
    kinds = kinds_changed_by(user)
    if not kinds:
        return
    revisions = _open(kinds, user)
    own = [revision for revision in revisions if revision.is_mine and revision.state == State.DRAFT]
    back = [Line(_title(one), _form(one), short(one.note_to_author)) for one in own if one.note_to_author]
    begun = [Line(_title(one), _form(one), _saved(one)) for one in own if not one.note_to_author]
    waiting = [revision for revision in revisions if revision.state == State.REVIEW]
    planned = [revision for revision in revisions if revision.state == State.SCHEDULED]
    yield complete("Sendt tilbage til dig", back)
    if user.has_perm(APPROVE):
        others = [revision for revision in waiting if not (revision.is_mine and settings.FOUR_EYES)]
        yield complete("Til din godkendelse", [_to_review(one, _saved(one)) for one in others])
    yield complete("Dine kladder", begun)
    sent = [revision for revision in waiting if revision.is_mine]
    yield complete("Dine tekster hos en godkender", [_to_review(one, _saved(one)) for one in sent])
    planned.sort(key=lambda revision: revision.publish_on or date.max)
    yield complete("Planlagt", [_to_review(one, _planned(one)) for one in planned])


def _open(kinds: list[Kind], user: User) -> list[Any]:
    """The open revisions, the newest first, with `is_mine` and `row`, the key of the record where it is published."""
    wrote = Revision.authors.through._default_manager.filter(revision=OuterRef("pk"), user=user)
    rows = Record.objects.filter(kind=OuterRef("kind"), slug=OuterRef("slug"))
    found = Revision.objects.open().filter(kind__in=kinds).select_related("saved_by")
    return list(found.annotate(is_mine=Exists(wrote), row=Subquery(rows.values("pk"))).order_by("-changed_at"))


def _form(revision: Any) -> str:
    """Where it is written."""
    if revision.row:
        return change_address(revision.kind, revision.row)
    return draft_address(revision.kind, revision.pk)


def _to_review(revision: Revision, detail: str) -> Line:
    return Line(_title(revision), reverse("editorial:review", args=[revision.pk]), detail)


def _title(revision: Revision) -> str:
    return f"{revision.title} (siden udgår)" if revision.withdraws else revision.title


def _saved(revision: Revision) -> str:
    kind = capfirst(str(MODELS[Kind(revision.kind)]._meta.verbose_name))
    by = f" af {revision.saved_by}" if revision.saved_by else ""
    return f"{kind}, gemt {format_date(timezone.localdate(revision.changed_at))}{by}"


def _planned(revision: Revision) -> str:
    if revision.publish_on is None:
        return ""
    day = format_date(revision.publish_on)
    if revision.publish_on < timezone.localdate():
        return f"Skulle være offentliggjort {day}. Sig til den, der driver siden: publish_due kører ikke."
    return f"Offentliggøres {day}"
