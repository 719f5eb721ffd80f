"""A web server of the tests' own that behaves as the web does, and notes what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Server:
    """`statuses` says what some paths answer from now on; it may be changed.

    `asked`: method, path and User-Agent of each question. `released`: set when what hangs may go on.
    """

    url: str
    statuses: dict[str, int]
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def paths(self, method: str) -> list[str]:
        return [path for how, path, _ in self.asked if how == method]


@contextmanager
def running(statuses: dict[str, int] | None = None) -> Iterator[Server]:
    """The server, at a port of its own."""
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    httpd.daemon_threads = True
    server = httpd.about = Server(f"http://127.0.0.1:{httpd.server_port}", statuses or {})  # type: ignore[attr-defined]  # for the handler
    threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.released.set()
        httpd.shutdown()
        httpd.server_close()


class _Handler(BaseHTTPRequestHandler):
    @property
    def about(self) -> Server:
        about: Server = self.server.about  # type: ignore[attr-defined]  # `running` sets it
        return about

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.about.asked.append((self.command, self.path, self.headers["User-Agent"]))
        if self.path == "/haenger":
            self.about.released.wait(20)
            return
        if self.path == "/afbrudt":
            return
        self.send_response(self.about.statuses.get(self.path) or self._status())
        if location := self._location():
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _status(self) -> int:
        path = self.path.partition("?")[0]
        if path.startswith(("/kaede/", "/ring", "/uendelig/", "/til/")):
            return 301
        if path == "/kun-get":
            return 405 if self.command == "HEAD" else 200
        if path == "/hoved-404":
            return 404 if self.command == "HEAD" else 200
        if path == "/forbigaaende":
            return 503 if len(self.about.asked) < 3 else 200
        return int(path[1:]) if path[1:].isdigit() else 200

    def _location(self) -> str:
        name, _, rest = self.path[1:].partition("/")
        if name == "kaede":
            return f"/kaede/{int(rest) - 1}" if int(rest) > 1 else "/maal"
        if name == "uendelig":
            return f"/uendelig/{int(rest) + 1}"
        if name == "til":
            return rest
        return {"ring": "/ring-2", "ring-2": "/ring"}.get(name, "")

    def log_message(self, *args: Any) -> None:
        """The test's output is no server's log."""
