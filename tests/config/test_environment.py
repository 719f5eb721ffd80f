"""Settings from the environment: what is understood, and how a mistake is told."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment


def environment(**variables: str) -> Environment:
    return Environment(variables)


@pytest.mark.parametrize(
    ("value", "flag"),
    [("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("False", False), (" no ", False)],
)
def test_flags_are_read_in_the_usual_spellings(value: str, flag: bool) -> None:
    assert environment(DEBUG=value).flag("DEBUG", not flag) is flag


def test_an_empty_variable_is_one_that_is_not_set() -> None:
    empty = environment(A="", B="  ")
    assert empty.flag("A", True) is True
    assert empty.number("A", 7) == 7
    assert empty.names("B", ["x"]) == ["x"]
    assert empty.text("B", "standard") == "standard"


def test_names_are_separated_by_commas_with_or_without_blanks() -> None:
    assert environment(HOSTS="a.dk, b.dk,,c.dk ").names("HOSTS") == ["a.dk", "b.dk", "c.dk"]


def test_a_day_is_read_as_written_and_may_be_left_out() -> None:
    assert environment(DAY=" 2026-03-02 ").day("DAY") == date(2026, 3, 2)
    assert environment().day("DAY") is None


def test_a_day_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"DAY is '2\. marts 2026'; write a day as 2026-03-02"):
        environment(DAY="2. marts 2026").day("DAY")


def test_a_key_may_begin_with_any_sign() -> None:
    assert environment(KEY="$ecret#=%").text("KEY") == "$ecret#=%"


def test_a_database_is_read_with_signs_in_its_password() -> None:
    config = environment(D="postgres://user:p%40ss%2Fword@db.example.dk:5433/hjemvej").database("D", "")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["PASSWORD"], config["HOST"], config["PORT"]) == ("p@ss/word", "db.example.dk", 5433)


@pytest.mark.parametrize("value", ["", "redis://host", "redis://user:p%40ss@127.0.0.1:6379/1", "rediss://[::1]:6380/"])
def test_a_shared_page_cache_is_taken_as_written_and_may_be_left_out(value: str) -> None:
    assert environment(C=value).cache("C") == value


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (lambda env: env.flag("V", False), "banana"),
        (lambda env: env.flag("V", False), "2"),
        (lambda env: env.number("V", 1), "-1"),
        (lambda env: env.number("V", 1), "1e3"),
        (lambda env: env.number("V", 1), "٣"),  # a digit to Python, not to an operator
        (lambda env: env.choice("V", ("INFO", "ERROR"), "INFO"), "LOUD"),
        (lambda env: env.address("V"), "hjemvej.dk"),
        (lambda env: env.address("V"), "https://"),
        (lambda env: env.address("V"), "https://[bad"),
        (lambda env: env.address("V"), "javascript:alert(1)"),
        (lambda env: env.database("V", ""), "mysql://host/name"),
        (lambda env: env.database("V", ""), "hjemvej.sqlite3"),
        (lambda env: env.database("V", ""), "postgres://user:hemmelig@host:port/name"),
        (lambda env: env.database("V", ""), "postgres://user:hemmelig@host/"),
        (lambda env: env.database("V", ""), "sqlite://host/file"),
        (lambda env: env.cache("V"), "memcached://host:11211"),
        (lambda env: env.cache("V"), "host:6379"),
        (lambda env: env.cache("V"), "redis://:hemmelig@"),
        (lambda env: env.cache("V"), "redis://:hemmelig@host:port"),
        (lambda env: env.cache("V"), "redis://:hemme/lig@host"),
        (lambda env: env.cache("V"), "redis://:hemmelig@host/pages"),
        (lambda env: env.cache("V"), "redis://:hemmelig@host/0?socket_timeout=60"),
    ],
)
def test_an_odd_value_is_refused_by_name_without_telling_secrets(
    reader: Callable[[Environment], object], value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^The environment variable V ") as caught:
        reader(environment(V=value))
    assert "hemmelig" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_is_made_and_an_impossible_one_refused(tmp_path: Path) -> None:
    made = environment(VAR=str(tmp_path / "a" / "b")).folder("VAR", tmp_path)
    assert made.is_dir()
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(ImproperlyConfigured, match="VAR names"):
        environment(VAR=str(file / "below")).folder("VAR", tmp_path)


def test_the_command_line_tells_a_mistake_in_one_line(tmp_path: Path) -> None:
    variables = {
        **os.environ,
        "HJEMVEJ_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "banana",
    }
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr.splitlines() == [
        "Hjemvej is not configured: The environment variable DEBUG is 'banana'; write 1 or 0."
    ]


def test_values_stand_for_something_and_may_have_equals_signs_in_them() -> None:
    groups = environment(G=" CN=a,OU=b=Redaktør; 7f3=Godkender ;").pairs("G")
    assert groups == {"CN=a,OU=b": "Redaktør", "7f3": "Godkender"}
    assert environment().pairs("G") == {}


def test_ports_are_one_or_a_row() -> None:
    assert list(environment(P="9464").ports("P")) == [9464]
    assert list(environment(P="9464-9467").ports("P")) == [9464, 9465, 9466, 9467]
    assert not environment().ports("P")


@pytest.mark.parametrize("value", ["web", "0", "9467-9464", "1-65536", "-1", "9464-", "1-2-3", "٣"])
def test_ports_that_are_none_are_refused_by_name(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="P is "):
        environment(P=value).ports("P")


@pytest.mark.parametrize("value", ["Redaktør", "a=", "=Redaktør", "a=b;c"])
def test_a_value_that_stands_for_nothing_is_refused_by_name(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="G cannot be read; write value=meaning"):
        environment(G=value).pairs("G")


def test_a_mail_server_is_read_with_signs_in_its_password() -> None:
    mail = environment(M="smtp+tls://user:p%40ss@mail.example.dk:587").mail("M")
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_TLS"]) == ("mail.example.dk", 587, True)
    assert mail["EMAIL_HOST_PASSWORD"] == "p@ss"
    assert environment().mail("M") == {}


def test_what_is_no_mail_server_is_refused_without_its_password() -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        environment(M="mail.example.dk:hemmelig").mail("M")
    assert "M is no mail server" in str(refusal.value)
    assert "hemmelig" not in str(refusal.value)
