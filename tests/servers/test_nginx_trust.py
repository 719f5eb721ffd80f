"""What nginx believes of what comes from outside, and what it lets through: deploy/nginx in front of a real site."""

import http.client
import json
import socket
import ssl
from pathlib import Path

import pytest

from scripts.nginx import HOST
from tests.servers.conftest import MakeSite
from tests.servers.front import BEHIND_NGINX, Front, Guest, nginx_before
from tests.servers.site import Answer, Site, ask

pytestmark = pytest.mark.servers
GUIDELINE = "/retningslinjer/forebyggelse/generel-forebyggelse/"
# Headers that some site somewhere builds its pages from, and that are in no cache's key.
UNKEYED = {
    "X-Forwarded-Host": "ond.example",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Port": "4443",
    "X-Forwarded-Prefix": "/ond",
    "X-Forwarded-Scheme": "http",
    "X-Forwarded-For": "192.0.2.1",
    "X-Host": "ond.example",
    "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/",
    "X-HTTP-Method-Override": "POST",
    "X-Method-Override": "DELETE",
    "Forwarded": "for=192.0.2.1;host=ond.example;proto=http",
    "X-Script-Name": "/ond",
    "Accept": "application/json",
    "Accept-Language": "en",
    "Authorization": "Basic b25kOm9uZA==",
    "Origin": "https://ond.example",
    "Referer": "https://ond.example/",
    "User-Agent": "<script>alert(1)</script>",
    "X-Requested-With": "XMLHttpRequest",
    "Range": "bytes=0-10",
    "Cookie": "messages=ond; theme=ond",
    "If-Modified-Since": "Wed, 21 Oct 2099 07:28:00 GMT",
    "If-None-Match": '"ond"',
}


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    return make_site(**BEHIND_NGINX).start()


def test_http_leads_to_https_on_our_own_name_alone(front: Front) -> None:
    answer = ask(front.http, "/soeg/?q=a+b", Host=HOST)
    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}/soeg/?q=a+b")
    with pytest.raises(http.client.RemoteDisconnected):
        ask(front.http, "/", Host="ond.example")


def test_browsers_are_offered_http2(front: Front) -> None:
    with front.connect(protocols=("h2", "http/1.1")) as connection:
        assert connection.selected_alpn_protocol() == "h2"


def test_hosts_that_are_not_ours_get_no_answer(front: Front) -> None:
    with pytest.raises(ssl.SSLError):
        front.connect(name="ond.example")
    for host in ("ond.example", "127.0.0.1", f"ond.{HOST}", f"{HOST}.ond.example", ""):
        answer = front.get("/", Host=host)
        assert answer.status in (400, 421), host
        assert "Hjemvej" not in answer.text
    assert front.kept_pages() == []


@pytest.mark.parametrize("host", [f"{HOST}:1234", HOST.upper(), f"{HOST}."])
def test_an_odd_way_to_write_our_name_gets_the_same_page(front: Front, host: str) -> None:
    odd = front.get("/sitemap.xml", Host=host)
    assert (odd.status, odd.headers["x-cache"]) == (200, "MISS")
    plain = front.get("/sitemap.xml")
    assert (plain.headers["x-cache"], plain.body) == ("HIT", odd.body)
    assert f"https://{HOST}/".encode() in plain.body
    assert b"1234" not in plain.body


@pytest.mark.parametrize("name", UNKEYED)
def test_no_header_that_is_not_in_the_key_changes_what_the_next_reader_gets(
    front: Front, site: Site, name: str
) -> None:
    asked_directly = site.get(GUIDELINE, Host=HOST, X_Forwarded_Proto="https", X_Forwarded_For="127.0.0.1")
    poisoned = front.ask("GET", GUIDELINE, {name: UNKEYED[name]})
    nexts = front.get(GUIDELINE)
    assert (nexts.status, nexts.body) == (200, asked_directly.body)
    assert _told(nexts) == _told(asked_directly)
    assert poisoned.status in (200, 206)


def test_a_body_sent_along_does_not_change_the_page(front: Front) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    front.ask("GET", "/soeg/?q=handleplan", form, b"q=udsaettelse")
    kept = front.get("/soeg/?q=handleplan")
    assert 'value="handleplan"' in kept.text
    assert "udsaettelse" not in kept.text


def test_another_order_or_spelling_of_the_query_is_another_entry(front: Front) -> None:
    first = front.get("/soeg/?q=bolig&forpligtelse=skal")
    other = front.get("/soeg/?forpligtelse=skal&q=bolig")
    assert [first.headers["x-cache"], other.headers["x-cache"]] == ["MISS", "MISS"]
    poisoned = front.get("/soeg/?q=bolig;q=ond")
    assert front.get("/soeg/?q=bolig&q=ond").headers["x-cache"] == "MISS"
    assert front.get("/soeg/?q=bolig").body != poisoned.body


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/%72eadyz", "//readyz", "/x/../readyz", "/./healthz"])
def test_probes_are_for_operators(front: Front, path: str) -> None:
    assert front.get(path, sender="127.0.0.9").status in (403, 404)
    assert front.get("/healthz").status == 200


def test_the_address_of_the_sender_cannot_be_made_up(front: Front) -> None:
    headers = {"X_Forwarded_For": "127.0.0.1", "X_Real_IP": "127.0.0.1", "Forwarded": "for=127.0.0.1"}
    assert front.get("/readyz", sender="127.0.0.9", **headers).status == 403


def test_a_load_balancer_of_ones_own_is_believed_and_nobody_else(site: Site, tmp_path: Path) -> None:
    behind = {
        "# set_real_ip_from 10.0.0.10;": "set_real_ip_from 127.0.0.20;",
        "# real_ip_header X-Forwarded-For;": "real_ip_header X-Forwarded-For;",
        "# real_ip_recursive on;": "real_ip_recursive on;",
    }
    with nginx_before(site, folder=tmp_path, changes=behind) as front:
        assert front.get("/readyz", sender="127.0.0.20", X_Forwarded_For="127.0.0.1").status == 200
        # What the reader wrote stands before what the load balancer saw.
        assert front.get("/readyz", sender="127.0.0.20", X_Forwarded_For="127.0.0.1, 192.0.2.1").status == 403
        assert front.get("/readyz", sender="127.0.0.9", X_Forwarded_For="127.0.0.1").status == 403


def test_the_site_counts_by_the_sender_that_nginx_saw(make_site: MakeSite, tmp_path: Path) -> None:
    site = make_site(**BEHIND_NGINX, EMAIL_URL="consolemail://").start()
    address, faster = (
        "/admin/konto/glemt-kodeord/",
        {"zone=hjemvej_writing:10m rate=1r/s": "zone=hjemvej_writing:10m rate=99r/s"},
    )

    def ask_for_mail(front: Front, sender: str, number: int) -> Answer:
        editor = Guest(front, sender, **{"X-Forwarded-For": f"192.0.2.{number}"})
        editor.get(address)
        return editor.post(address, {"email": f"ingen{number}@example.dk"})

    with nginx_before(site, folder=tmp_path, changes=faster) as front:
        # ACCOUNT_RATE_LIMITS: 20 a minute from one address.
        answers = [ask_for_mail(front, "127.0.0.6", number) for number in range(21)]
        assert [answer.status for answer in answers] == [302] * 20 + [429]
        assert "Vent et par minutter" in answers[-1].text
        assert ask_for_mail(front, "127.0.0.7", 99).status == 302


def test_the_log_names_nobody_and_tells_no_query(site: Site, tmp_path: Path) -> None:
    with nginx_before(site, folder=tmp_path) as front:
        for path in ("/soeg/?q=hemmelig", "/hemmelig/", "/admin/konto/log-ind/?next=/hemmelig/", "/begreber/"):
            front.get(path, sender="127.0.0.33", Referer=f"https://{HOST}/soeg/?q=hemmelig", User_Agent="hemmelig")
    log = (tmp_path / "hjemvej.access.log").read_text(encoding="utf-8")
    assert [json.loads(line)["path"] for line in log.splitlines()] == ["/soeg/", "", "/admin/", "/begreber/"]
    for written in (log, *(path.read_text(encoding="utf-8") for path in tmp_path.glob("*error.log"))):
        assert "hemmelig" not in written
        assert "127.0.0.33" not in written


def test_security_headers_come_once_whoever_answers(front: Front) -> None:
    for path, status in (("/", 200), ("/findes-ikke/", 404), ("/admin/konto/log-ind/", 200)):
        with front.connect() as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n\r\n".encode())
            head = _everything(connection).partition(b"\r\n\r\n")[0].decode("latin-1").lower()
        assert f" {status} " in head.splitlines()[0]
        for name in ("strict-transport-security", "content-security-policy", "x-content-type-options"):
            assert head.count(f"\r\n{name}:") == 1, (path, name)
        assert "\r\nserver: nginx\r\n" in head


def _told(answer: Answer) -> dict[str, str]:
    """The headers that are the page's own, not the connection's."""
    passing = ("x-cache", "date", "server", "connection", "transfer-encoding", "content-length", "x-request-id")
    return {name: value for name, value in answer.headers.items() if name not in passing}


def _everything(connection: socket.socket) -> bytes:
    data = b""
    while chunk := connection.recv(65536):
        data += chunk
    return data
