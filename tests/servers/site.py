"""A Hjemvej served as in production: real processes over a folder of its own, and visitors who ask it over the wire."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from scripts import instance
from scripts.console import ROOT
from scripts.environment import PYTHON

PATIENCE_SECONDS = 60.0
EDITOR, PASSWORD = "rikke", "en lang adgangskode til proever"
# Whatever the surroundings set is not the site's.
_NOT_INHERITED = ("DATABASE_URL", "TEST_DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEBUG", "SITE_URL", "ALLOWED_HOSTS")
_MAKE_EDITOR = f"""
from django.contrib.auth.models import User
user = User.objects.create_superuser({EDITOR!r}, "rikke@example.dk", {PASSWORD!r})
"""


@dataclass(frozen=True)
class Answer:
    """An answer as it came over the wire; header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def free_port() -> int:
    """A port below those that the system gives to outgoing connections: nobody gets it before it is listened at."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def eventually(what: str, condition: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> float:
    """Wait until `condition` gives something true and no OSError; give the seconds that it took."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        try:
            if condition():
                return time.monotonic() - started
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    raise AssertionError(f"Not within {seconds:g} s: {what}.")


class Site:
    """A site over `var`, which is prepared already or gets its `prepare()`; `environment` goes on top of its own."""

    def __init__(self, var: Path, **environment: str) -> None:
        self.var = var
        self.port = free_port()
        self.log = var.with_name(f"{var.name}.log")
        kept = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        self.environment = {
            **kept,
            "HJEMVEJ_VAR": str(var),
            "SECRET_KEY": "known to these tests alone, and long enough to be no short one",
            "SITE_URL": f"http://127.0.0.1:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "STAFF_MFA": "0",
            "HJEMVEJ_FOUR_EYES": "0",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Database, content, index and static files, as `make run` prepares them; and an editor who may do all."""
        for step in (["migrate", "--no-input"], ["collectstatic", "--no-input"], ["load_content"], ["rebuild_index"]):
            self.manage(*step, "--verbosity=0")
        self.manage("shell", "-c", _MAKE_EDITOR)

    def manage(self, *arguments: str, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
        """`manage.py arguments` on this site; what it said is in `stdout` and `stderr`."""
        done = subprocess.run(
            [PYTHON, instance.MANAGE, *arguments],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    # ---------- The server ----------

    def start(self, *, workers: int = 1) -> "Site":
        """Serve, and wait for the first answer. Each server leads a group of processes of its own."""
        *command, application = instance.server_command("127.0.0.1", self.port)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, "--workers", str(workers), application],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually(f"the site answers; {self.log}", lambda: self.get("/healthz").status == 200)
        return self

    def stop(self) -> None:
        """End the server as an operator does."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def kill(self) -> None:
        """End all processes of the server at once, without a word."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def workers(self) -> list[int]:
        """The processes that answer: the children of the server."""
        assert self.process
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        return [int(child) for child in found]

    # ---------- Asking ----------

    def get(self, path: str, *, method: str = "GET", timeout: float = 20, **headers: str) -> Answer:
        """What a reader without cookies gets; `Accept_Language="da"` sends the header Accept-Language."""
        return ask(self.port, path, method=method, timeout=timeout, **headers)


def ask(port: int, path: str, *, method: str = "GET", timeout: float = 20, **headers: str) -> Answer:
    """One request, over a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


class Visitor:
    """A browser with cookies at `port`, without JavaScript; follows redirects."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}"
        self.cookies = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str, timeout: float = 30) -> Answer:
        return self._open(urllib.request.Request(self._root + path), timeout)

    def post(self, path: str, fields: Mapping[str, Any], timeout: float = 30) -> Answer:
        """Send a form that was got before, with its token against forgery. A field may have several values."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self._token(), **fields}, doseq=True).encode()
        return self._open(urllib.request.Request(self._root + path, data, {"Referer": self._root + path}), timeout)

    def upload(self, path: str, name: str, image: bytes, description: str, timeout: float = 30) -> Answer:
        """Send an image with the words that describe it, as a script of the page does."""
        part = "--limit\r\nContent-Disposition: form-data; name="
        head = f'{part}"description"\r\n\r\n{description}\r\n{part}"image"; filename="{name}"\r\n\r\n'
        headers = {
            "Referer": self._root + path,
            "X-CSRFToken": self._token(),
            "X-Requested-With": "XMLHttpRequest",
            "Content-Type": "multipart/form-data; boundary=limit",
        }
        body = head.encode() + image + b"\r\n--limit--\r\n"
        return self._open(urllib.request.Request(self._root + path, body, headers), timeout)

    def _token(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")

    def sign_in(self, name: str = EDITOR, password: str = PASSWORD) -> "Visitor":
        page = self.get("/admin/")
        action = re.search(r'<form[^>]*action="([^"]*)"[^>]*method="post"', page.text) or re.search(
            r'<form[^>]*method="post"[^>]*action="([^"]*)"', page.text
        )
        assert action, page.text
        page = self.post(action[1], {"login": name, "password": password})
        assert any(cookie.name == "sessionid" for cookie in self.cookies), page.text
        return self

    def _open(self, request: urllib.request.Request, timeout: float) -> Answer:
        try:
            with self._opener.open(request, timeout=timeout) as response:
                return Answer(response.status, _small(response.headers), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, _small(error.headers), error.read())


def _small(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}
