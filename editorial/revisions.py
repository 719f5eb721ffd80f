"""Drafts: how a text is begun, saved, sent for approval, commented and given up. Nothing here is seen by readers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from content.catalogue import Key
from content.plan import Plan, anchored, make_plan
from editorial.models import Autosave, Revision, Significance, State
from markup.kinds import Kind
from markup.problems import ContentError, Problem
from markup.record import Record, dump, parse

WITHDRAWAL_IS_OPEN = "Det er foreslået, at siden udgår. Kassér forslaget, før du retter i teksten."


class EditorialError(Exception):
    """What an editor asked for and cannot have now; the message says why, in Danish."""


class EditionConflict(EditorialError):
    """Somebody else has saved since the form was opened."""


def open_revision(kind: Kind, slug: str) -> Revision | None:
    """The one revision of a record that is still worked on."""
    return Revision.objects.open().of(kind, slug).select_related("author", "reviewer", "base").first()


def last_public(kind: Kind, slug: str) -> Revision | None:
    """What readers have now, or had last."""
    return Revision.objects.public().of(kind, slug).first()


def is_outdated(revision: Revision) -> bool:
    """Whether something else has been published since the revision was made."""
    last = last_public(Kind(revision.kind), revision.slug)
    return revision.base_id != (last.pk if last else None)


def examined(revision: Revision) -> tuple[Plan | None, list[Problem]]:
    """What publishing the revision would write, if it can be, and what is wrong with it; writes nothing.

    Whatever names an act or a term is rendered for it: of an act, that is every text.
    """
    try:
        if revision.withdraws:
            plan = make_plan([], [(Kind(revision.kind), revision.slug)])
        else:
            plan = make_plan([parse(revision.text, revision.path)])
    except ContentError as error:
        return None, list(error.problems)
    return plan, plan.warnings


def problems(revision: Revision) -> list[Problem]:
    """What keeps a revision from being published, and the warnings."""
    return examined(revision)[1]


def errors(revision: Revision) -> list[Problem]:
    return [problem for problem in problems(revision) if problem.level == "error"]


@contextmanager
def locked(pk: int, *states: State, edition: int | None = None) -> Iterator[Revision]:
    """The revision `pk` inside a transaction, its row locked, in one of `states` and, where given, of this edition."""
    with transaction.atomic():
        revision = Revision.objects.select_for_update().get(pk=pk)
        if revision.state not in states:
            raise EditorialError(f"Det kan ikke lade sig gøre: teksten er nu {revision.get_state_display()}.")
        if edition is not None and revision.edition != edition:
            raise EditionConflict("Teksten er gemt igen, efter at du åbnede siden. Læs den igennem, og prøv igen.")
        yield revision


@dataclass(frozen=True)
class ChangeNote:
    """What readers are told of a change: how much it matters, and one sentence."""

    significance: str = ""
    text: str = ""


def save_draft(
    record: Record, by: User, *, edition: int = 0, based_on: int | None = None, note: ChangeNote | None = None
) -> Revision:
    """Keep `record` as the open revision of its key, as a draft, whatever is wrong with its text.

    edition: the edition that was opened; 0 where there was none. based_on: the public revision that the text was made
    from, or has taken in; without it the newest for a new draft, and the old for one that is there.
    Raises `EditionConflict` where somebody else has saved since; then nothing is written.
    """
    text, path = dump(anchored(record)), record.path
    with transaction.atomic():
        revision = Revision.objects.open().of(record.kind, record.slug).select_for_update().first()
        if revision and revision.withdraws:
            raise EditorialError(WITHDRAWAL_IS_OPEN)
        if (revision.edition if revision else 0) != edition:
            raise EditionConflict("En anden har gemt teksten, efter at du åbnede den.")
        if revision is None:
            revision = _begun(record.kind, record.slug, by)
        else:
            revision.edition += 1
        if based_on and (base := Revision.objects.public().of(record.kind, record.slug).filter(pk=based_on).first()):
            revision.base = base
        revision.text, revision.path, revision.state = text, path, State.DRAFT
        revision.publish_on = None
        if note:
            revision.significance, revision.public_note = note.significance, note.text
        _save(revision, by)
        tokens = [token_of(record.kind, slug) for slug in ((record.slug,) if edition else (record.slug, ""))]
        Autosave.objects.filter(user=by, token__in=tokens).delete()
    return revision


def restore(old: Revision, by: User) -> Revision:
    """Begin a draft with the text of an old revision, in the place where the record is now."""
    kind = Kind(old.kind)
    if opened := open_revision(kind, old.slug):
        raise EditorialError(f"Der er allerede en {opened.get_state_display()} tekst åben. Gør den færdig først.")
    last = last_public(kind, old.slug)
    place = last.record if last else old.record
    return save_draft(replace(old.record, number=place.number, theme=place.theme), by)


def propose_withdrawal(kind: Kind, slug: str, by: User, *, reason: str, successor: str = "") -> Revision:
    """Ask for a record to be taken away. Raises `EditorialError` where it is being edited."""
    last = last_public(kind, slug)
    if last is None:
        raise EditorialError("Teksten er ikke offentliggjort, og kan derfor ikke udgå.")
    if open_revision(kind, slug):
        raise EditorialError("Der er en kladde af teksten. Kassér den, eller få den offentliggjort, før siden udgår.")
    with transaction.atomic():
        revision = _begun(kind, slug, by)
        revision.text, revision.path, revision.state = last.text, last.path, State.REVIEW
        revision.withdraws, revision.reason, revision.successor = True, reason, successor
        revision.significance, revision.public_note = Significance.MAJOR, reason
        _save(revision, by)
    return revision


def submit(pk: int, *, edition: int) -> Revision:
    """Send a draft for approval. Raises `ContentError` where it has errors, `EditorialError` where nothing differs or
    where readers would not be told what is new."""
    with locked(pk, State.DRAFT, edition=edition) as revision:
        if found := errors(revision):
            raise ContentError(found)
        last = last_public(Kind(revision.kind), revision.slug)
        if last and last.state == State.PUBLISHED and (last.text, last.path) == (revision.text, revision.path):
            raise EditorialError("Teksten er den samme som den, der er offentliggjort. Der er intet at godkende.")
        if revision.significance not in Significance.values or not revision.public_note:
            raise EditorialError("Skriv én sætning til læserne om ændringen, og vælg, om den er væsentlig.")
        revision.state = State.REVIEW
        revision.save()
    return revision


def discard(pk: int) -> Revision:
    """Give an open revision up. It stays in the database, out of the way."""
    with locked(pk, State.DRAFT, State.REVIEW, State.SCHEDULED) as revision:
        revision.state = State.DISCARDED
        revision.save()
    return revision


def drafts_of(keys: Iterable[Key]) -> list[Revision]:
    """The open revisions of some records."""
    wanted = set(keys)
    return [draft for draft in Revision.objects.open().order_by("path") if (draft.kind, draft.slug) in wanted]


def changed_since(version: int) -> set[Key]:
    """The records of which a text was published or withdrawn after a content version."""
    later = Revision.objects.public().filter(content_version__gt=version)
    return {(Kind(kind), slug) for kind, slug in later.values_list("kind", "slug")}


def reserved_numbers(kind: Kind, theme: str, slug: str) -> set[int]:
    """The numbers that drafts of other texts of a kind (of one theme) will take."""
    drafts = (revision.record for revision in Revision.objects.open().filter(kind=kind).exclude(slug=slug))
    return {draft.number for draft in drafts if draft.number and draft.theme == theme}


def token_of(kind: Kind, slug: str) -> str:
    """What an `Autosave` calls a text; new ones have no slug yet."""
    return f"{kind}/{slug or '+'}"


def _begun(kind: Kind, slug: str, by: User) -> Revision:
    return Revision(kind=kind, slug=slug, author=by, base=last_public(kind, slug))


def _save(revision: Revision, by: User) -> None:
    """The database lets only one open revision of a record in, also where two are begun at the same moment."""
    revision.saved_by = by
    try:
        with transaction.atomic():
            revision.save()
    except IntegrityError:
        raise EditionConflict("En anden har netop begyndt en kladde af den samme tekst.") from None
    revision.authors.add(by)
