"""The page cache as a browser meets it: over the wire, from the application server that production uses."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from tests.content.cache_urls import TEXT

pytestmark = pytest.mark.sqlite
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a granian of one worker over a database of its own."""
    database = tmp_path_factory.mktemp("served") / "site.sqlite3"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.content.served_settings",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    manage = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(manage, cwd=settings.BASE_DIR, env=environment, check=True)
    port = free_port()
    granian = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws"]
    options = ["--port", str(port), "--blocking-threads", "1", "--log-level", "error", "config.wsgi:application"]
    process = subprocess.Popen([*granian, *options], cwd=settings.BASE_DIR, env=environment)
    try:
        wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The server does not answer.")


def ask(port: int, method: str, path: str, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    answer = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    connection.close()
    return answer


def test_a_page_comes_compressed_and_the_same_from_memory(server: int) -> None:
    status, headers, body = ask(server, "GET", "/side/?q=served", BROWSER)
    assert status == 200
    assert headers["content-encoding"] == "br"
    assert brotli.decompress(body).decode() == f"<p>{TEXT}</p>served"
    assert ask(server, "GET", "/side/?q=served", BROWSER)[2] == body


def test_a_browser_that_has_the_page_gets_304_and_no_bytes(server: int) -> None:
    _, headers, _ = ask(server, "GET", "/side/", BROWSER)
    status, again, body = ask(server, "GET", "/side/", {**BROWSER, "If-None-Match": headers["etag"]})
    assert (status, body) == (304, b"")
    assert again["etag"] == headers["etag"]


def test_head_gives_the_headers_of_get_and_no_body(server: int) -> None:
    _, got, _ = ask(server, "GET", "/side/", BROWSER)
    status, headers, body = ask(server, "HEAD", "/side/", BROWSER)
    assert (status, body) == (200, b"")
    assert headers["content-length"] == got["content-length"]
    assert headers["etag"] == got["etag"]


def test_a_reader_is_given_no_cookie(server: int) -> None:
    for _ in range(2):
        assert "set-cookie" not in ask(server, "GET", "/side/", BROWSER)[1]
