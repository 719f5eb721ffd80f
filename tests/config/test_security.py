"""What a public site must not do without: the checks that say so, and what follows from an https address."""

import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django import Settings

from config.checks import check_accessibility_statement, check_content_folder, check_production

EXAMPLE = configured.BASE_DIR / "deploy" / "production.env.example"


def example() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def manage(tmp_path: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command under the production example, with `variables` besides, and files of its own."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    # A day written into the example would one day be too long ago.
    today = {"ACCESSIBILITY_STATEMENT_DATE": date.today().isoformat()}
    environment = {**inherited, **example(), **today, "HJEMVEJ_VAR": str(tmp_path), **variables}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=configured.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def production(settings: Settings, tmp_path: Path) -> Settings:
    """Settings that `check_production` has nothing to say about."""
    settings.SECRET_KEY_IS_GIVEN = True
    settings.SITE_URL = "https://hjemvej.example.dk"
    settings.ALLOWED_HOSTS = ["hjemvej.example.dk", "127.0.0.1"]
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/hjemvej-example-dk"
    settings.CONTACT_EMAIL = "hjemvej@example.dk"
    settings.DKFDS_DIR = tmp_path
    settings.DATABASES["default"] = {**settings.DATABASES["default"], "ENGINE": "django.db.backends.postgresql"}
    return settings


def ids() -> list[str]:
    return [message.id or "" for message in check_production(None)]


def test_the_production_example_passes_every_deployment_check(tmp_path: Path) -> None:
    (tmp_path / "static" / "dkfds").mkdir(parents=True)
    done = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_production_example_explains_each_variable() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if line and not line.startswith("#"):
            assert before.startswith("# "), line


def test_an_https_address_makes_the_site_strict(tmp_path: Path) -> None:
    names = ["SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "DEBUG"]
    code = f"from django.conf import settings; print(*[getattr(settings, name) for name in {names}])"
    values = manage(tmp_path, "shell", "--no-imports", "-c", code).stdout
    assert values.strip() == "True 31536000 True True False"


def test_nothing_is_said_about_a_site_that_is_well_set_up(production: Settings) -> None:
    assert ids() == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SECRET_KEY_IS_GIVEN", False, "hjemvej.W001"),
        ("SITE_URL", "http://hjemvej.example.dk", "hjemvej.W002"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "localhost"], "hjemvej.W003"),
        ("ALLOWED_HOSTS", ["*"], "hjemvej.W003"),
        ("ALLOWED_HOSTS", ["other.example.dk"], "hjemvej.W004"),
        ("ACCESSIBILITY_STATEMENT_URL", "", "hjemvej.W005"),
        ("CONTACT_EMAIL", "", "hjemvej.W006"),
        ("DKFDS_DIR", Path("/nowhere"), "hjemvej.W007"),
    ],
)
def test_what_production_lacks_is_said(production: Settings, name: str, value: object, expected: str) -> None:
    setattr(production, name, value)
    assert ids() == [expected]


def test_a_domain_with_all_its_subdomains_covers_the_site(production: Settings) -> None:
    production.ALLOWED_HOSTS = [".example.dk"]
    assert ids() == []


def test_sqlite_in_production_is_remarked_on_but_no_fault(production: Settings) -> None:
    sqlite = {**production.DATABASES["default"], "ENGINE": "django.db.backends.sqlite3"}
    production.DATABASES["default"] = sqlite
    assert ids() == ["hjemvej.I001"]


def test_a_missing_folder_of_texts_is_an_error(settings: Settings, tmp_path: Path) -> None:
    assert check_content_folder(None) == []
    settings.CONTENT_DIR = tmp_path / "none"
    assert [message.id for message in check_content_folder(None)] == ["hjemvej.E001"]


@pytest.mark.parametrize(
    ("days_ago", "warned"),
    [(0, False), (365, False), (367, True), (None, True)],
    ids=["new", "year", "older", "unknown"],
)
def test_a_statement_that_is_due_again_is_remarked_on(settings: Settings, days_ago: int | None, warned: bool) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/hjemvej-example-dk"
    today = timezone.localdate()
    settings.ACCESSIBILITY_STATEMENT_DATE = None if days_ago is None else today - timedelta(days=days_ago)
    found = [message.id for message in check_accessibility_statement(None)]
    assert found == (["hjemvej.W008"] if warned else [])


def test_without_a_statement_nothing_is_asked_about_its_age(settings: Settings) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL, settings.ACCESSIBILITY_STATEMENT_DATE = "", None
    assert check_accessibility_statement(None) == []


def test_the_policy_lets_nothing_inline_or_foreign_run() -> None:
    for values in configured.CONTENT_SECURITY_POLICY["DIRECTIVES"].values():
        assert set(values) <= {"'none'", "'self'", "data:"}
    assert configured.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"] == ["'self'"]
