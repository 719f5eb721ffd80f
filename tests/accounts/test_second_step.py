"""The second step: who must take it, how it is set up, and what it takes to get past it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from tests.accounts.visiting import ACCOUNT, CODE, LOGIN, PASSWORD, is_in, make_user, set_up_app, sign_in, totp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demanded(settings: Settings) -> None:
    settings.STAFF_MFA = True


@pytest.fixture
def anna() -> User:
    return make_user("anna", "view_user", "change_user", "view_guideline", "change_guideline")


@pytest.fixture
def protected(anna: User) -> str:
    """The secret in anna's app, which is switched on."""
    client = Client()
    sign_in(client)
    return set_up_app(client)


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/auth/user/",
        "/admin/guidelines/guideline/",
        "/admin/jsi18n/",
        "/admin/autocomplete/",
        "/admin/forhaandsvisning/?slags=guideline&navn=boligfastholdelse",
        "/admin/findes/ikke/",
    ],
)
@pytest.mark.usefixtures("anna")
def test_staff_with_a_password_alone_reaches_nothing_of_the_admin(client: Client, path: str) -> None:
    sign_in(client)
    for answer in (client.get(path), client.post(path, {"content": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, ACCOUNT)


@pytest.mark.usefixtures("anna")
def test_setting_up_an_app_opens_the_admin_and_gives_codes_for_an_emergency(client: Client) -> None:
    sign_in(client)
    assert "Slå totrinslogin til" in client.get(ACCOUNT).content.decode()
    set_up_app(client)
    assert is_in(client)
    codes = re.findall(r"<code>(\d+)</code>", client.get("/admin/konto/noedkoder/").content.decode())
    assert len(codes) == 10
    assert codes[0] in client.get("/admin/konto/noedkoder/hent/").content.decode()


@pytest.mark.usefixtures("anna")
def test_setting_up_an_app_asks_for_the_password_again(client: Client) -> None:
    sign_in(client)
    assert client.get("/admin/konto/app/")["Location"].startswith("/admin/konto/bekraeft/")


@pytest.mark.usefixtures("anna")
def test_a_wrong_code_sets_nothing_up(client: Client) -> None:
    sign_in(client)
    client.post("/admin/konto/bekraeft/?next=/admin/konto/app/", {"password": PASSWORD})
    client.get("/admin/konto/app/")
    assert "Koden er forkert" in client.post("/admin/konto/app/", {"code": "000000"}).content.decode()
    assert not is_in(client)


def test_without_the_demand_a_password_is_enough(client: Client, settings: Settings, anna: User) -> None:
    settings.STAFF_MFA = False
    sign_in(client)
    assert is_in(client)


def test_a_code_from_the_app_gets_one_in(client: Client, protected: str) -> None:
    assert sign_in(client)["Location"] == CODE
    assert not is_in(client)
    assert client.get(ACCOUNT)["Location"].startswith(LOGIN), "the password alone signs nobody in"
    assert client.post(CODE, {"code": totp(protected, 1)})["Location"] == "/admin/"
    assert is_in(client)


def test_a_code_works_once(client: Client, protected: str) -> None:
    code = totp(protected, 1)
    sign_in(client)
    client.post(CODE, {"code": code})
    other = Client()
    sign_in(other)
    assert "Koden er forkert" in other.post(CODE, {"code": code}).content.decode()
    assert not is_in(other)


def test_a_code_for_an_emergency_works_once(client: Client, protected: str) -> None:
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    other = Client()
    sign_in(client)
    sign_in(other)
    assert client.post(CODE, {"code": code})["Location"] == "/admin/"
    assert "Koden er forkert" in other.post(CODE, {"code": code}).content.decode()


def test_codes_cannot_be_guessed(client: Client, protected: str) -> None:
    sign_in(client)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    assert "for mange forsøg" in client.post(CODE, {"code": totp(protected, 1)}).content.decode()
    assert not is_in(client)


def test_where_one_was_going_is_remembered_and_never_another_site(client: Client, protected: str) -> None:
    sign_in(client, next_page="/admin/auth/user/")
    assert client.post(CODE, {"code": totp(protected, 1)})["Location"] == "/admin/auth/user/"


def test_a_session_from_before_the_app_must_show_a_code_too(client: Client, settings: Settings, anna: User) -> None:
    sign_in(client)
    owner = Client()
    sign_in(owner)
    secret = set_up_app(owner)
    ask = "/admin/konto/bekraeft/kode/?next=/admin/"
    assert client.get("/admin/")["Location"] == ask.replace("=/admin/", "=%2Fadmin%2F")
    assert client.post(ask, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post(ask, {"code": totp(secret, 1)})["Location"] == "/admin/"
    assert is_in(client)


@pytest.mark.parametrize(
    "path", ["", "app/", "app/fjern/", "noedkoder/", "noedkoder/nye/", "noegler/tilfoej/", "kodeord/"]
)
def test_a_session_from_before_the_app_cannot_take_it_away_with_the_password(
    client: Client, anna: User, path: str
) -> None:
    sign_in(client)
    owner = Client()
    sign_in(owner)
    set_up_app(owner)
    client.post(f"{ACCOUNT}bekraeft/", {"password": PASSWORD})
    for answer in (client.get(ACCOUNT + path), client.post(ACCOUNT + path)):
        assert answer["Location"].startswith(f"{ACCOUNT}bekraeft/kode/")
    assert Authenticator.objects.filter(user=anna, type="totp").exists()


@pytest.mark.usefixtures("anna")
def test_taking_the_app_away_closes_the_admin_until_there_is_another(client: Client) -> None:
    sign_in(client)
    set_up_app(client)
    assert client.post("/admin/konto/app/fjern/").status_code == 302
    assert client.get("/admin/")["Location"] == ACCOUNT
    assert not Authenticator.objects.exists(), "codes for an emergency alone are no second step"


def test_one_account_s_second_step_is_not_another_s(client: Client, protected: str) -> None:
    make_user("bo")
    sign_in(client)
    client.post(CODE, {"code": totp(protected, 1)})
    client.force_login(User.objects.get(username="bo"))
    assert not is_in(client)


def test_a_security_key_is_not_accepted_without_its_proof(client: Client, protected: str) -> None:
    sign_in(client)
    for nonsense in ("", "{}", "[]", "null", '{"id": "x"}', '{"id":"x","rawId":"x","type":"public-key","response":{}}'):
        assert client.post(CODE, {"credential": nonsense}).status_code == 200
        assert not is_in(client)


# ---------- An administrator helps ----------


def reset(client: Client, *users: User) -> None:
    fields = {"action": "reset_factors", "_selected_action": [user.pk for user in users]}
    assert client.post("/admin/auth/user/", fields)["Location"] == "/admin/auth/user/"


def test_an_administrator_resets_the_second_step_of_who_lost_the_phone(client: Client, protected: str) -> None:
    make_user("chef", "view_user", "change_user")
    sign_in(client, "chef")
    set_up_app(client)
    reset(client, User.objects.get(username="anna"))
    assert not Authenticator.objects.filter(user__username="anna").exists()
    visitor = Client()
    sign_in(visitor)
    assert visitor.get("/admin/")["Location"] == ACCOUNT


def test_only_a_superuser_resets_a_superuser(client: Client, protected: str) -> None:
    User.objects.update(is_superuser=True)
    make_user("chef", "view_user", "change_user")
    sign_in(client, "chef")
    set_up_app(client)
    reset(client, User.objects.get(username="anna"))
    assert Authenticator.objects.filter(user__username="anna", type="totp").exists()


def test_who_may_not_change_users_resets_nobody(client: Client, protected: str) -> None:
    make_user("gæst", "view_user")
    sign_in(client, "gæst")
    set_up_app(client)
    client.post("/admin/auth/user/", {"action": "reset_factors", "_selected_action": [User.objects.first().pk]})  # type: ignore[union-attr]  # there is one
    assert Authenticator.objects.filter(user__username="anna", type="totp").exists()
