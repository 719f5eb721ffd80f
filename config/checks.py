"""System checks: what must hold before the site can run, and what production must not leave out.

`manage.py check` runs the first kind, `manage.py check --deploy` both.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.utils import timezone

from editorial.statement import last_day

_LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


@register(Tags.files)
def check_content_folder(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The folder of texts is part of the program, and is where `load_content` reads."""
    if settings.CONTENT_DIR.is_dir():
        return []
    return [
        Error(f"There is no folder {settings.CONTENT_DIR}.", hint="Check the whole repository out.", id="hjemvej.E001")
    ]


@register()
def check_accessibility_statement(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A statement that readers are sent to must have been gone over within the last year."""
    if not settings.ACCESSIBILITY_STATEMENT_URL:
        return []
    day = last_day()
    if day is None:
        problem = "ACCESSIBILITY_STATEMENT_DATE is not set: nobody is told when the statement is due again."
    elif timezone.localdate() > day:
        problem = f"The accessibility statement held until {day}; it is more than a year old."
    else:
        return []
    return [Warning(problem, hint="Go over the statement, then set its new day as 2026-03-02.", id="hjemvej.W008")]


@register(Tags.security, deploy=True)
def check_production(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What the environment of a public site must say; deploy/production.env.example explains each variable."""
    return [*_identity(), *_readers(), *_files(), *_database()]


def _identity() -> Iterator[CheckMessage]:
    if not settings.SECRET_KEY_IS_GIVEN:
        yield Warning(
            "SECRET_KEY is not set; this machine's own key is used.",
            hint="Nodes that do not share a key cannot read each other's sessions. Set one that all of them share.",
            id="hjemvej.W001",
        )
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https":
        yield Warning(
            f"SITE_URL is {settings.SITE_URL!r}; a public site has an https address.",
            hint="HSTS, secure cookies and the redirect to https follow from it.",
            id="hjemvej.W002",
        )
    public_hosts = set(settings.ALLOWED_HOSTS) - _LOCAL_HOSTS
    if "*" in public_hosts or not public_hosts:
        yield Warning(
            "ALLOWED_HOSTS names no public host, or all of them.",
            hint="Name the hosts that readers use, separated by commas.",
            id="hjemvej.W003",
        )
    elif not _is_allowed(site.hostname or "", public_hosts):
        yield Warning(
            f"ALLOWED_HOSTS lacks the host of SITE_URL, {site.hostname}.",
            hint="The sitemap, the feeds and copied references lead there.",
            id="hjemvej.W004",
        )


def _is_allowed(host: str, allowed: set[str]) -> bool:
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed)


def _readers() -> Iterator[CheckMessage]:
    if not settings.ACCESSIBILITY_STATEMENT_URL:
        yield Warning(
            "ACCESSIBILITY_STATEMENT_URL is not set: /was leads to no accessibility statement.",
            hint="The law asks public sites for one, made in the WAS-Tool: https://was.digst.dk/<domain>.",
            id="hjemvej.W005",
        )
    if not settings.CONTACT_EMAIL:
        yield Warning(
            "CONTACT_EMAIL is not set: readers are told nobody to write to.",
            hint="An accessibility statement must name a way to write to the owner.",
            id="hjemvej.W006",
        )


def _files() -> Iterator[CheckMessage]:
    if not settings.DKFDS_DIR.is_dir() and not (settings.STATIC_ROOT / "dkfds").is_dir():
        yield Warning(
            "The files of the design system (dkfds) are neither installed nor collected.",
            hint="Run `npm ci --ignore-scripts`, then `manage.py collectstatic`.",
            id="hjemvej.W007",
        )


def _database() -> Iterator[CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        yield Info(
            "The database is SQLite.",
            hint="It serves one machine well. For more than one, set DATABASE_URL to a PostgreSQL database.",
            id="hjemvej.I001",
        )
