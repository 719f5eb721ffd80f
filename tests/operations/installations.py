"""Installations of their own, with everything in them that a backup must hold, or with nothing but tables."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone
from psycopg.sql import SQL, Identifier

from accounts import audit
from accounts.models import Action
from config.databases import databases
from config.environment import Environment
from content.models import ContentVersion
from editorial.models import Autosave, Comment
from feedback.models import Reply
from images.cleaning import clean
from images.files import keep
from linkcheck.models import ExternalLink, Outcome
from markup.kinds import Kind
from search.models import SearchCount, Synonym
from search.query import SearchQuery, search
from tests.editorial.killing import Site
from tests.editorial.writing import approver, changed, drafted, editor, published, submitted, withdrawn
from tests.images.pictures import picture

TERM = Kind.GLOSSARY
PICTURES = picture("PNG"), picture("JPEG", (64, 48))
# What no backup holds, by table: sessions, caches, and what is made anew.
NOT_KEPT = {
    "cache",
    "content_storedpage",
    "django_migrations",
    "django_session",
    "search_frequentterm",
    "search_indexeddocument",
    "search_indexstate",
    "sqlite_sequence",
}


class EmptySite(Site):
    """A site without tables, called `name` where it is in a server."""

    def __init__(self, folder: Path, name: str) -> None:
        self._name = name
        super().__init__(folder / name)

    def _copy_what_the_tests_have(self) -> None:
        for place in ("index", "media"):
            (self.folder / place).mkdir(parents=True)
        if self._on_postgres:
            with self._server() as server:
                server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(self.database)))
                server.execute(SQL("CREATE DATABASE {}").format(Identifier(self.database)))

    @property
    def database(self) -> str:
        return f"{self._database}_{self._name}" if self._on_postgres else super().database


class SqliteSite(EmptySite):
    """One on SQLite, whatever the tests run on."""

    def _copy_what_the_tests_have(self) -> None:
        self._on_postgres = False
        super()._copy_what_the_tests_have()

    def _move_in(self) -> None:
        super()._move_in()
        connections.settings["default"] |= databases(Environment({}), self.folder)["default"] | {"NAME": self.database}


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def refusal(*command: str) -> str:
    """The one line with which a command refuses; "" where it does not."""
    try:
        call_command(*command)
    except CommandError as error:
        return str(error)
    return ""


# ---------- Everything that there can be ----------


def furnish() -> None:
    """Put into the tests' content what editors, readers and timers leave behind."""
    author, other = editor(), approver()
    author.set_password("en lang adgangskode")
    author.last_login = datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)
    author.save()
    Authenticator.objects.create(user=author, type="totp", data={"secret": "JBSWY3DP", "æøå": [1, 2.5, None, True]})
    Authenticator.objects.create(user=author, type="recovery_codes", data={})
    images = [keep(clean(data), "Et hus [æ]", author.pk) for data in PICTURES]
    published(changed(TERM, "naloxon", add=f"Se huset.\n\n{images[0].markdown}"))
    published(changed(TERM, "recovery", title="Recovery & “medvirken”"), significance="major")
    withdrawn(TERM, "startbolig", "Ordet bruges ikke længere.")
    waiting = submitted(drafted(changed(TERM, "herberg", add="En kladde.")))
    Comment.objects.create(revision=waiting, author=other, text="Er det rigtigt?\n\n– Ja. 👍🏽")
    drafted(changed(TERM, "naloxon", add="Endnu en kladde."))
    Autosave.objects.create(user=author, token="glossary/+", fields={"title": "Halvt", "odd": None, "tom": ""})
    Reply.objects.create(page="/begreber/", helpful=False, text='"Citat", \\ og\ttabulator')
    Synonym.objects.create(term="smutter", means="udsættelse")
    SearchCount.objects.create(text="herberg", hits=3, times=2)
    checked = timezone.now() - timedelta(microseconds=1)
    ExternalLink.objects.create(url="https://x.dk/", outcome=Outcome.DEAD, finding="væk", checked_at=checked)
    audit.record(Action.SIGNED_IN, actor=author)
    User.objects.create_user("æresmedlem", email="a@x.dk").user_permissions.add(1)


# ---------- What is there ----------


def everything() -> dict[str, Any]:
    """All that must be the same after a restore; the content version, which must not be, stands apart."""
    return {
        "rows": rows(),
        "pages": pages(),
        "images": {path.name: path.read_bytes() for path in sorted(Path(settings.MEDIA_ROOT).glob("*"))},
        "found": search(SearchQuery("herberg")).count,
        "version": ContentVersion.current(),
    }


def rows() -> dict[str, list[Any]]:
    """Every row of every table that is to be kept, as Django reads it."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in NOT_KEPT:
            names = [field.attname for field in model._meta.local_concrete_fields]
            if model is ContentVersion:
                names.remove("number")
            found[model._meta.db_table] = list(model._base_manager.order_by("pk").values_list(*names))
    return found


def raw_rows() -> dict[str, list[Any]]:
    """The same, of whatever tables the database says there are, and as it gives them."""
    tables = set(connection.introspection.table_names()) - NOT_KEPT - {"content_contentversion"}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


def pages() -> dict[str, str]:
    """The public pages of the sitemap, each as the hash of what a reader gets."""
    client = Client()
    places = re.findall(r"<loc>[^<]*?//[^/<]+([^<]*)</loc>", client.get("/sitemap.xml").content.decode())
    return {place: _page(client, place) for place in (*places, "/sitemap.xml")}


def _page(client: Client, place: str) -> str:
    answer = client.get(place)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # either kind of answer
    return f"{answer.status_code} {hashlib.sha256(body).hexdigest()}"


def doing(*works: Callable[[], Any]) -> Callable[[], list[Any]]:
    """Several things one after the other, for one process to do."""
    return lambda: [work() for work in works]
