"""From an approved revision to what readers get: approving, planning, sending back, publishing."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import Action
from content.models import ContentVersion
from content.plan import anchored
from content.store import Farewell, store
from editorial.models import Revision, State
from editorial.revisions import EditorialError, errors, is_outdated, locked
from markup.kinds import Kind
from markup.problems import ContentError
from markup.record import dump, parse

APPROVE = "editorial.approve_revision"


class OutdatedBase(EditorialError):
    """Something else has been published since the revision was made; publishing it would undo that."""


def obstacle_to_approval(revision: Revision, user: User) -> str:
    """Why `user` may not decide on `revision`, in Danish; "" where nothing is in the way."""
    if not user.has_perm(APPROVE):
        return "Du har ikke rettighed til at godkende."
    if settings.FOUR_EYES and revision.authors.filter(pk=user.pk).exists():
        return "Du har selv skrevet på denne tekst. En anden skal godkende den."
    return ""


def approve(pk: int, by: User, *, edition: int, publish_on: date | None = None) -> Revision:
    """Publish the edition of a revision that `by` has read, now or on a coming day.

    Raises `EditorialError` where that may not be, or no longer, and `ContentError` where the text has errors; nothing
    has changed then.
    """
    with locked(pk, State.REVIEW, edition=edition) as revision:
        if obstacle := obstacle_to_approval(revision, by):
            raise EditorialError(obstacle)
        revision.reviewer, revision.decided_at = by, timezone.now()
        if publish_on and publish_on > timezone.localdate():
            _check(revision)
            revision.state, revision.publish_on = State.SCHEDULED, publish_on
            revision.save()
        else:
            _publish(revision, by)
    return revision


def send_back(pk: int, by: User, note: str) -> Revision:
    """Give a revision back to its authors, with what is to be done. What was planned is thereby stopped."""
    with locked(pk, State.REVIEW, State.SCHEDULED) as revision:
        if not by.has_perm(APPROVE):
            raise EditorialError(obstacle_to_approval(revision, by))
        revision.reviewer, revision.decided_at = by, timezone.now()
        _back_to_draft(revision, note)
    return revision


def publish_due(today: date) -> Iterator[tuple[Revision, str]]:
    """Publish what is planned for `today` or before, one transaction each; gives each with "" or why it failed.

    Several may run at once: each takes what no other has in hand. What cannot be published goes back to its authors.
    """
    skips = connection.features.has_select_for_update_skip_locked
    while True:
        with transaction.atomic():
            due = Revision.objects.filter(state=State.SCHEDULED, publish_on__lte=today).order_by("publish_on", "pk")
            revision = due.select_for_update(skip_locked=skips).first()
            if revision is None:
                return
            problem = _publish_or_send_back(revision)
        yield revision, problem


def _publish_or_send_back(revision: Revision) -> str:
    try:
        with transaction.atomic():
            _publish(revision, None)
    except EditorialError as error:
        problem = str(error)
    except ContentError as error:
        problem = " ".join(f"{found.message('da')}. {found.cure('da')}" for found in error.problems)
    else:
        return ""
    revision.refresh_from_db()
    _back_to_draft(revision, f"Teksten kunne ikke offentliggøres som planlagt. {problem}")
    return problem


def _back_to_draft(revision: Revision, note: str) -> None:
    revision.state, revision.publish_on, revision.note_to_author = State.DRAFT, None, note
    revision.save()


def _publish(revision: Revision, by: User | None) -> None:
    """Make a locked revision what readers get, now because of `by`, or because its day has come.

    `editorial.receivers` gives it its content version.
    """
    # From here on nobody else publishes anything, and what the checks find holds until the end.
    ContentVersion.hold()
    _check(revision)
    key = Kind(revision.kind), revision.slug
    revision.publish_on = None
    if revision.withdraws:
        revision.state = State.WITHDRAWN
        revision.save()
        store([], [key], farewells={key: Farewell(revision.reason, revision.successor)})
    else:
        record = anchored(parse(revision.text, revision.path))
        revision.state, revision.text = State.PUBLISHED, dump(record)
        revision.save()
        store([record])
    revision.refresh_from_db()
    _note(revision, by)


def _note(revision: Revision, by: User | None) -> None:
    action = Action.WITHDRAWN if revision.withdraws else Action.PUBLISHED
    detail = f"revision {revision.pk}, skrevet af {revision.author or '–'}, godkendt af {revision.reviewer or '–'}"
    audit.record(action, actor=by or "(system)", target=revision.path, detail=detail)


def _check(revision: Revision) -> None:
    if is_outdated(revision):
        raise OutdatedBase("Der er offentliggjort en anden udgave, efter at denne blev begyndt. Flet dem først.")
    if found := errors(revision):
        raise ContentError(found)
