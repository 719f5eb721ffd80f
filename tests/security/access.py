"""Who gets what at every address of the site: the addresses, those who ask, and how an answer is written down.

The expected answers stand in `access.tsv`, one line for each address that the site knows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

TABLE = Path(__file__).with_name("access.tsv")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
# Where one is sent who must first do something about who one is. The first that fits counts.
_WAYS = (
    ("/admin/konto/log-ind/kode/", "code"),
    ("/admin/konto/log-ind/", "login"),
    ("/admin/login/", "login"),
    ("/admin/konto/bekraeft/kode/", "code"),
    ("/admin/konto/bekraeft/", "again"),
)


@dataclass(frozen=True)
class Row:
    """A line of the table. `address` may have `{names}` of what the tests have made; `cells` are by role."""

    route: str
    name: str
    address: str
    cells: Mapping[str, str]

    def line(self) -> str:
        return "\t".join((self.name, self.route, self.address, *self.cells.values()))


def routes() -> dict[str, str]:
    """Every address that the site knows, as it is written in the code → its name."""
    found: dict[str, str] = {}
    for route, name in _walk(get_resolver(), "", ()):
        # Where two stand at one address, the first answers.
        found.setdefault(route, name)
    return found


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        # Django joins regular expressions so as well, where it tells which route an address has taken.
        route = before + str(pattern.pattern).removeprefix("^" if before else "")
        if isinstance(pattern, URLPattern):
            yield route, ":".join((*spaces, pattern.name or ""))
        else:
            yield from _walk(pattern, route, (*spaces, pattern.namespace) if pattern.namespace else spaces)


def read_table() -> list[Row]:
    lines = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")]
    _, _, _, *roles = lines[0]
    return [
        Row(route, name, address, dict(zip(roles, cells, strict=True))) for name, route, address, *cells in lines[1:]
    ]


def route_of(address: str) -> str:
    return resolve(address.partition("?")[0]).route


def cell(client: Client, address: str) -> str:
    """What `client` gets at `address` by each method, in the shortest way of writing it."""
    answers = [_answer(client, method, address) for method in METHODS]
    words = dict.fromkeys(answers)
    if len(words) == 1:
        return answers[0]
    by_word = {word: [m for m, answer in zip(METHODS, answers, strict=True) if answer == word] for word in words}
    return " ".join(f"{word}:{','.join(methods)}" for word, methods in by_word.items())


def _answer(client: Client, method: str, address: str) -> str:
    """One request for real; whatever it did to the database and to the client's cookies is taken back."""
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic():
        response: Any = client.generic(method, address, content_type="application/x-www-form-urlencoded")
        if response.streaming:
            b"".join(response)  # read to its end, a file is closed
        transaction.set_rollback(True)
    client.cookies = cookies
    return _word(response)


def _word(response: HttpResponseBase) -> str:
    way = response.get("Location", "")
    if response.status_code == 302 and way == "/admin/konto/":
        return "set-up"
    return next((word for start, word in _WAYS if way.startswith(start)), str(response.status_code))
