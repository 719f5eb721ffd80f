"""deploy/postgres/roles.sql on a real server: the site works with the rights that it has, and has no others."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from scripts import postgres
from scripts.console import ROOT
from tests.servers.site import EDITOR, Site, Visitor

pytestmark = pytest.mark.servers
ROLES = ROOT / "deploy" / "postgres" / "roles.sql"
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
# What the timers run, in one process.
TASKS = """
from django.core.management import call_command
for name in ("publish_due", "prune_feedback", "prune_searches", "prune_audit_log", "clearsessions", "rebuild_index"):
    call_command(name)
"""


class Database:
    """The address of a database, for each role."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def url(self, role: str, name: str = "hjemvej") -> str:
        return f"postgresql://{role}@/{name}?host={self._folder}"

    def run(self, role: str, statement: str, name: str = "hjemvej") -> list[tuple[object, ...]]:
        """What `statement` gives; sent as it is, for a file of many."""
        with psycopg.connect(self.url(role, name), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """A database as docs/operations.md makes it, with the roles but no tables."""
    with postgres.cluster() as servers:
        found = Database(servers.primary.folder)
        found.run("postgres", "CREATE DATABASE hjemvej", "postgres")
        found.run("postgres", ROLES.read_text(encoding="utf-8"))
        yield found


@pytest.fixture(scope="module")
def site(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site set up and served in the roles that docs/operations.md gives each step."""
    var = tmp_path_factory.mktemp("site") / "var"
    var.mkdir()
    site = Site(var, DATABASE_URL=database.url("hjemvej"))
    site.manage("migrate", "--no-input", DATABASE_URL=database.url("hjemvej_owner"))
    database.run("postgres", ROLES.read_text(encoding="utf-8"))
    site.prepare()
    site.start()
    yield site
    site.kill()


def test_the_site_is_served_edited_and_looked_after_in_the_role_of_the_site(site: Site) -> None:
    assert site.get("/readyz").status == 200, site.get("/readyz").text
    assert "handleplan" in site.get("/soeg/?q=handleplan").text
    assert EDITOR in Visitor(site.port).sign_in().get("/admin/").text
    site.manage("shell", "-c", TASKS)
    assert "handleplan" in site.get("/soeg/?q=handleplan&side=1").text


def test_the_site_cannot_migrate(site: Site) -> None:
    refused = site.manage("migrate", "feedback", "zero", check=False)
    assert refused.returncode != 0
    assert "must be owner of table" in refused.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE library_record",
        "ALTER TABLE library_record ADD COLUMN x int",
        "ALTER TABLE accounts_auditentry DISABLE TRIGGER ALL",
        "DROP TRIGGER accounts_auditentry_no_change ON accounts_auditentry",
        "DROP FUNCTION accounts_auditentry_guard() CASCADE",
        "CREATE OR REPLACE FUNCTION accounts_auditentry_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
        "SET session_replication_role = replica",
        "TRUNCATE library_record CASCADE",
        "TRUNCATE accounts_auditentry",
        "UPDATE accounts_auditentry SET actor = 'en anden'",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('accounts', 'x', now())",
        "CREATE TABLE mine (x int)",
        "CREATE TEMPORARY TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "ALTER ROLE hjemvej SUPERUSER",
        "SET ROLE hjemvej_owner",
        "SET ROLE hjemvej_backup",
        "COPY library_record TO '/tmp/hjemvej.csv'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_authid",
    ],
)
def test_the_site_cannot_reach_beyond_the_rows_that_are_its_own(site: Site, database: Database, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.run("hjemvej", statement)


def test_the_audit_log_keeps_what_the_site_would_remove(site: Site, database: Database) -> None:
    assert database.run("hjemvej", "SELECT count(*) > 0 FROM accounts_auditentry") == [(True,)]
    with pytest.raises(psycopg.errors.IntegrityError):
        database.run("hjemvej", "DELETE FROM accounts_auditentry")


def test_a_table_that_a_migration_adds_is_the_sites_to_use_and_no_more(site: Site, database: Database) -> None:
    database.run("hjemvej_owner", "CREATE TABLE later (id bigserial PRIMARY KEY, x int)")
    database.run("hjemvej", "INSERT INTO later (x) VALUES (1)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.run("hjemvej", "DROP TABLE later")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.run("hjemvej_read", "SELECT * FROM later")
    database.run("hjemvej_owner", "DROP TABLE later")


def test_the_backup_role_makes_a_backup_and_can_write_nothing(site: Site, database: Database, tmp_path: Path) -> None:
    site.manage("backup", str(tmp_path / "copy"), DATABASE_URL=database.url("hjemvej_backup"))
    assert (tmp_path / "copy").stat().st_size > 100_000
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        database.run("hjemvej_backup", "DELETE FROM library_record")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.run("hjemvej_backup", "BEGIN READ WRITE; DELETE FROM library_record")


def test_the_reading_role_reads_texts_and_numbers_and_no_accounts(site: Site, database: Database) -> None:
    assert database.run("hjemvej_read", "SELECT count(*) > 100 FROM library_record") == [(True,)]
    assert database.run("hjemvej_read", "SELECT count(*) > 0 FROM pg_stat_activity WHERE query <> ''") == [(True,)]
    readable = database.run("hjemvej_read", f"{TABLES} AND has_table_privilege(oid, 'SELECT')")
    names = {str(name) for (name,) in readable}
    assert not {name for name in names if name.startswith(("account", "auth_", "django_", "mfa_", "social", "cache"))}
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        database.run("hjemvej_read", "BEGIN READ WRITE; DELETE FROM library_record")


def test_nobody_else_gets_into_the_database(site: Site, database: Database) -> None:
    database.run("postgres", "CREATE ROLE stranger LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        database.run("stranger", "SELECT 1")


def test_applied_again_the_roles_are_the_same(site: Site, database: Database) -> None:
    rights = "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname"
    before = database.run("postgres", rights)
    database.run("postgres", ROLES.read_text(encoding="utf-8"))
    assert database.run("postgres", rights) == before
