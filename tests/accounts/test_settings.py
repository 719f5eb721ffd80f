"""How strict the way in is, as the environment says it."""

import pytest
from pytest_django import Settings

from accounts.checks import check_way_in
from scripts.instance import server_environment
from tests.config.test_security import manage


def test_production_demands_the_second_step_unless_told_otherwise(tmp_path_factory: pytest.TempPathFactory) -> None:
    code = "from django.conf import settings as s; print(s.STAFF_MFA, s.ALLAUTH_TRUSTED_PROXY_COUNT, s.MAIL_IS_SET_UP)"
    folder = tmp_path_factory.mktemp("var")
    told = manage(folder, "shell", "--no-imports", "-c", code, STAFF_MFA="", BEHIND_PROXY="1", EMAIL_URL="")
    assert told.stdout.split() == ["True", "1", "False"], told.stderr


@pytest.mark.parametrize(
    ("name", "value", "warned"),
    [
        ("STAFF_MFA", False, ["hjemvej.W009"]),
        ("OIDC_ISSUER", "http://login.example.dk", ["hjemvej.W010"]),
        ("OIDC_ISSUER", "https://login.example.dk", []),
    ],
)
def test_a_public_site_that_is_too_easy_to_get_into_is_warned_of(
    settings: Settings, name: str, value: object, warned: list[str]
) -> None:
    settings.STAFF_MFA = True
    setattr(settings, name, value)
    assert [message.id for message in check_way_in(None)] == warned


@pytest.mark.parametrize(("host", "demanded"), [("127.0.0.1", "0"), ("localhost", "0"), ("0.0.0.0", ""), ("::", "")])
def test_on_ones_own_machine_a_password_is_enough(host: str, demanded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAFF_MFA", raising=False)
    assert server_environment(host, 8000)["STAFF_MFA"] == demanded
