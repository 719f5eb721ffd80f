"""How public pages are kept and told to caches, seen from outside through the whole chain of middleware."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta

import brotli
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from content.compression import encoding_for
from content.edition import code_version
from content.models import ContentVersion
from tests.content import cache_urls
from tests.content.cache_urls import TEXT, calls

pytestmark = [pytest.mark.django_db, pytest.mark.urls(cache_urls)]
BROWSER = "gzip, deflate, br"


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    calls.clear()
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def publish() -> None:
    with transaction.atomic():
        ContentVersion.increment()


def test_a_page_is_made_once_for_all_readers() -> None:
    first, second = Client().get("/side/"), Client().get("/side/")
    assert first.content == second.content
    assert first.headers == second.headers
    assert calls["/side/"] == 1


def test_a_kept_page_costs_one_query(client: Client) -> None:
    client.get("/side/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/side/")
    assert len(queries) == 1


def test_a_published_change_is_seen_at_the_next_request(client: Client) -> None:
    before = client.get("/side/")
    publish()
    after = client.get("/side/", headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]
    assert calls["/side/"] == 2


def test_public_pages_say_how_caches_may_keep_them(client: Client) -> None:
    for _ in range(2):
        response = client.get("/side/")
        assert response["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
        assert response["Vary"] == "Accept-Encoding"
        assert not response.cookies


def test_a_reader_who_has_the_page_gets_304_without_its_being_made(client: Client) -> None:
    etag = client.get("/side/")["ETag"]
    caches["pages"].clear()
    for sent in (etag, f"W/{etag}", f'"another", {etag}'):
        response = client.get("/side/", headers={"If-None-Match": sent})
        assert response.status_code == 304
        assert response.content == b""
        assert response["ETag"] == etag
        assert response["Cache-Control"].startswith("public")
        assert response["Vary"] == "Accept-Encoding"
    assert calls["/side/"] == 1


def test_an_etag_of_another_page_is_no_304(client: Client) -> None:
    etag = client.get("/side/")["ETag"]
    assert client.get("/anden/", headers={"If-None-Match": etag}).status_code == 200
    assert client.get("/side/?q=1", headers={"If-None-Match": etag}).status_code == 200
    assert client.get("/side/", headers={"If-None-Match": etag, "Accept-Encoding": "br"}).status_code == 200


def test_a_new_day_is_a_new_edition(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get("/side/")["ETag"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert client.get("/side/")["ETag"] != before


def test_new_code_is_a_new_edition(client: Client, settings: Settings) -> None:
    before = client.get("/side/")["ETag"]
    code_version.cache_clear()
    settings.CODE_VERSION = "next"
    try:
        assert client.get("/side/")["ETag"] != before
    finally:
        code_version.cache_clear()


def test_the_code_version_follows_the_settings_that_readers_see(settings: Settings) -> None:
    code_version.cache_clear()
    before = code_version()
    code_version.cache_clear()
    assert code_version() == before
    code_version.cache_clear()
    settings.CONTACT_EMAIL = "ny@example.dk"
    assert code_version() != before
    code_version.cache_clear()


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [(BROWSER, "br", brotli.decompress), ("gzip", "gzip", gzip.decompress), ("", None, bytes)],
)
def test_pages_are_compressed_as_the_browser_likes_it(
    client: Client, accepted: str, encoding: str | None, decode: Callable[[bytes], bytes]
) -> None:
    for _ in range(2):
        response = client.get("/side/", headers={"Accept-Encoding": accepted})
        assert response.get("Content-Encoding") == encoding
        assert decode(response.content).decode() == f"<p>{TEXT}</p>"
        assert response["Content-Length"] == str(len(response.content))


def test_each_encoding_has_an_etag_of_its_own(client: Client) -> None:
    etags = {client.get("/side/", headers={"Accept-Encoding": value})["ETag"] for value in (BROWSER, "gzip", "")}
    assert len(etags) == 3


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME])
def test_staff_are_served_past_the_cache_and_keep_nothing(client: Client, cookie: str) -> None:
    etag = client.get("/side/")["ETag"]
    client.cookies[cookie] = "x"
    for headers in ({}, {"If-None-Match": etag}):
        response = client.get("/side/", headers=headers)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
    assert calls["/side/"] == 3


def test_another_cookie_does_not_keep_a_reader_from_the_cache(client: Client) -> None:
    client.get("/side/")
    client.cookies["anything"] = "x"
    client.get("/side/")
    assert calls["/side/"] == 1


def test_the_editors_side_is_never_kept(client: Client) -> None:
    for _ in range(2):
        response = client.get("/admin/side/")
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response
    assert calls["/admin/side/"] == 2


def test_probes_are_always_asked_anew(client: Client) -> None:
    client.get("/healthz")
    assert "ETag" not in client.get("/healthz")
    assert calls["/healthz"] == 2


@pytest.mark.parametrize("address", ["/broken/", "/unsettled/", "/stream/", "/visits/", "/big/"])
def test_what_is_not_a_shared_page_is_made_anew(client: Client, address: str) -> None:
    client.get(address)
    client.get(address)
    assert calls[address] == 2


def test_a_view_that_allows_no_keeping_is_taken_at_its_word(client: Client) -> None:
    response = client.get("/unsettled/")
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response


def test_an_answer_that_sets_a_cookie_is_not_public(client: Client) -> None:
    response = client.get("/form/")
    assert response.cookies
    assert "public" not in response.get("Cache-Control", "")


def test_failures_are_not_declared_public(client: Client) -> None:
    assert "Cache-Control" not in client.get("/broken/")


def test_a_missing_page_may_be_kept_for_a_minute_by_others_but_not_by_us(client: Client) -> None:
    for _ in range(2):
        response = client.get("/side/?side=0")
        assert response.status_code == 404
        assert response["Cache-Control"] == "public, max-age=60"
        assert "ETag" not in response
    assert calls["/side/?side=0"] == 2


def test_a_long_query_is_answered_but_not_kept(client: Client) -> None:
    address = "/side/?q=" + "a" * 250
    client.get(address)
    etag = client.get(address)["ETag"]
    assert calls[address] == 2
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_made_up_addresses_take_no_more_memory_than_is_allowed(client: Client, settings: Settings) -> None:
    few = {**settings.CACHES["pages"], "LOCATION": "few", "OPTIONS": {"MAX_ENTRIES": 20}}
    settings.CACHES = {**settings.CACHES, "pages": few}
    addresses = [f"/side/?made-up={number}" for number in range(50)]
    for address in addresses * 2:
        client.get(address)
    made_twice = [address for address in addresses if calls[address] == 2]
    assert len(made_twice) >= 30


def test_head_is_answered_like_get_without_the_body(client: Client) -> None:
    missed = client.head("/side/")
    got = client.get("/side/")
    hit = client.head("/side/")
    for head in (missed, hit):
        assert head.content == b""
        assert head["ETag"] == got["ETag"]
        assert head["Content-Length"] == got["Content-Length"]
    assert calls["/side/"] == 2


def test_posts_are_never_answered_from_the_cache(client: Client) -> None:
    client.get("/side/")
    client.post("/side/")
    assert calls["/side/"] == 2


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    etag = client.get("/side/")["ETag"]
    for response in (client.get("/side/"), client.get("/nej/")):
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
    not_modified = client.get("/side/", headers={"If-None-Match": etag})
    assert "default-src 'none'" in not_modified["Content-Security-Policy"]


def test_a_foreign_host_is_refused_even_for_a_kept_page(client: Client) -> None:
    client.get("/side/")
    assert client.get("/side/", headers={"Host": "evil.example"}).status_code == 400


def test_a_forwarded_host_changes_nothing(client: Client) -> None:
    plain = client.get("/side/")
    forwarded = client.get("/side/", headers={"X-Forwarded-Host": "evil.example", "X-Original-URL": "/anden/"})
    assert forwarded.headers == plain.headers
    assert calls["/side/"] == 1


def test_an_insecure_request_is_sent_to_https_whatever_is_kept(client: Client, settings: Settings) -> None:
    client.get("/side/", secure=True)
    settings.SECURE_SSL_REDIRECT = True
    response = Client().get("/side/")
    assert response.status_code == 301
    assert response["Location"] == "https://testserver/side/"
    assert "Cache-Control" not in response


def test_a_page_that_needs_no_database_is_there_without_one_and_kept_by_nobody(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE content_contentversion")
    response = client.get("/side/")
    assert response.status_code == 200
    assert "ETag" not in response
    assert "Cache-Control" not in response


def test_with_the_page_cache_off_pages_are_made_anew_and_304_still_holds(client: Client, settings: Settings) -> None:
    settings.PAGE_CACHE = False
    client.get("/side/")
    etag = client.get("/side/")["ETag"]
    assert calls["/side/"] == 2
    assert client.get("/side/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("accept", "encoding"),
    [
        ("br", "br"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0", ""),
        ("deflate, zstd", ""),
        ("brx, xgzip", ""),
        ("", ""),
    ],
)
def test_the_encoding_is_one_that_the_browser_accepts(accept: str, encoding: str) -> None:
    assert encoding_for(accept) == encoding


@given(st.text(max_size=80))
def test_any_accept_encoding_is_understood_without_fuss(accept: str) -> None:
    assert encoding_for(accept) in ("br", "gzip", "")
