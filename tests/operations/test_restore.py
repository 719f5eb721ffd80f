"""A backup fills an empty installation: everything is there again, or nothing is."""

from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts import audit
from accounts.models import Action, AuditEntry
from operations.backup import schema, tables
from operations.backup.making import make
from tests.editorial.killing import COMMIT, Site
from tests.operations.installations import EmptySite, SqliteSite, doing, everything, raw_rows, refusal

pytestmark = pytest.mark.django_db


class Used:
    """A site in use, what it looks like, and its backup."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site, self.backup = site, folder / "backup.zip"
        self.everything, self.raw_rows, _ = site.do(doing(everything, raw_rows, lambda: make(self.backup) and None))


@pytest.fixture(scope="module")
def used(furnished: Site, tmp_path_factory: pytest.TempPathFactory) -> Used:
    furnished.restore()
    return Used(furnished, tmp_path_factory.mktemp("used"))


def restoring(backup: Path) -> Any:
    return lambda: call_command("restore", backup)


# ---------- All of it ----------


def test_everything_is_there_again(used: Used, empty: EmptySite) -> None:
    _, found, raw = empty.do(doing(restoring(used.backup), everything, raw_rows))
    before = used.everything

    assert len(found["pages"]) > 300
    assert len(found["images"]) == 2
    for part in ("rows", "pages", "images"):
        keys = found[part].keys() | before[part].keys()
        assert {key for key in keys if found[part].get(key) != before[part].get(key)} == set()
    assert {page: status for page, status in found["pages"].items() if not status.startswith("200 ")} == {}
    assert found["found"] == before["found"] > 0
    assert raw == used.raw_rows
    # Else a cache could have under the new number what was published before and is lost.
    assert found["version"] > before["version"]


def test_an_installation_without_tables_gets_them(used: Used, empty: EmptySite) -> None:
    bare = EmptySite(used.backup.parent, "bare")
    try:
        _, raw = bare.do(doing(restoring(used.backup), raw_rows))
    finally:
        bare.remove()
    assert raw == used.raw_rows


def test_life_goes_on_after_it(used: Used, empty: EmptySite) -> None:
    """New rows get keys of their own, and the audit log can be added to and not changed."""

    def go_on() -> dict[str, Any]:
        last = AuditEntry.objects.order_by("pk").last()
        assert last
        with transaction.atomic():
            refused = ""
            try:
                with transaction.atomic():
                    AuditEntry.objects.filter(pk=last.pk).update(actor="en anden")
            except DatabaseError as error:
                refused = str(error)
        audit.record(Action.SIGNED_OUT, actor=User.objects.get(username="skribent"))
        group = Group.objects.create(name="Nye")
        group.permissions.add(1)
        new = AuditEntry.objects.filter(pk__gt=last.pk).values_list("action", flat=True)
        return {"refused": refused, "new": sorted(new)}

    _, found = empty.do(doing(restoring(used.backup), go_on))

    assert "The audit log can only be added to" in found["refused"]
    assert found["new"] == ["group_created", "rights_changed", "signed_out"]


# ---------- Or nothing ----------


def test_an_installation_in_use_is_left_alone(used: Used) -> None:
    said, raw = used.site.do(doing(lambda: refusal("restore", str(used.backup)), raw_rows))

    assert said.startswith("This installation is not empty: there are rows in ")
    assert "\n" not in said
    assert raw == used.raw_rows


def test_killed_at_any_moment_it_has_done_all_or_nothing_and_can_be_done_again(used: Used, empty: EmptySite) -> None:
    before = empty.do(raw_rows)
    step = lambda: restoring(used.backup)  # noqa: E731 - a step makes what is to be done
    touched = empty.touches(step)
    loaded = touched.index(COMMIT) + 1
    states = []
    for number in (1, loaded // 2, loaded - 1, loaded, loaded + 1, len(touched)):
        empty.restore()
        empty.kill(step, number)
        states.append(empty.do(raw_rows))

    assert before in states
    assert used.raw_rows in states
    assert [state for state in states if state not in (before, used.raw_rows)] == []
    empty.restore()
    empty.kill(step, loaded)
    _, raw = empty.do(doing(restoring(used.backup), raw_rows))
    assert raw == used.raw_rows


def test_where_the_database_refuses_a_row_nothing_is_changed(used: Used, empty: EmptySite) -> None:
    """Here because somebody has changed the tables by hand."""

    def spoil() -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE UNIQUE INDEX only_one_reply ON search_synonym (note)")

    _, before, said, after = empty.do(doing(spoil, raw_rows, lambda: refusal("restore", str(used.backup)), raw_rows))

    assert said.startswith("The database does not take the backup, and nothing was changed: ")
    assert "\n" not in said
    assert after == before
    assert list((empty.folder / "media").iterdir()) == []


# ---------- Backups of other versions ----------


def test_an_older_backup_is_loaded_as_it_is_and_then_brought_up_to_date(empty: EmptySite, tmp_path: Path) -> None:
    """The last migration of social accounts turned a text into JSON."""
    backup, older, bare = tmp_path / "older.zip", EmptySite(tmp_path, "older"), EmptySite(tmp_path, "bare")
    try:
        older.do(doing(without_the_last_migration, lambda: make(backup) and None))
        said = empty.do(lambda: refusal("restore", str(backup)))
        _, found = bare.do(
            doing(restoring(backup), lambda: list(SocialAccount.objects.values_list("user__username", "extra_data")))
        )
    finally:
        older.remove()
        bare.remove()

    assert said.startswith("The backup is older than the tables of this database, which have the migration ")
    assert found == [("skribent", {"sub": "17"})]


def without_the_last_migration() -> None:
    """Tables as they were before it, with one account."""
    graph = MigrationLoader(None).graph
    (last,) = graph.leaf_nodes("socialaccount")
    later = {node for node in graph.nodes if last in graph.forwards_plan(node)}
    nodes = graph.nodes.keys() - later
    schema.bring_to(nodes)
    models = tables.kept(schema.models_at(nodes))
    user = models["auth.user"]._base_manager.create(username="skribent")
    accounts = models["socialaccount.socialaccount"]._base_manager
    accounts.create(user_id=user.pk, provider="oidc", uid="17", extra_data='{"sub": "17"}')


def test_a_database_of_a_newer_program_is_neither_backed_up_nor_filled(used: Used, empty: EmptySite) -> None:
    def upgrade() -> None:
        MigrationRecorder(connection).record_applied("library", "9999_to_come")

    _, restored, backed_up = empty.do(
        doing(
            upgrade,
            lambda: refusal("restore", str(used.backup)),
            lambda: refusal("backup", str(used.backup.with_name("other.zip"))),
        )
    )

    assert restored == backed_up
    assert restored == "The database is of a newer program than this one: it has the migration library.9999_to_come."
    assert not used.backup.with_name("other.zip").exists()


# ---------- From one database to the other ----------


@pytest.mark.postgres
def test_a_backup_of_one_database_fills_the_other(used: Used, empty: EmptySite, tmp_path: Path) -> None:
    """PostgreSQL → SQLite → PostgreSQL."""
    backup = tmp_path / "of-sqlite.zip"
    sqlite = SqliteSite(tmp_path, "sqlite")
    _, on_sqlite, _ = sqlite.do(doing(restoring(used.backup), everything, lambda: make(backup) and None))
    _, again = empty.do(doing(restoring(backup), everything))

    for part in ("rows", "pages", "images", "found"):
        assert on_sqlite[part] == used.everything[part]
        assert again[part] == used.everything[part]
