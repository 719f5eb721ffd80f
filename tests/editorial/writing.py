"""Editors, approvers and drafts, for tests that need a text to be on its way."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

from accounts.groups import ADMINISTRATOR, APPROVER, EDITOR
from content.plan import record_of
from content.registry import MODELS
from editorial.models import Revision, Significance
from editorial.publishing import approve
from editorial.revisions import ChangeNote, open_revision, propose_withdrawal, save_draft, submit
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.record import Record

NOTE = "Teksten er gjort tydeligere."


def user(name: str, *groups: str) -> User:
    """The account `name` in `groups`, made where it is missing."""
    account, _ = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    account.groups.add(*Group.objects.filter(name__in=groups))
    return account


def editor(name: str = "skribent") -> User:
    return user(name, EDITOR)


def approver(name: str = "godkender") -> User:
    return user(name, APPROVER)


def administrator(name: str = "administrator") -> User:
    return user(name, ADMINISTRATOR)


def client_of(account: User) -> Client:
    client = Client()
    client.force_login(account)
    return client


def row_of(kind: Kind, slug: str) -> RecordRow:
    return MODELS[kind].objects.get(slug=slug)


def changed(kind: Kind, slug: str, *, add: str = "", **fields: Any) -> Record:
    """The published record with `fields` changed and `add` put first in its body."""
    record = record_of(row_of(kind, slug))
    body = f"{add}\n\n{record.body}" if add else record.body
    return Record(record.kind, slug, {**record.fields, **fields}, body, record.number, record.theme)


def drafted(
    record: Record, by: User | None = None, *, significance: str = Significance.MINOR, note: str = NOTE
) -> Revision:
    """`record` saved on top of what is open."""
    opened = open_revision(record.kind, record.slug)
    edition = opened.edition if opened else 0
    return save_draft(record, by or editor(), edition=edition, note=ChangeNote(significance, note))


def submitted(revision: Revision) -> Revision:
    return submit(revision.pk, edition=revision.edition)


def published(
    record: Record, by: User | None = None, *, significance: str = Significance.MINOR, note: str = NOTE
) -> Revision:
    """`record` drafted, sent and approved by another."""
    revision = submitted(drafted(record, by, significance=significance, note=note))
    return approve(revision.pk, approver(), edition=revision.edition)


def withdrawn(kind: Kind, slug: str, reason: str, successor: str = "") -> Revision:
    """A record taken out, as one proposed and another approved."""
    proposal = propose_withdrawal(kind, slug, editor(), reason=reason, successor=successor)
    return approve(proposal.pk, approver(), edition=proposal.edition)
