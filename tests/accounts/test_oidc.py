"""Signing in through the organisation's own OpenID Connect server: who gets in, and as what."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import Settings

from accounts import groups
from accounts.checks import check_oidc
from accounts.models import Action, AuditEntry
from tests.accounts.oidc_server import CLIENT_ID, CLIENT_SECRET, Server, agree, running
from tests.accounts.visiting import ACCOUNT, CODE, LOGIN, is_in, make_user, set_up_app, sign_in, totp

pytestmark = pytest.mark.django_db

START = "/admin/konto/eget-login/oidc/"


@pytest.fixture(scope="module")
def _server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(_server: Server, settings: Settings) -> Server:
    """A server that knows Lise, an editor; our site trusts it."""
    fresh = Server(_server.address)
    _server.__dict__.update(fresh.__dict__)
    _server.claims["groups"] = ["CN=hjemvej-redaktion,OU=it"]
    settings.OIDC_ISSUER = _server.address
    settings.OIDC_NAME = "Kommunens login"
    settings.OIDC_GROUPS = {"CN=hjemvej-redaktion,OU=it": groups.EDITOR, "chefer": groups.APPROVER}
    app = {"provider_id": "oidc", "client_id": CLIENT_ID, "secret": CLIENT_SECRET, "name": "Kommunens login"}
    app["settings"] = {"server_url": _server.address}  # type: ignore[assignment]  # the one that is no text
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return _server


def come_in(client: Client, server: Server, query: str = "") -> Any:
    """The answer to the browser that comes back from the server, where the person has agreed."""
    return client.get(agree(server, client.get(START + query)["Location"]))


def groups_of(name: str) -> set[str]:
    return set(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_the_login_is_offered_by_its_name_where_it_is_set_up(client: Client, server: Server) -> None:
    page = client.get(f"{LOGIN}?next=/admin/auth/").content.decode()
    assert "Log ind med Kommunens login" in page
    assert f'href="{START}?next=%2Fadmin%2Fauth%2F"' in page


def test_it_is_not_offered_where_it_is_not_set_up(client: Client) -> None:
    assert "eget-login" not in client.get(LOGIN).content.decode()
    assert client.get(START).status_code == 404


def test_who_is_in_a_mapped_group_gets_in_with_it(client: Client, server: Server) -> None:
    assert come_in(client, server, "?next=/admin/auth/")["Location"] == "/admin/auth/"
    assert is_in(client)
    lise = User.objects.get(username="lise")
    assert (lise.is_staff, lise.is_superuser, lise.has_usable_password()) == (True, False, False)
    assert groups_of("lise") == {groups.EDITOR}


@pytest.mark.parametrize("told", [[], ["andet"], None, "andet", 7, [["chefer"]], {"chefer": True}])
def test_who_is_in_no_mapped_group_is_turned_away_and_gets_no_account(
    client: Client, server: Server, told: object
) -> None:
    server.claims["groups"] = told
    answer = come_in(client, server)
    assert answer.status_code == 403
    assert "Kommunens login" in answer.content.decode()
    assert not User.objects.exists()
    assert not is_in(client)
    assert AuditEntry.objects.filter(action=Action.REFUSED).count() == 1


def test_the_groups_follow_the_server_at_each_sign_in(client: Client, server: Server) -> None:
    come_in(client, server)
    own = Group.objects.create(name="Arbejdsgruppe")
    User.objects.get(username="lise").groups.add(own)
    server.claims["groups"] = "chefer"
    come_in(Client(), server)
    assert groups_of("lise") == {groups.APPROVER, "Arbejdsgruppe"}


def test_who_is_taken_out_of_the_groups_is_out_at_the_next_sign_in(client: Client, server: Server) -> None:
    come_in(client, server)
    server.claims["groups"] = []
    assert come_in(Client(), server).status_code == 403
    assert not User.objects.get(username="lise").is_staff
    assert groups_of("lise") == set()
    assert not is_in(client), "nor does a session from before get any further"


def test_a_person_is_known_by_the_server_s_number_and_not_by_the_address(client: Client, server: Server) -> None:
    local = make_user("lise", email="lise@kommune.dk", is_superuser=True)
    come_in(client, server)
    assert is_in(client)
    new = SocialAccount.objects.get().user
    assert new != local
    assert not new.is_superuser
    assert new.username != "lise"
    server.claims["preferred_username"], server.claims["email"] = "anders", "anders@kommune.dk"
    come_in(Client(), server)
    assert User.objects.count() == 2


def test_what_the_server_tells_of_a_person_is_not_kept(client: Client, server: Server) -> None:
    server.claims["cpr"] = "010190-1234"
    come_in(client, server)
    come_in(Client(), server)
    assert SocialAccount.objects.get().extra_data == {}


def test_an_account_that_is_closed_here_stays_closed(client: Client, server: Server) -> None:
    come_in(client, server)
    User.objects.update(is_active=False)
    assert come_in(Client(), server)["Location"] == "/admin/konto/lukket/"


def test_an_answer_that_nobody_asked_for_signs_nobody_in(client: Client, server: Server) -> None:
    back = agree(server, client.get(START)["Location"])
    stranger = Client()
    assert "Log ind lykkedes ikke" in stranger.get(back, follow=True).content.decode()
    assert not is_in(stranger)


def test_a_token_for_another_site_signs_nobody_in(client: Client, server: Server) -> None:
    server.audience = "another"
    assert "Log ind lykkedes ikke" in come_in(client, server).content.decode()
    assert not User.objects.exists()


def test_no_account_here_is_ever_tied_to_one_elsewhere(client: Client, server: Server) -> None:
    make_user()
    sign_in(client)
    assert come_in(client, server, "?process=connect").status_code == 403
    assert not SocialAccount.objects.exists()


def test_one_is_never_sent_on_to_another_site(client: Client, server: Server) -> None:
    assert come_in(client, server, "?next=https://evil.example/")["Location"] == "/admin/"


def test_a_server_that_does_not_answer_is_told_of_plainly(client: Client, server: Server, settings: Settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"] = {"server_url": "http://127.0.0.1:9"}
    assert "Log ind lykkedes ikke" in client.get(START, follow=True).content.decode()


@pytest.mark.parametrize(("strong", "first"), [(True, "/admin/"), (False, ACCOUNT)])
def test_the_operator_says_whether_the_login_counts_as_a_second_step(
    client: Client, server: Server, settings: Settings, strong: bool, first: str
) -> None:
    settings.STAFF_MFA, settings.OIDC_IS_STRONG = True, strong
    come_in(client, server)
    assert client.get("/admin/", follow=True).request["PATH_INFO"] == first


def test_who_has_an_app_here_shows_a_code_after_the_login_too(
    client: Client, server: Server, settings: Settings
) -> None:
    settings.STAFF_MFA = True
    come_in(client, server)
    secret = set_up_app(client)
    assert is_in(client)
    other = Client()
    assert come_in(other, server)["Location"] == CODE
    assert other.post(CODE, {"code": totp(secret, 1)})["Location"] == "/admin/"
    assert is_in(other)


def test_who_signs_in_elsewhere_gets_no_password_here(client: Client, server: Server) -> None:
    come_in(client, server)
    assert client.get("/admin/konto/kodeord/").status_code == 403
    assert "Skift kodeord" not in client.get(ACCOUNT).content.decode()


def test_a_login_that_is_half_set_up_is_an_error(server: Server, settings: Settings) -> None:
    assert check_oidc(None) == []
    settings.OIDC_GROUPS = {"x": "Redaktor"}
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["secret"] = ""
    assert [message.id for message in check_oidc(None)] == ["hjemvej.E002", "hjemvej.E004"]
    settings.OIDC_GROUPS = {}
    assert "hjemvej.E003" in [message.id for message in check_oidc(None)]
