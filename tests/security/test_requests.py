"""Requests that are made to be misunderstood: by the host, the path, the headers, the length."""

import csv
import io
import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts import audit
from accounts.models import Action
from library.models import Tombstone
from tests.accounts.visiting import LOGIN, make_user, sign_in
from tests.editorial.admin_form import editor_client, fields_of
from tests.security.world import visitor

pytestmark = pytest.mark.usefixtures("content")

EVIL = "ondskab.example"
ELSEWHERE = [
    f"https://{EVIL}/",
    f"//{EVIL}/",
    f"///{EVIL}",
    f"/\\{EVIL}",
    f"\\\\{EVIL}",
    f"https:{EVIL}",
    f"http:///{EVIL}",
    f"/\t/{EVIL}",
    f"https://testserver@{EVIL}/",
    "javascript:alert(1)",
]
PAGES = [
    "/",
    "/begreber/herberg/",
    "/soeg/?q=bolig",
    "/nyt/atom/",
    "/sitemap.xml",
    "/api/v1/",
    "/api/v1/search?q=bolig",
]


# ---------- The host ----------


@pytest.mark.parametrize("host", [EVIL, f"testserver.{EVIL}", f"testserver@{EVIL}", f"testserver:80@{EVIL}", "", " "])
@pytest.mark.parametrize("address", ["/", LOGIN, "/api/v1/", "/findes-ikke/"])
def test_another_host_is_refused_everywhere(client: Client, address: str, host: str) -> None:
    assert client.get(address, headers={"Host": host}).status_code == 400


def test_a_link_to_a_new_password_leads_to_the_site_s_own_address(client: Client, settings: Settings) -> None:
    settings.MAIL_IS_SET_UP, settings.SITE_URL = True, "https://hjemvej.example.dk"
    make_user()
    for headers in ({"Host": "localhost"}, {"X-Forwarded-Host": EVIL}, {"X-Forwarded-Proto": "ftp"}):
        client.post("/admin/konto/glemt-kodeord/", {"email": "anna@example.dk"}, headers=headers)
    assert [str(message.body).count("https://hjemvej.example.dk/admin/konto/") for message in mail.outbox] == [1, 1, 1]


# ---------- Headers that change what others get ----------


@pytest.mark.parametrize(
    "headers",
    [
        {
            "X-Forwarded-Host": EVIL,
            "X-Forwarded-Port": "81",
            "X-Forwarded-Prefix": f"/{EVIL}",
            "Forwarded": f"host={EVIL}",
        },
        {"X-Forwarded-Proto": "https", "X-Forwarded-Scheme": EVIL, "X-Url-Scheme": EVIL},
        {"X-Forwarded-For": EVIL, "X-Real-Ip": EVIL, "X-Request-Id": f"{EVIL}-1234"},
        {"X-Original-Url": "/admin/", "X-Rewrite-Url": f"/{EVIL}"},
        {"X-Http-Method-Override": "POST", "X-Method-Override": "DELETE", "X-Http-Method": "PUT"},
        {"Accept": "application/json", "Accept-Language": EVIL, "Accept-Charset": "utf-7"},
        {"User-Agent": EVIL, "Referer": f"https://{EVIL}/", "Origin": f"https://{EVIL}", "Via": EVIL},
        {"Range": "bytes=0-1", "If-Range": "x", "If-Modified-Since": "Wed, 01 Jan 2031 00:00:00 GMT"},
        {"Cookie": f"messages={EVIL}; django_language={EVIL}; anything={EVIL}"},
        {"Host": "LOCALHOST:81"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_one_reader_s_headers_are_in_nobody_s_page(headers: dict[str, str]) -> None:
    for page in PAGES:
        poisoned, next_one = Client().get(page, headers=headers), Client().get(page)
        assert (poisoned.status_code, next_one.status_code) == (200, 200), page
        assert EVIL not in f"{poisoned.headers}{poisoned.content!r}", page
        assert "Set-Cookie" not in poisoned.headers, page
        assert (poisoned.headers, poisoned.content) == (next_one.headers, next_one.content), page


@pytest.mark.parametrize(
    "address", ["/begreber/herberg/?a=1&b=2", "/begreber/herberg/?b=2&a=1", "/begreber/herberg/?utm=x"]
)
def test_a_page_made_up_with_a_query_is_not_kept_for_those_who_ask_without(address: str) -> None:
    Client().get(f"{address}&q={EVIL}")
    assert EVIL not in Client().get("/begreber/herberg/").content.decode()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_a_page_is_made_for_nothing_but_reading(method: str) -> None:
    answer = Client().generic(method, "/begreber/herberg/", "q=x", "application/x-www-form-urlencoded")
    assert answer.status_code == 405
    assert "public" not in answer.get("Cache-Control", "")


def test_an_editor_s_page_is_given_to_no_reader() -> None:
    editor = visitor("editor")
    for page in PAGES:
        own = editor.get(page)
        assert "no-store" in own["Cache-Control"], page
        assert not own.has_header("ETag"), page


# ---------- Sending people elsewhere ----------


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nobody_is_sent_to_another_site_from_ours(elsewhere: str) -> None:
    make_user()
    signed_in = visitor("editor")
    asked = {"next": elsewhere}
    answers = [
        sign_in(Client(), next_page=elsewhere),
        Client().get("/admin/login/", asked),
        signed_in.get(LOGIN, asked),
        signed_in.get("/admin/login/", asked),
        signed_in.get("/admin/password_change/", asked),
        Client().get("/admin/konto/eget-login/fejl/", asked),
        signed_in.post("/admin/konto/log-ud/", asked),
        Client().get(f"/{elsewhere}"),
        Client().get(f"//{EVIL}/begreber"),
        Client().get(f"/admin//{EVIL}/begreber"),
    ]
    for answer in answers:
        way = answer.get("Location", "")
        assert way == "" or (way.startswith("/") and not way.startswith(("//", "/\\"))), way


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_an_address_out_of_use_leads_to_no_other_site(elsewhere: str) -> None:
    stone = Tombstone.objects.create(address="/begreber/gammelt/", title="Gammelt ord")
    editor, form = editor_client(), f"/admin/library/tombstone/{stone.pk}/change/"
    answer = editor.post(form, fields_of(editor, form) | {"successor": elsewhere})
    assert "Der er ingen anden side med adressen" in answer.content.decode()
    assert Client().get("/begreber/gammelt/").status_code == 410


@pytest.mark.parametrize(
    "address",
    [
        "/begreber/herberg%0d%0aSet-Cookie:%20ond=1",
        "/soeg/?q=x%0d%0aSet-Cookie:%20ond=1",
        "/begreber?x=%0d%0aSet-Cookie:%20ond=1",
        "/feedback/?side=/%0d%0aSet-Cookie:%20ond=1",
        "/admin/?x=%0d%0aSet-Cookie:%20ond=1",
        "/admin/login/?next=/%0d%0aSet-Cookie:%20ond=1",
        "/retningslinjer/boligindsatser/x%0d%0aSet-Cookie:%20ond=1.pdf",
        "/api/v1%0d%0aSet-Cookie:%20ond=1",
    ],
)
def test_a_line_end_in_an_address_begins_no_header(address: str) -> None:
    answer = Client().get(address)
    assert "ond" not in answer.cookies
    assert not any("\r" in value or "\n" in value for value in answer.headers.values())


# ---------- Paths ----------

SECRETS = ["SECRET_KEY", "root:", "[tool.", "ENGINE", "SQLite format"]


@pytest.mark.parametrize(
    "start", ["/media/", "/static/", "/static//", "/static/css/", "/", "/api/v1/guidelines/", "/hjemvej.pdf/"]
)
@pytest.mark.parametrize(
    "way",
    [
        "../config/settings.py",
        "..%2fconfig%2fsettings.py",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "..\\..\\config\\settings.py",
        "%252e%252e%252fpyproject.toml",
        "/etc/passwd",
        "%00../pyproject.toml",
        ".git/config",
        "../secret_key",
        "hjemvej.sqlite3",
    ],
)
def test_no_path_leads_out_of_where_it_begins(start: str, way: str) -> None:
    answer: Any = Client().get(start + way)
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code in (301, 400, 404)
    assert not any(secret.encode() in body for secret in SECRETS)


# ---------- Too much ----------


@pytest.mark.parametrize(
    "page", ["/", "/soeg/", "/anvisninger/", "/nyt/", "/materialer/", "/api/v1/search", "/api/v1/guidelines"]
)
def test_thousands_of_parameters_are_refused_unread(page: str) -> None:
    question = "&".join(f"p{number}=1" for number in range(1500))
    answer = Client().get(f"{page}?{question}")
    # A page that looks at no parameter does not count them either.
    assert answer.status_code == (200 if page == "/" else 400)
    assert Client().post("/feedback/", question, "application/x-www-form-urlencoded").status_code == 400


@pytest.mark.parametrize(
    "page", ["/soeg/", "/anvisninger/", "/nyt/", "/nyt/atom/", "/materialer/", "/kilder/", "/principper/matrix/"]
)
def test_a_filter_given_hundreds_of_times_or_at_great_length_gives_a_plain_page(page: str) -> None:
    many = "&".join(
        f"{name}=x{number}" for number in range(100) for name in ("tema", "aktoer", "princip", "lov", "type")
    )
    long = "&".join(f"{name}={'x' * 20_000}" for name in ("q", "tema", "aktoer", "side", "orden"))
    for question in (many, long):
        answer = Client().get(f"{page}?{question}")
        assert answer.status_code == 200
        assert len(answer.content) < 600_000


def test_a_body_of_millions_of_bytes_is_not_taken_as_a_form() -> None:
    for address in ("/feedback/", LOGIN):
        answer = Client().post(address, "tekst=" + "x" * 3_000_000, "application/x-www-form-urlencoded")
        assert answer.status_code in (400, 413)


@pytest.mark.parametrize(
    "nonsense", ["[" * 100_000, '{"a":' * 100_000, json.dumps({"id": "x" * 1_000_000}), "1" * 5000]
)
def test_a_proof_of_a_key_that_is_nested_or_endless_is_no_proof_and_no_accident(nonsense: str) -> None:
    answer = visitor("editor").post("/admin/konto/bekraeft/kode/", {"credential": nonsense})
    assert answer.status_code == 200


# ---------- What others open ----------


def test_nothing_in_the_security_log_is_a_formula_in_its_file() -> None:
    for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=cmd|"/c calc"!A1'):
        audit.record(Action.SIGNED_IN, actor=text, target=text, detail=text)
    file = visitor("superuser").get("/admin/accounts/auditentry/csv/").content.decode()
    cells = [cell for row in csv.reader(io.StringIO(file, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "'=1+1" in cells


def test_other_sites_may_read_the_data_and_nothing_else() -> None:
    origin = {"Origin": f"https://{EVIL}"}
    assert Client().get("/api/v1/", headers=origin)["Access-Control-Allow-Origin"] == "*"
    for client, page in ((Client(), "/"), (visitor("editor"), "/admin/"), (visitor("superuser"), "/admin/opslag/?q=a")):
        answer = client.get(page, headers=origin)
        assert answer.status_code == 200
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
