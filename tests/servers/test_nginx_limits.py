"""How much and how often: what nginx turns away, in Danish, while all others are served."""

import io
import json
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from scripts.nginx import HOST
from tests.servers.conftest import MakeSite
from tests.servers.front import BEHIND_NGINX, Front, Guest, nginx_before
from tests.servers.site import Site

pytestmark = pytest.mark.servers
MEGABYTE = 1024 * 1024
UPLOAD = "/admin/billeder/"
# So that the tests need not wait for it.
IMPATIENT = {f"client_{part}_timeout 10s": f"client_{part}_timeout 1s" for part in ("header", "body")}


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    return make_site(**BEHIND_NGINX).start()


@pytest.fixture
def front(site: Site, tmp_path: Path) -> Iterator[Front]:
    """An nginx of each test's own, whose counters are empty."""
    with nginx_before(site, folder=tmp_path, changes=IMPATIENT) as front:
        yield front


@pytest.mark.parametrize(("path", "most"), [("/soeg/?q=bolig", 41), ("/api/v1/suggest?q=bol", 61)])
def test_who_asks_too_often_is_told_so_in_danish_and_others_are_served(front: Front, path: str, most: int) -> None:
    answers = front.ask_often("GET", path, 4 * most, sender="127.0.0.8")
    assert {answer.status for answer in answers[:most]} == {200}
    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) > most
    assert "mange forespørgsler fra dit netværk" in refused[0].text
    assert refused[0].headers["retry-after"] == "5"
    assert refused[0].headers["cache-control"] == "no-store"
    if path.startswith("/api/"):
        assert json.loads(refused[0].body)["error"]
    assert front.get(path, sender="127.0.0.9").status == 200
    # Who searches too much may still read.
    assert front.get("/", sender="127.0.0.8").status == 200


def test_replies_and_passwords_are_taken_at_a_slow_pace(front: Front) -> None:
    for path, most in (("/feedback/", 11), ("/admin/konto/log-ind/", 21)):
        answers = front.ask_often("POST", path, 2 * most, sender=f"127.0.0.{most}")
        assert 429 not in [answer.status for answer in answers[:most]]
        assert "mange forespørgsler fra dit netværk" in answers[-1].text
        # To look at the form is not to write.
        assert front.get(path, sender=f"127.0.0.{most}").status == 200


def test_a_household_of_many_addresses_is_one_sender(site: Site, tmp_path: Path) -> None:
    behind = {
        "# set_real_ip_from 10.0.0.10;": "set_real_ip_from 127.0.0.1;",
        "# real_ip_header X-Forwarded-For;": "real_ip_header X-Forwarded-For;",
    }
    with nginx_before(site, folder=tmp_path, changes=behind) as front:

        def statuses(*addresses: str) -> set[int]:
            return {front.ask("POST", "/feedback/", {"X-Forwarded-For": address}).status for address in addresses}

        one_network = [f"2001:db8:1:2{rest}{number:x}" for number in range(15) for rest in ("::", ":3:4:5:")]
        assert 429 in statuses(*one_network)
        assert 429 not in statuses("2001:db8:1:3::1", "2001:db8:1:3:3:4:5:1", "2001:db8::1", "192.0.2.1")


def test_an_image_of_ten_megabytes_is_taken_and_a_larger_one_is_refused_in_danish(front: Front, site: Site) -> None:
    editor = Guest(front).sign_in()
    editor.get("/admin/images/image/add/")
    taken = editor.upload(UPLOAD, {"description": "En grå flade"}, "image", image_of(10 * MEGABYTE))
    assert (taken.status, "image_code" in taken.text) == (200, True), taken.text
    for size in (10 * MEGABYTE + 1, 12 * MEGABYTE):
        refused = editor.upload(UPLOAD, {"description": "En grå flade"}, "image", image_of(size))
        assert refused.status in (400, 413)
        # The editor's page reads this and shows it.
        assert refused.headers["content-type"].startswith("application/json")
        assert "Et billede må højst fylde 10 MB" in json.loads(refused.body)["error"]
    page = editor.upload("/admin/images/image/add/", {"description": "x"}, "image", image_of(12 * MEGABYTE))
    assert page.status == 413
    assert "Et billede må højst fylde 10 MB" in page.text


def test_an_image_is_served_with_its_own_headers_and_kept(front: Front) -> None:
    editor = Guest(front).sign_in()
    editor.get("/admin/images/image/add/")
    code = json.loads(editor.upload(UPLOAD, {"description": "Grå"}, "image", image_of(MEGABYTE)).body)["image_code"]
    address = code.partition("(")[2].rstrip(")")
    first, second = front.get(address), front.get(address)
    assert (first.status, second.headers["x-cache"], second.body) == (200, "HIT", first.body)
    assert second.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert second.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_nobody_but_editors_sends_much(front: Front) -> None:
    for path in ("/feedback/", "/soeg/", "/api/v1/search", "/"):
        answer = front.ask("POST", path, {}, bytes(70 * 1024))
        assert answer.status == 413, path
        assert "fylder for meget" in answer.text


def test_slow_senders_are_cut_off_while_others_are_served(front: Front) -> None:
    headers = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Slow: ".encode()
    body = f"POST /feedback/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000\r\n\r\nx".encode()
    slow = [front.connect("127.0.0.8") for _ in range(60)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(body if number % 2 else headers)
        assert front.get("/", sender="127.0.0.9").status == 200
        for connection in slow:
            assert is_cut_off(connection)
    finally:
        for connection in slow:
            connection.close()


def test_headers_beyond_measure_are_refused(front: Front) -> None:
    assert front.get("/", X_Long="a" * 40_000).status == 400
    assert front.get(f"/?{'a' * 9_000}").status == 414


def is_cut_off(connection: ssl.SSLSocket) -> bool:
    """Whether the other end ends the connection, long before it would by itself."""
    connection.settimeout(20)
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except (ConnectionResetError, ssl.SSLError):
        pass
    return True


def image_of(size: int) -> bytes:
    """A picture in a file of exactly `size` bytes: PNG readers do not look at what stands behind the end."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "grey").save(buffer, "PNG")
    return buffer.getvalue().ljust(size, b"\0")
