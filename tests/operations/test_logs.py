"""What the log says of requests and failures, and what it never says: seen from outside, as lines."""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from config import urls as site
from operations import logs, request_ids
from operations.masking import masked
from tests.operations.asking import Asking, asking

CPR = "010190-1234"
POSTGRES = "duplicate key\nDETAIL:  Key (name)=(Jens Hansen) exists.\nLINE 1: SELECT 'Jens Hansen'\n               ^"


def plain(request: HttpRequest, slug: str = "") -> HttpResponse:
    return HttpResponse("svar")


def failing(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"invalid literal: {request.GET.get('q')!r} {CPR} jens@example.dk")


def failing_in_the_database(request: HttpRequest) -> HttpResponse:
    raise DatabaseError(POSTGRES)


urlpatterns = [
    *site.urlpatterns,
    path("side/<slug:slug>/", plain, name="page"),
    path("admin/nummer/<slug:slug>/", plain, name="private"),
    path("fejl/", failing, name="failing"),
    path("database/", failing_in_the_database, name="failing-in-the-database"),
]

handler404, handler500 = site.handler404, site.handler500


@pytest.fixture
def ask(settings: Settings, db: None) -> Iterator[Asking]:
    settings.ROOT_URLCONF = __name__
    with asking() as ask:
        yield ask


@pytest.fixture
def lines(settings: Settings) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The log as production writes it, line by line."""

    class Kept(logging.Handler):
        written: list[str] = []

        def emit(self, record: logging.LogRecord) -> None:
            self.written.append(self.format(record))

    handler, root = Kept(), logging.getLogger()
    handler.written = []
    handler.setFormatter(logs.JsonFormatter())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("django").setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in handler.written]
    root.removeHandler(handler)
    root.setLevel(before)


def text_of(found: Iterable[dict[str, Any]]) -> str:
    return json.dumps(list(found), ensure_ascii=False)


def test_a_request_is_one_line_with_what_an_operator_needs(ask: Asking, lines: Any) -> None:
    ask("/side/boform/?q=hemmelig")
    (line,) = lines()
    assert (line["level"], line["logger"], line["message"]) == ("INFO", logs.REQUESTS, "GET page 200")
    assert {key: line[key] for key in ("method", "view", "path", "status", "cache")} == {
        "method": "GET",
        "view": "page",
        "path": "/side/boform/",
        "status": 200,
        "cache": "made",
    }
    assert line["duration_ms"] >= 0
    assert line["bytes"] == 4
    assert line["request_id"]
    assert line["time"].endswith("+00:00")


def test_nothing_tells_who_asked_or_for_what(ask: Asking, lines: Any) -> None:
    ask(
        "/side/boform/?q=hemmelig+sag",
        REMOTE_ADDR="192.0.2.7",
        HTTP_X_FORWARDED_FOR="192.0.2.8",
        HTTP_USER_AGENT="En browser",
        HTTP_REFERER="https://example.dk/jens",
        HTTP_COOKIE="a=kage",
    )
    written = text_of(lines())
    assert not [word for word in ("hemmelig", "192.0.2", "browser", "jens", "kage") if word in written]


@pytest.mark.parametrize("address", ["/jens-hansen/", f"/side/{CPR}/x/", "/admin/nummer/jens-hansen/"])
def test_addresses_that_are_not_ours_or_not_public_are_not_written(ask: Asking, lines: Any, address: str) -> None:
    ask(address)
    found = lines()
    assert len(found) == 1
    assert "jens" not in text_of(found)
    assert CPR not in text_of(found)


def test_a_page_from_the_cache_is_told_of_too(ask: Asking, lines: Any, settings: Settings) -> None:
    settings.PAGE_CACHE = True
    _, headers, _ = ask("/side/gemt/")
    ask("/side/gemt/")
    ask("/side/gemt/", HTTP_IF_NONE_MATCH=headers["ETag"])
    assert [(line["cache"], line["status"]) for line in lines()] == [("made", 200), ("hit", 200), ("revalidated", 304)]


def test_a_failure_is_on_one_line_without_what_was_asked_for(ask: Asking, lines: Any) -> None:
    status, _, body = ask("/fejl/?q=fru+%C3%98stergaard")
    failure, request = lines()
    assert status == "500 Internal Server Error"
    assert "ValueError: invalid literal: '[query]' [CPR] [e-mail]" in failure["exception"]
    assert "failing" in failure["exception"]
    assert failure["request_id"] == request["request_id"]
    assert request["request_id"] in body.decode()
    assert "Østergaard" not in text_of([failure, request])


def test_a_row_that_the_database_quotes_is_not_written(ask: Asking, lines: Any) -> None:
    ask("/database/")
    failure, _ = lines()
    assert "duplicate key" in failure["exception"]
    assert "Jens" not in text_of([failure])


def test_other_peoples_host_names_are_no_failure_of_ours(ask: Asking, lines: Any) -> None:
    status, _, _ = ask("/side/boform/", HTTP_HOST="ondt.example")
    assert status == "400 Bad Request"
    assert [line["logger"] for line in lines()] == [logs.REQUESTS]


def test_the_id_is_on_answers_for_one_reader_and_on_none_that_caches_hand_on(ask: Asking) -> None:
    assert request_ids.HEADER in ask("/fejl/")[1]
    for _ in range(2):
        _, headers, _ = ask("/side/delt/")
        assert "public" in headers["Cache-Control"]
        assert request_ids.HEADER not in headers


@pytest.mark.parametrize(
    ("behind_proxy", "given", "taken"),
    [
        (True, "f3c2a1d09b8e7f6a", True),
        (False, "f3c2a1d09b8e7f6a", False),
        (True, "kort", False),
        (True, "x" * 65, False),
        (True, 'f3c2a1d0"}\n{', False),
    ],
)
def test_an_id_is_taken_from_a_trusted_proxy_alone_and_only_if_it_is_one(
    ask: Asking, settings: Settings, behind_proxy: bool, given: str, taken: bool
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    _, headers, _ = ask("/fejl/", HTTP_X_REQUEST_ID=given)
    assert (headers[request_ids.HEADER] == given) is taken
    assert len(headers[request_ids.HEADER]) == 16


def test_two_requests_have_two_ids(ask: Asking) -> None:
    assert ask("/fejl/")[1][request_ids.HEADER] != ask("/fejl/")[1][request_ids.HEADER]


@given(st.text(max_size=30), st.sampled_from([CPR, "0101901234", "01.01.1990-1234", "jens@example.dk"]), st.text())
def test_no_text_around_it_saves_a_number_or_an_address_from_the_mask(before: str, secret: str, after: str) -> None:
    assert secret not in masked(f"{before} {secret} {after}")


@given(st.text(), st.text())
def test_every_line_is_one_line_of_json(message: str, value: str) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", (message,), None)
    record.fields = {"path": value}
    line = logs.JsonFormatter().format(record)
    assert "\n" not in line
    assert json.loads(line)["path"] == value


def test_the_server_writes_its_own_lines_in_the_same_way() -> None:
    file = site_settings.BASE_DIR / "deploy" / "granian-logging.json"
    configuration = json.loads(file.read_text(encoding="utf-8"))
    assert configuration["formatters"]["json"]["()"] == f"{logs.__name__}.JsonFormatter"
    assert configuration["loggers"]["granian.access"]["handlers"] == []
