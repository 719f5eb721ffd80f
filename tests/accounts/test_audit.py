"""The audit log: what is in it, what is not, who may read it, and that nobody can change it."""

import csv
import io
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts import audit
from accounts.append_only import KEPT_DAYS
from accounts.groups import ADMINISTRATOR, APPROVER, EDITOR
from accounts.models import Action, AuditEntry
from tests.accounts.visiting import CODE, PASSWORD, make_user, set_up_app, sign_in

pytestmark = pytest.mark.django_db

LOG = "/admin/accounts/auditentry/"


def told(*actions: Action) -> list[tuple[str, str, str, str]]:
    """The entries about `actions`, oldest first."""
    entries = AuditEntry.objects.filter(action__in=actions).order_by("pk")
    return list(entries.values_list("action", "actor", "target", "detail"))


@pytest.fixture
def entry() -> AuditEntry:
    audit.record(Action.PUBLISHED, actor="anna", target="Boligfastholdelse", detail="væsentlig")
    return AuditEntry.objects.get()


# ---------- Only ever added to ----------


STATEMENTS = {
    "update": "UPDATE accounts_auditentry SET actor = 'bo'",
    "delete": "DELETE FROM accounts_auditentry",
    "backdate": "UPDATE accounts_auditentry SET at = '2001-01-01 00:00:00+00:00'",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_refuses_to_change_an_entry(entry: AuditEntry, statement: str) -> None:
    refused(statement)
    assert AuditEntry.objects.get().actor == "anna"


@pytest.mark.postgres
def test_the_database_refuses_to_empty_the_log(entry: AuditEntry) -> None:
    refused("TRUNCATE accounts_auditentry")
    assert AuditEntry.objects.count() == 1


@pytest.mark.sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_the_database_refuses_to_put_an_entry_in_the_place_of_another(entry: AuditEntry, verb: str) -> None:
    columns = "(id, at, action, actor, target, detail)"
    refused(f"{verb} INTO accounts_auditentry {columns} VALUES ({entry.pk}, '2001-01-01', 'x', 'bo', '', '')")
    assert AuditEntry.objects.get().actor == "anna"


def refused(statement: str) -> None:
    with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_program_of_ours_can_change_an_entry_either(entry: AuditEntry) -> None:
    entry.actor = "bo"
    for attempt in (entry.save, entry.delete, AuditEntry.objects.all().delete):
        with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic():
            attempt()
    assert AuditEntry.objects.get().actor == "anna"


def test_entries_go_when_they_are_two_years_old_and_not_before() -> None:
    for days in (0, KEPT_DAYS - 1, KEPT_DAYS + 1):
        AuditEntry.objects.create(action=Action.PUBLISHED, target=str(days), at=timezone.now() - timedelta(days=days))
    call_command("prune_audit_log", verbosity=0)
    assert set(AuditEntry.objects.values_list("target", flat=True)) == {"0", str(KEPT_DAYS - 1)}


# ---------- What is noted ----------


def test_signing_in_and_out_is_noted_and_so_is_failing(client: Client) -> None:
    make_user()
    sign_in(client, password="forkert")
    sign_in(client)
    client.post("/admin/konto/log-ud/")
    names = [(action, actor) for action, actor, *_ in told(*SIGNING)]
    assert names == [("sign_in_failed", "anna"), ("signed_in", "anna"), ("signed_out", "anna")]


SIGNING = (Action.SIGNED_IN, Action.SIGN_IN_FAILED, Action.SIGNED_OUT, Action.LOCKED)


def test_a_lock_is_noted_once_however_often_one_tries(client: Client) -> None:
    make_user()
    for _ in range(9):
        sign_in(client, password="forkert")
    assert [action for action, *_ in told(*SIGNING)] == ["sign_in_failed"] * 5 + ["locked"]


def test_what_is_nobody_s_name_is_not_kept_and_no_password_ever(client: Client) -> None:
    sign_in(client, name="hemmeligt-kodeord", password="et-andet")
    text = repr(list(AuditEntry.objects.values()))
    assert "hemmeligt-kodeord" not in text
    assert "et-andet" not in text
    assert "127.0.0.1" not in text


def test_the_second_step_is_noted_when_set_up_failed_and_taken_away(client: Client) -> None:
    make_user()
    sign_in(client)
    set_up_app(client)
    other = Client()
    sign_in(other)
    other.post(CODE, {"code": "000000"})
    client.post("/admin/konto/app/fjern/")
    assert told(Action.FACTOR_ADDED) == [
        ("factor_added", "anna", "anna", "app"),
        ("factor_added", "anna", "anna", "nødkoder"),
    ]
    assert told(Action.FACTOR_FAILED) == [("factor_failed", "anna", "", "app")]
    assert {detail for *_, detail in told(Action.FACTOR_REMOVED)} == {"app", "nødkoder"}


def chief() -> Client:
    make_user("chef", is_superuser=True)
    client = Client()
    sign_in(client, "chef")
    return client


def test_what_an_administrator_does_to_an_account_is_noted_under_the_administrator_s_name() -> None:
    client = chief()
    fields = {"username": "bo", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/admin/auth/user/add/", fields)
    bo = User.objects.get(username="bo")
    group = Group.objects.create(name="Prøvegruppe")
    form = {"username": "bo", "is_active": "on", "is_staff": "on", "groups": [group.pk], "email": "bo@example.dk"}
    joined = {"date_joined_0": "2026-01-01", "date_joined_1": "12:00:00"}
    assert client.post(f"/admin/auth/user/{bo.pk}/change/", form | joined).status_code == 302
    new = {"usable_password": "true", "password1": PASSWORD * 2, "password2": PASSWORD * 2}
    client.post(f"/admin/auth/user/{bo.pk}/password/", new)
    client.post(f"/admin/auth/user/{bo.pk}/delete/", {"post": "yes"})
    assert told(Action.USER_CREATED)[-1] == ("user_created", "chef", "bo", "")
    changed = "e-mail: – → bo@example.dk; adgang til redaktionen: nej → ja"
    assert told(Action.USER_CHANGED) == [("user_changed", "chef", "bo", changed)]
    assert ("rights_changed", "chef", "bo", "+ Prøvegruppe") in told(Action.RIGHTS_CHANGED)
    assert told(Action.PASSWORD_CHANGED) == [("password_changed", "chef", "bo", "")]
    assert told(Action.USER_DELETED) == [("user_deleted", "chef", "bo", "")]


def test_what_is_done_to_groups_and_permissions_is_noted_from_either_end() -> None:
    permission = Permission.objects.get(codename="view_user")
    group = Group.objects.create(name="Prøvegruppe")
    group.permissions.add(permission)
    group.permissions.clear()
    group.user_set.add(make_user())
    group.name = "Andet navn"
    group.save()
    User.objects.get().user_permissions.set([permission])
    group.delete()
    assert told(Action.RIGHTS_CHANGED) == [
        ("rights_changed", "(system)", "Prøvegruppe", "+ auth.view_user"),
        ("rights_changed", "(system)", "Prøvegruppe", "− auth.view_user"),
        ("rights_changed", "(system)", "anna", "+ Prøvegruppe"),
        ("rights_changed", "(system)", "anna", "+ auth.view_user"),
    ]
    detail = "navn: Prøvegruppe → Andet navn"
    assert told(Action.GROUP_CHANGED) == [("group_changed", "(system)", "Prøvegruppe", detail)]
    assert told(Action.GROUP_DELETED) == [("group_deleted", "(system)", "Andet navn", "")]


def test_signing_in_is_not_noted_as_a_change_to_the_account(client: Client) -> None:
    make_user()
    sign_in(client)
    assert told(Action.USER_CHANGED, Action.PASSWORD_CHANGED) == []


def test_an_entry_outlives_the_account_it_tells_of(client: Client) -> None:
    user = make_user()
    sign_in(client)
    Authenticator.objects.create(user=user, type="recovery_codes", data={})
    user.delete()
    assert told(Action.SIGNED_IN) == [("signed_in", "anna", "", "")]


# ---------- In the admin ----------


def reader() -> Client:
    make_user("revisor", "view_auditentry")
    client = Client()
    client.force_login(User.objects.get(username="revisor"))
    return client


def test_the_log_is_read_and_filtered_in_the_admin_and_not_changed_there(entry: AuditEntry) -> None:
    client = reader()
    page = client.get(f"{LOG}?action__exact=published&q=bolig").content.decode()
    assert "Boligfastholdelse" in page
    assert client.get(f"{LOG}{entry.pk}/change/").status_code == 200
    for attempt in ("add/", f"{entry.pk}/delete/"):
        assert client.post(LOG + attempt, {"post": "yes", "actor": "bo"}).status_code == 403
    assert client.post(f"{LOG}{entry.pk}/change/", {"actor": "bo"}).status_code == 403
    assert 'name="action"' not in page


def test_even_a_superuser_only_reads(entry: AuditEntry) -> None:
    client = chief()
    assert client.get(LOG).status_code == 200
    assert client.post(f"{LOG}{entry.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("path", ["", "csv/"])
def test_the_log_is_for_those_with_the_permission(client: Client, path: str) -> None:
    assert client.get(LOG + path).status_code == 302
    client.force_login(make_user("bo", "change_user", "view_user"))
    assert client.get(LOG + path).status_code == 403


@pytest.mark.parametrize(("group", "status"), [(EDITOR, 403), (APPROVER, 403), (ADMINISTRATOR, 200)])
@pytest.mark.parametrize("path", ["accounts/auditentry/", "accounts/auditentry/csv/", "auth/user/", "auth/group/"])
def test_of_the_three_groups_only_administrators_see_accounts_and_the_log(
    client: Client, group: str, status: int, path: str
) -> None:
    user = make_user()
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(f"/admin/{path}").status_code == status


def test_the_log_is_taken_out_as_a_table_with_what_the_list_shows(entry: AuditEntry) -> None:
    audit.record(Action.WITHDRAWN, actor="=1+1", target='æøå; og "mere"')
    client = reader()
    answer = client.get(f"{LOG}csv/?action__exact=withdrawn")
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert 'filename="sikkerhedslog.csv"' in answer["Content-Disposition"]
    header, *rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert header == ["tidspunkt", "hændelse", "hvem", "hvad", "nærmere"]
    assert [row[1:4] for row in rows] == [["Trukket tilbage", "'=1+1", 'æøå; og "mere"']]


@pytest.mark.parametrize("path", ["account/emailaddress", "mfa/authenticator", "socialaccount/socialapp"])
def test_what_protects_an_account_is_not_laid_open_in_the_admin(path: str) -> None:
    assert chief().get(f"/admin/{path}/").status_code == 404
