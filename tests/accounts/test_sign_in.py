"""Signing in and out, seen from the outside: who gets in, what a stranger can learn, and when a session ends."""

import re

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from pytest_django import Settings

from tests.accounts.visiting import ACCOUNT, LOGIN, PASSWORD, is_in, make_user, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_mail(settings: Settings) -> None:
    settings.MAIL_IS_SET_UP = True


def test_the_admin_leads_to_the_one_sign_in_page_and_back(client: Client) -> None:
    make_user()
    answer = client.get("/admin/auth/user/", follow=True)
    assert answer.request["PATH_INFO"] == LOGIN
    assert 'name="next" value="/admin/auth/user/"' in answer.content.decode()
    assert sign_in(client, next_page="/admin/")["Location"] == "/admin/"
    assert is_in(client)


def test_the_admin_login_form_of_django_lets_nobody_in(client: Client) -> None:
    make_user()
    answer = client.post("/admin/login/", {"username": "anna", "password": PASSWORD})
    assert answer["Location"].startswith(LOGIN)
    assert not is_in(client)


@pytest.mark.parametrize("name", ["anna", "ANNA", "anna@example.dk", "Anna@Example.dk"])
def test_one_signs_in_with_name_or_address(client: Client, name: str) -> None:
    make_user()
    assert sign_in(client, name)["Location"] == "/admin/"
    assert is_in(client)


def test_the_sign_in_page_has_the_site_s_head_and_foot(client: Client) -> None:
    page = client.get(LOGIN).content.decode()
    for part in (
        '<a href="/principper/"',
        "Tilgængelighedserklæring",
        f'rel="canonical" href="http://127.0.0.1:8000{LOGIN}"',
    ):
        assert part in page


def test_a_wrong_password_and_an_unknown_account_look_alike(client: Client) -> None:
    make_user()
    pages = [sign_in(client, name, "forkert").content.decode() for name in ("anna", "ukendt", "x@example.dk")]
    tokens = re.compile(r'(csrfmiddlewaretoken" value|id="id_login"[^>]*value)="[^"]*"')
    assert len({tokens.sub("", page) for page in pages}) == 1
    assert "Brugernavnet eller kodeordet er forkert." in pages[0]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:evil"]
)
def test_after_signing_in_one_is_never_sent_to_another_site(client: Client, elsewhere: str) -> None:
    make_user()
    assert sign_in(client, next_page=elsewhere)["Location"] == "/admin/"
    again = client.post("/admin/konto/bekraeft/", {"password": PASSWORD, "next": elsewhere})
    assert again["Location"] == "/admin/"
    assert client.post("/admin/konto/log-ud/", {"next": elsewhere})["Location"] == LOGIN


def test_a_session_from_before_signing_in_is_not_carried_over(client: Client) -> None:
    make_user()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted or ""
    sign_in(client)
    assert client.session.session_key != planted
    stranger = Client()
    stranger.cookies["sessionid"] = planted or ""
    assert not is_in(stranger)


@pytest.mark.parametrize("path", ["opret/", "signup/", "email/", "kodeord/saet/"])
def test_nobody_can_make_an_account(client: Client, path: str) -> None:
    fields = {"username": "x", "email": "x@example.dk", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(ACCOUNT + path, fields, follow=True).request["PATH_INFO"] == LOGIN
    make_user()
    sign_in(client)
    assert client.post(ACCOUNT + path, fields).status_code == 404
    assert User.objects.count() == 1


def test_an_account_that_is_no_staff_gets_no_further(client: Client) -> None:
    make_user(is_staff=False)
    sign_in(client)
    assert client.get("/admin/", follow=True).status_code == 403


def test_a_closed_account_is_told_so_only_with_the_right_password(client: Client) -> None:
    make_user(is_active=False)
    assert sign_in(client)["Location"] == "/admin/konto/lukket/"
    assert "forkert" in sign_in(client, password="forkert").content.decode()
    assert not is_in(client)


def test_closing_an_account_ends_its_session_at_once(client: Client) -> None:
    user = make_user()
    sign_in(client)
    user.is_active = False
    user.save()
    assert not is_in(client)


def test_one_signs_out_by_a_form_and_not_by_following_a_link(client: Client) -> None:
    make_user()
    sign_in(client)
    assert client.get("/admin/konto/log-ud/").status_code == 200
    assert is_in(client)
    old = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    assert not is_in(client)
    client.cookies["sessionid"] = old
    assert not is_in(client)


def test_a_form_from_another_site_signs_nobody_in() -> None:
    make_user()
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403


@pytest.mark.parametrize("path", ["", "kodeord/", "app/", "noegler/", "noegler/tilfoej/", "noedkoder/", "bekraeft/"])
def test_the_account_pages_are_not_for_strangers(client: Client, path: str) -> None:
    answer = client.get(ACCOUNT + path)
    assert answer.status_code in (302, 403)
    assert answer.status_code == 403 or answer["Location"].startswith(LOGIN)


@pytest.mark.parametrize("path", [LOGIN, ACCOUNT, "/admin/"])
def test_nothing_of_an_account_is_kept_by_caches(client: Client, path: str) -> None:
    assert "no-store" in client.get(path)["Cache-Control"]


# ---------- Passwords ----------


def test_a_new_password_ends_all_other_sessions(client: Client) -> None:
    make_user()
    other = Client()
    sign_in(client)
    sign_in(other)
    new = {"oldpassword": PASSWORD, "password1": "en-anden-sætning-28", "password2": "en-anden-sætning-28"}
    assert client.post("/admin/password_change/", new)["Location"] == "/admin/konto/kodeord/"
    assert client.post("/admin/konto/kodeord/", new).status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_a_password_is_changed_only_by_who_knows_the_old_and_to_a_good_one(client: Client) -> None:
    user = make_user()
    sign_in(client)
    for old, new in [("forkert", "en-anden-sætning-28"), (PASSWORD, "kort")]:
        page = client.post("/admin/konto/kodeord/", {"oldpassword": old, "password1": new, "password2": new})
        assert 'role="alert"' in page.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_without_mail_no_reset_is_offered(client: Client) -> None:
    assert "glemt-kodeord" not in client.get(LOGIN).content.decode()
    assert client.get("/admin/konto/glemt-kodeord/").status_code == 404
    assert client.post("/admin/konto/glemt-kodeord/", {"email": "anna@example.dk"}).status_code == 404


@pytest.mark.usefixtures("with_mail")
def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client: Client) -> None:
    make_user()
    other = Client()
    sign_in(other)
    client.post("/admin/konto/glemt-kodeord/", {"email": "anna@example.dk"})
    link = re.search(r"http://127.0.0.1:8000(/admin/konto/glemt-kodeord/\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    new = {"password1": "en-anden-sætning-28", "password2": "en-anden-sætning-28"}
    assert client.post(page.request["PATH_INFO"], new)["Location"] == "/admin/konto/glemt-kodeord/nyt/"
    assert not is_in(client), "a link from a mail signs nobody in"
    assert not is_in(other)
    assert sign_in(client, password="en-anden-sætning-28").status_code == 302
    assert "Linket virker ikke" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.usefixtures("with_mail")
def test_asking_for_a_reset_tells_nobody_who_has_an_account(client: Client) -> None:
    make_user()
    make_user("eks").set_unusable_password()
    elsewhere = make_user("ole")
    elsewhere.set_unusable_password()
    elsewhere.save()
    for address in ("ole@example.dk", "ukendt@example.dk"):
        answer = client.post("/admin/konto/glemt-kodeord/", {"email": address})
        assert answer["Location"] == "/admin/konto/glemt-kodeord/sendt/"
    assert mail.outbox == []


@pytest.mark.usefixtures("with_mail")
def test_the_owner_is_told_by_mail_that_the_password_was_changed(client: Client) -> None:
    make_user()
    sign_in(client)
    new = {"oldpassword": PASSWORD, "password1": "en-anden-sætning-28", "password2": "en-anden-sætning-28"}
    client.post("/admin/konto/kodeord/", new)
    assert [message.to for message in mail.outbox] == [["anna@example.dk"]]
    assert "Dit kodeord er ændret" in mail.outbox[0].body
    assert "127.0.0.1" not in mail.outbox[0].body


# ---------- Lock-out ----------


def fail(client: Client, times: int, name: str = "anna", **headers: str) -> None:
    for _ in range(times):
        sign_in(client, name, "forkert", **headers)


def test_after_five_wrong_passwords_the_right_one_does_not_help_from_anywhere(client: Client) -> None:
    make_user()
    fail(client, 5)
    for address in ("127.0.0.1", "192.0.2.7"):
        page = Client(REMOTE_ADDR=address).post(LOGIN, {"login": "Anna", "password": PASSWORD})
        assert "for mange forsøg" in page.content.decode()
    make_user("bo")
    assert sign_in(client, "bo").status_code == 302


def test_an_unknown_account_is_locked_like_a_known_one(client: Client) -> None:
    fail(client, 5, "ukendt")
    assert "for mange forsøg" in sign_in(client, "ukendt", "forkert").content.decode()


def test_signing_in_does_not_forget_the_wrong_passwords_before(client: Client) -> None:
    make_user()
    fail(client, 4)
    sign_in(client)
    client.post("/admin/konto/log-ud/")
    fail(client, 1)
    assert "for mange forsøg" in sign_in(client).content.decode()


def test_one_address_cannot_try_one_password_on_every_account(client: Client) -> None:
    make_user()
    for number in range(20):
        sign_in(client, f"konto{number}", "forkert")
    assert "for mange forsøg" in sign_in(client).content.decode()
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_behind_a_proxy_the_address_counts_that_the_proxy_saw(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    make_user()
    for number in range(20):
        sign_in(client, f"konto{number}", "forkert", X_Forwarded_For=f"10.0.0.{number}, 192.0.2.7")
    assert "for mange forsøg" in sign_in(client, X_Forwarded_For="10.0.0.99, 192.0.2.7").content.decode()
    assert sign_in(client, X_Forwarded_For="192.0.2.7, 192.0.2.8").status_code == 302


def test_without_a_proxy_nobody_can_pass_for_another_address(client: Client) -> None:
    make_user()
    for number in range(20):
        sign_in(client, f"konto{number}", "forkert", X_Forwarded_For=f"192.0.2.{number}")
    assert "for mange forsøg" in sign_in(client, X_Forwarded_For="192.0.2.99").content.decode()


def test_wrong_passwords_are_counted_where_every_process_sees_them() -> None:
    assert isinstance(caches["default"], DatabaseCache)


# ---------- Sessions ----------


def turn_back(client: Client, **seconds: int) -> None:
    session = client.session
    for name, passed in seconds.items():
        session[f"accounts_{name}"] -= passed
    session.save()


@pytest.mark.parametrize(
    ("passed", "lives"),
    [
        ({"seen": 59 * 60}, True),
        ({"seen": 60 * 60}, False),
        ({"signed_in": 10 * 3600 - 60}, True),
        ({"signed_in": 10 * 3600}, False),
        ({"signed_in": 10 * 3600 + 9, "seen": 61}, False),
    ],
)
def test_a_session_ends_when_unused_for_an_hour_or_ten_hours_old(
    client: Client, passed: dict[str, int], lives: bool
) -> None:
    make_user()
    sign_in(client)
    turn_back(client, **passed)
    answer = client.get("/admin/auth/?x=1")
    assert (answer.status_code == 302 and answer["Location"].startswith(LOGIN)) is not lives
    assert lives or answer["Location"].endswith("next=/admin/auth/%3Fx%3D1")
    assert is_in(client) is lives


def test_a_session_in_use_goes_on(client: Client) -> None:
    make_user()
    sign_in(client)
    for _ in range(3):
        turn_back(client, seen=40 * 60)
        assert is_in(client)


def test_a_session_is_gone_with_the_browser_window(client: Client) -> None:
    make_user()
    cookie = sign_in(client).cookies["sessionid"]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")
