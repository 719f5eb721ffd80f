"""Settings from environment variables, read strictly: an odd value is refused in one clear line, never guessed at."""

import re
import warnings
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
_PORTS = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?")
_MAIL = ("smtp", "smtp+tls", "smtp+ssl", "consolemail")
_DATABASES = ("sqlite", "postgres", "postgresql")
_CACHES = ("redis", "rediss")
_CACHE_NUMBER = re.compile(r"(/[0-9]*)?")


class Environment:
    """Reads `variables`. A variable that is empty counts as not set; blanks around a value do not count."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def choice(self, name: str, choices: Collection[str], default: str) -> str:
        value = self.text(name, default)
        if value not in choices:
            _refuse(name, f"is {value!r}; write one of {', '.join(choices)}")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name).lower()
        if not value:
            return default
        if value not in _FLAGS:
            _refuse(name, f"is {value!r}; write 1 or 0")
        return _FLAGS[value]

    def number(self, name: str, default: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not (value.isascii() and value.isdigit()):
            _refuse(name, f"is {value!r}; write a whole number, 0 or more")
        return int(value)

    def ports(self, name: str) -> range:
        """A port as 9464, or several as 9464-9467; none where it is not set."""
        value = self.text(name)
        if not value:
            return range(0)
        match = _PORTS.fullmatch(value)
        if not match:
            _refuse(name, f"is {value!r}; write a port as 9464, or several as 9464-9467")
        ports = range(int(match[1]), int(match[2] or match[1]) + 1)
        if not ports or ports[0] < 1 or ports[-1] > 65535:
            _refuse(name, f"is {value!r}; ports are numbers from 1 to 65535, the lower one first")
        return ports

    def day(self, name: str) -> date | None:
        """A date as 2026-03-02; None where it is not set."""
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            _refuse(name, f"is {value!r}; write a day as 2026-03-02")

    def names(self, name: str, default: Collection[str] = ()) -> list[str]:
        """Values separated by commas."""
        given = [part.strip() for part in self.text(name).split(",")]
        return [part for part in given if part] or list(default)

    def pairs(self, name: str) -> dict[str, str]:
        """Values with what each stands for: `a=b; c=d`. The last = counts, so that a value may have others in it."""
        given = [part.strip() for part in self.text(name).split(";") if part.strip()]
        parts = [part.rpartition("=") for part in given]
        if not all(value.strip() and meaning.strip() for value, _, meaning in parts):
            _refuse(name, "cannot be read; write value=meaning, and a semicolon before the next")
        return {value.strip(): meaning.strip() for value, _, meaning in parts}

    def mail(self, name: str) -> dict[str, Any]:
        """Django's settings for the mail server at an address; empty where there is none."""
        value = self.text(name)
        if not value:
            return {}
        scheme = value.partition("://")[0]
        if scheme not in _MAIL:
            _refuse(name, "is no mail server; write smtp+tls://user:password@host:587")
        try:
            config: dict[str, Any] = environ.Env.email_url_config(value)
        except ValueError:
            _refuse(name, "cannot be read; signs such as @ : / % in a password are written as %40 %3A %2F %25")
        return config

    def address(self, name: str, default: str = "") -> str:
        """The whole address of a site or page."""
        value = self.text(name, default)
        if value and not _is_address(value):
            _refuse(name, f"is {value!r}; write a whole address, such as https://hjemvej.example.dk")
        return value

    def folder(self, name: str, default: Path) -> Path:
        """A folder to write to, made where there is none."""
        path = Path(self.text(name, str(default)))
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            _refuse(name, f"names {path}, which cannot be made a folder: {error.strerror}")
        return path

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Django's settings for the database at an address; its password is in no message."""
        return _database(name, self.text(name, default), _DATABASES)

    def replicas(self, name: str) -> list[dict[str, Any]]:
        """Django's settings for the PostgreSQL databases at addresses separated by commas."""
        return [_database(name, value, _DATABASES[1:]) for value in self.names(name)]

    def cache(self, name: str) -> str:
        """The address of a Valkey or Redis server, empty where there is none; its password is in no message."""
        value = self.text(name)
        if value and not _is_cache(value):
            _refuse(name, "is no address of a Valkey or Redis server; write redis://:password@host:6379/0")
        return value


def _database(name: str, value: str, schemes: Collection[str]) -> dict[str, Any]:
    scheme, separator, _ = value.partition("://")
    if not separator or scheme not in schemes:
        _refuse(name, "is no address of a database; write sqlite:////folder/file or postgres://user:password@host/name")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            config: dict[str, Any] = environ.Env.db_url_config(value)
    except (ValueError, UserWarning):
        _refuse(name, "cannot be read; signs such as @ : / % in a password are written as %40 %3A %2F %25")
    if not config["NAME"]:
        _refuse(name, "names no database after the host")
    return config


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(map(str.isspace, value))


def _is_cache(value: str) -> bool:
    try:
        parts = urlsplit(value)
        port_is_right = parts.port != 0
    except ValueError:
        return False
    is_whole = parts.scheme in _CACHES and bool(parts.hostname) and port_is_right and not any(map(str.isspace, value))
    return is_whole and bool(_CACHE_NUMBER.fullmatch(parts.path)) and not (parts.query or parts.fragment)


def _refuse(name: str, reason: str) -> NoReturn:
    raise ImproperlyConfigured(f"The environment variable {name} {reason}.") from None
