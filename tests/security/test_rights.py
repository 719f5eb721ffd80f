"""Members of staff who want more than they have been given: more rights, others' texts, another's name."""

from dataclasses import replace
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission, User
from django.test import Client

from editorial.models import Comment, Revision, State
from editorial.publishing import approve
from library.models import GlossaryTerm
from markup.kinds import Kind
from tests.accounts.visiting import ACCOUNT, CODE, PASSWORD, make_user, set_up_app, sign_in, totp
from tests.editorial.admin_form import add_address, change_address, fields_of
from tests.editorial.writing import approver, changed, client_of, drafted, editor, row_of, submitted, user
from tests.security.world import visitor

pytestmark = pytest.mark.usefixtures("content")


# ---------- Fields that no form has ----------


def test_an_administrator_makes_nobody_a_superuser_whatever_is_sent() -> None:
    administrator, one = visitor("administrator"), make_user("bo", is_staff=False)
    permissions = [str(pk) for pk in Permission.objects.values_list("pk", flat=True)]
    more = {"is_superuser": "on", "user_permissions": permissions, "date_joined_0": "2001-01-01"}
    form = f"/admin/auth/user/{one.pk}/change/"
    assert administrator.post(form, fields_of(administrator, form) | more).status_code == 302
    new = {"username": "cia", "password1": "Nyt-kodeord-123", "password2": "Nyt-kodeord-123", "usable_password": "true"}
    assert administrator.post("/admin/auth/user/add/", new | more | {"is_staff": "on"}).status_code == 302
    for name in ("bo", "cia"):
        account = User.objects.get(username=name)
        assert (account.is_superuser, account.is_staff, account.user_permissions.count()) == (False, False, 0)


def test_an_administrator_deletes_no_superuser_not_even_among_others() -> None:
    administrator = visitor("administrator")
    root = User.objects.create_superuser("chef")
    chosen = {"action": "delete_selected", "_selected_action": [root.pk, make_user().pk], "post": "yes"}
    administrator.post("/admin/auth/user/", chosen)
    assert administrator.post(f"/admin/auth/user/{root.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=root.pk).exists()


def test_a_draft_is_its_sender_s_and_a_draft_whatever_else_is_sent() -> None:
    other = approver("en-anden")
    term = row_of(Kind.GLOSSARY, "herberg")
    published = (term.title, term.html, term.address)
    writer, form = client_of(editor()), change_address(term)
    more = {"author": str(other.pk), "saved_by": str(other.pk), "authors": [str(other.pk)], "reviewer": str(other.pk)}
    more |= {"state": "published", "published_at_0": "2020-01-01", "publish_on": "2020-01-01", "content_version": "1"}
    more |= {
        "html": "<script>",
        "address": "/admin/",
        "kind": "law",
        "path": "../../x.md",
        "text": "x",
        "slug": "andet",
    }
    writer.post(form, fields_of(writer, form) | {"title": "Nyt navn"} | more)
    draft = Revision.objects.open().get()
    assert (draft.state, draft.author, draft.reviewer) == (State.DRAFT, editor(), None)
    assert (draft.kind, draft.slug, draft.path) == (Kind.GLOSSARY, "herberg", "glossary/herberg.md")
    assert (draft.published_at, draft.publish_on, draft.content_version) == (None, None, None)
    assert [one.username for one in draft.authors.all()] == [editor().username]
    term.refresh_from_db()
    assert (term.title, term.html, term.address) == published


@pytest.mark.parametrize("slug", ["../../etc/cron", "/etc/passwd", "a/b", "..", "a\x00b", "A B", "x" * 200])
def test_a_new_text_gets_no_name_that_leads_out_of_its_folder(slug: str) -> None:
    writer, form = client_of(editor()), add_address(GlossaryTerm)
    writer.post(form, fields_of(writer, form) | {"title": "Ord", "summary": "Et ord.", "body": "Et ord.", "slug": slug})
    for draft in Revision.objects.open():
        assert draft.path == f"glossary/{draft.slug}.md"
        assert draft.slug.replace("-", "").isalnum()


def test_a_comment_is_its_sender_s() -> None:
    revision = submitted(drafted(changed(Kind.SOURCE, "nr-2020", add="En sætning.")))
    fields = {"text": "Fint.", "author": str(approver().pk), "revision": "1", "created_at": "2001-01-01"}
    client_of(editor()).post(f"/admin/gennemsyn/{revision.pk}/kommentar/", fields)
    comment = Comment.objects.get()
    assert (comment.author, comment.revision, comment.created_at.year > 2001) == (editor(), revision, True)


@pytest.mark.parametrize("step", ["godkend", "send-tilbage", "kasser"])
def test_who_may_write_but_not_approve_decides_nothing_about_another_s_text(step: str) -> None:
    revision = submitted(drafted(changed(Kind.SOURCE, "nr-2020", add="En sætning.")))
    fields = {"edition": revision.edition, "note": "Nej.", "is_superuser": "1"}
    answer = client_of(editor("nysgerrig")).post(f"/admin/gennemsyn/{revision.pk}/{step}/", fields)
    revision.refresh_from_db()
    assert (answer.status_code, revision.state) == (403, State.REVIEW)


# ---------- What is another's ----------


def test_another_s_key_is_neither_renamed_nor_removed() -> None:
    key = Authenticator.objects.create(user=make_user("bo"), type=Authenticator.Type.WEBAUTHN, data={"name": "Bos"})
    make_user()
    client = Client()
    sign_in(client)
    client.post(f"{ACCOUNT}bekraeft/", {"password": PASSWORD})
    for step in ("", "fjern/"):
        for answer in (
            client.get(f"{ACCOUNT}noegler/{key.pk}/{step}"),
            client.post(f"{ACCOUNT}noegler/{key.pk}/{step}"),
        ):
            assert answer.status_code == 404
    key.refresh_from_db()
    assert key.data == {"name": "Bos"}


def test_who_may_write_one_kind_reaches_no_draft_of_another() -> None:
    account = user("kun-kilder")
    account.user_permissions.set(Permission.objects.filter(codename__in=["change_source", "view_source"]))
    revision = submitted(drafted(changed(Kind.GLOSSARY, "herberg", add="Ukendt.")))
    client = client_of(account)
    for step in ("", "godkend/", "send-tilbage/", "kommentar/", "kasser/"):
        address = f"/admin/gennemsyn/{revision.pk}/{step}"
        assert (client.post(address, {"text": "x"}) if step else client.get(address)).status_code == 403
    assert client.post("/admin/gemt-undervejs/", {"_token": "glossary/herberg", "title": "x"}).status_code == 400
    preview = "/admin/forhaandsvisning/?slags=glossary&navn=herberg"
    assert client.post(preview, {"content": "x"}).status_code == 403


WORD = "zebrafinkeformular"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/retningslinjer/",
        "/retningslinjer/boligindsatser/",
        "/retningslinjer/boligindsatser/boligfastholdelse/",
        "/overblik/",
        "/principper/matrix/",
        "/principper/matrix.csv",
        "/anvisninger/",
        "/anvisninger.csv",
        f"/soeg/?q={WORD}&type=anvisning",
        "/api/v1/guidelines",
        "/api/v1/guidelines/boligfastholdelse",
        f"/api/v1/instructions?q={WORD}",
        f"/api/v1/search?q={WORD}",
        f"/api/v1/suggest?q={WORD[:8]}",
        "/sitemap.xml",
        "/nyt/",
        "/nyt/atom/",
        "/historik/retningslinje/boligfastholdelse/",
        "/begreber/",
    ],
)
def test_a_guideline_that_waits_for_its_day_is_seen_nowhere_before(address: str) -> None:
    text = f"{WORD} {WORD}"
    record = changed(Kind.GUIDELINE, "boligfastholdelse", title=text, summary=text, tags=[WORD])
    record = replace(record, body=record.body.replace("### Skal: ", f"### Skal: {WORD} "))
    waiting = submitted(drafted(record))
    planned = approve(waiting.pk, approver(), edition=waiting.edition, publish_on=date(2099, 1, 1))
    assert planned.state == State.SCHEDULED
    for client in (Client(), client_of(editor())):
        page = client.get(address).content.decode(errors="replace").casefold()
        assert page.count(WORD) <= client.get(address.replace(WORD, "kvartssten")).content.decode().count("kvartssten")


# ---------- The session ----------


def test_the_name_of_a_session_changes_with_each_proof() -> None:
    make_user()
    client = Client()
    sign_in(client)
    names = [client.cookies["sessionid"].value]
    secret = set_up_app(client)
    names.append(client.cookies["sessionid"].value)
    other = Client()
    other.get("/admin/konto/log-ind/")
    sign_in(other)
    names.append(other.cookies["sessionid"].value)
    other.post(CODE, {"code": totp(secret, 1)})
    names.append(other.cookies["sessionid"].value)
    assert len(set(names)) == 4
    for name in (names[0], names[2]):
        thief = Client()
        thief.cookies["sessionid"] = name
        assert thief.get(ACCOUNT).status_code == 302


def test_a_session_that_was_watched_before_the_second_step_is_of_no_use_after() -> None:
    make_user()
    client = Client()
    sign_in(client)
    before = client.cookies["sessionid"].value
    client.post(f"{ACCOUNT}bekraeft/?next={ACCOUNT}app/", {"password": PASSWORD})
    set_up_app(client)
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/admin/")["Location"].startswith("/admin/login/")
