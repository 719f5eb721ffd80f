"""Somebody writes scripts wherever one can write: in every field of every text, in a reply, in a search, in a name."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils.http import urlencode

from accounts import audit
from accounts.models import Action
from content.plan import record_of
from content.registry import MODELS
from content.store import store
from editorial.models import Comment, Revision
from feedback.models import Reply
from images.models import Image
from library.models import Record as RecordRow
from library.models import Tombstone
from linkcheck.models import ExternalLink
from markup.kinds import SCHEMA, FieldType, Kind
from markup.problems import ContentError
from markup.record import Record, dump, parse
from search.models import SearchCount, Synonym
from tests.editorial.writing import drafted
from tests.security.access import read_table
from tests.security.inspecting import ATTACK, MARK, looked_at, offences
from tests.security.world import make_world, visitor

pytestmark = [pytest.mark.usefixtures("content", "own_media")]

# Fields whose texts mean something to the program, and so cannot be just any.
_MEANING = {"kind", "status", "number", "isbn"}


def poisoned(record: Record) -> Record:
    """The record with the attack in every field that takes a text."""
    fields: dict[str, Any] = dict(record.fields)
    for field in SCHEMA[record.kind]:
        if field.choices or field.name in _MEANING:
            continue
        if field.type is FieldType.TEXT:
            fields[field.name] = f"{ATTACK} {record.kind}"[: _room(record.kind, field.name)]
        elif field.type is FieldType.TEXTS:
            fields[field.name] = [*fields.get(field.name, []), f"{ATTACK} {record.kind[:5]}".lower()]
        elif field.type in (FieldType.PROVISIONS, FieldType.CHANGES):
            fields[field.name] = [
                {name: ATTACK if name in ("heading", "summary") else value for name, value in entry.items()}
                for entry in fields.get(field.name, [])
            ]
    return replace(record, fields=fields)


def _room(kind: Kind, name: str) -> int | None:
    """How many letters the column has for a field that is a column as it is."""
    columns = {field.name: field for field in MODELS[kind]._meta.get_fields()}
    return getattr(columns.get(name), "max_length", None)


@pytest.fixture
def poison(content: None) -> list[RecordRow]:
    """A text of each kind, published with the attack in it."""
    rows = [MODELS[kind].objects.order_by("pk")[0] for kind in Kind]
    store([poisoned(record_of(row)) for row in rows])
    return list(RecordRow.objects.filter(pk__in=[row.pk for row in rows]))


def test_the_inspector_sees_each_part_of_the_attack() -> None:
    for place in (ATTACK, f"<input value='{ATTACK}'>", f'<input value="{ATTACK}">', f"<title>{ATTACK}</title>"):
        assert offences(place) != []
    assert offences("<a href=' java\tscript:x'>") != []
    assert offences('<script src="/static/js/site.js"></script><a href="/a/">a</a>') == []


def test_no_field_of_a_text_runs_on_any_page(poison: list[RecordRow]) -> None:
    stranger, seen = Client(), 0
    records = [row.address for row in poison]
    public = [row.address for row in read_table() if not row.address.startswith("/admin/") and "{" not in row.address]
    found = [f"/soeg/?q={MARK}", f"/api/v1/search?q={MARK}", f"/api/v1/suggest?q={MARK}"]
    histories = [f"{address}?fra=1&til=2" for address in public if address.startswith("/historik/")]
    for address in (*records, *public, *found, *histories):
        if not address.endswith((".pdf", "/readyz")):
            seen += MARK in looked_at(stranger, address)
    assert seen > 30, "what was written must be there to be looked at"


def test_no_field_of_a_text_runs_in_the_editors_side(poison: list[RecordRow]) -> None:
    editor = visitor("superuser")
    for row in poison:
        place = f"/admin/{MODELS[Kind(row.kind)]._meta.label_lower.replace('.', '/')}/"
        for address in (
            f"{place}?q={MARK}",
            f"{place}{row.pk}/change/",
            f"{place}{row.pk}/history/",
            f"{place}{row.pk}/delete/",
        ):
            assert MARK in looked_at(editor, address), address
        revision = Revision.objects.public().of(row.kind, row.slug)[0]
        assert MARK in looked_at(editor, f"/admin/gennemsyn/{revision.pk}/")
    assert MARK in looked_at(editor, f"/admin/opslag/?q={MARK}")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//ond.example/", "https:ond", " vbscript:x"]
)
@pytest.mark.parametrize("kind", [Kind.ACT, Kind.RESOURCE, Kind.SOURCE])
def test_an_address_that_runs_is_no_address(kind: Kind, url: str) -> None:
    record = record_of(MODELS[kind].objects.order_by("pk")[0])
    harmful = replace(record, fields={**record.fields, "url": url})
    with pytest.raises(ContentError):
        parse(dump(harmful), harmful.path)
    draft = drafted(harmful)
    looked_at(visitor("superuser"), f"/admin/gennemsyn/{draft.pk}/")


def test_nothing_that_anybody_can_write_runs_in_the_editors_side() -> None:
    names = make_world()
    superuser = visitor("superuser")
    me, revision = User.objects.get(username="superuser"), Revision.objects.get(pk=str(names["revision"]))
    User.objects.filter(pk=me.pk).update(username=ATTACK[:150], first_name=ATTACK[:150], email=ATTACK[:250])
    Group.objects.create(name=ATTACK[:150])
    Reply.objects.update(text=ATTACK)
    SearchCount.objects.update(text=ATTACK[:100], filters=ATTACK)
    Synonym.objects.create(term=ATTACK[:60], means=ATTACK[:60], note=ATTACK[:60])
    Tombstone.objects.update(title=ATTACK, reason=ATTACK)
    ExternalLink.objects.update(url=f"javascript:{ATTACK}", finding=ATTACK[:200], final_url=f"javascript:{ATTACK}")
    Image.objects.update(description=ATTACK[:300])
    Comment.objects.create(revision=revision, author=me, text=ATTACK)
    Revision.objects.filter(pk=revision.pk).update(public_note=ATTACK[:300], note_to_author=ATTACK)
    audit.record(Action.SIGNED_IN, actor=ATTACK, target=ATTACK, detail=ATTACK)
    seen = [
        row.address
        for row in read_table()
        if row.address.startswith("/admin/")
        and not row.address.endswith("/log-ud/")
        and MARK in looked_at(superuser, row.address.format_map(names))
    ]
    assert len(seen) > 80, "the name of whoever is signed in stands on every page"


@pytest.mark.parametrize(
    "address",
    [
        "/soeg/?q={}",
        "/soeg/?q=bolig&tema={0}&type={0}&side={0}&synonymer={0}",
        "/anvisninger/?q={0}&tema={0}&aktoer={0}&princip={0}&lov={0}&orden={0}&gruppe={0}&side={0}",
        "/materialer/?princip={0}&aktoer={0}",
        "/kilder/?q={0}&orden={0}",
        "/principper/matrix/?forpligtelse={0}&aktoer={0}",
        "/nyt/?aktoer={0}&tema={0}",
        "/nyt/atom/?aktoer={0}&tema={0}",
        "/historik/begreb/herberg/?fra={0}&til={0}",
        "/feedback/?side={0}",
        "/api/v1/search?q={0}&tema={0}",
        "/api/v1/instructions?limit={0}",
        "/findes-ikke/{0}/",
        "/begreber/{0}/",
        "/love/serviceloven/{0}/",
        "/api/v1/{0}",
        "/media/{0}",
        "/static/{0}",
        "/admin/konto/log-ind/?next={0}",
        "/admin/{0}/",
        "/admin/konto/eget-login/{0}/svar/?error={0}&state={0}",
        "/admin/konto/eget-login/fejl/?error={0}",
    ],
)
def test_nothing_that_is_asked_for_comes_back_as_a_script(address: str) -> None:
    asked = address.format(urlencode({"": ATTACK})[1:].replace("+", "%20"))
    for client in (Client(), visitor("superuser")):
        looked_at(client, asked)


def test_nothing_that_is_sent_comes_back_as_a_script() -> None:
    editor = visitor("superuser")
    preview = "/admin/forhaandsvisning/?slags=glossary&navn=herberg"
    assert offences(editor.post(preview, {"content": ATTACK}).content.decode()) == []
    sent = {"login": ATTACK, "password": "x", "next": ATTACK}
    assert offences(Client().post("/admin/konto/log-ind/", sent).content.decode()) == []
    sent = {"side": "/", "tekst": ATTACK, "svar": ATTACK, "kvittering": ATTACK}
    assert offences(Client().post("/feedback/", sent).content.decode()) == []
