"""Asking the whole application as granian does: past the test client, whose requests do not come through the door."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

from content.front_door import with_front_door
from operations.observing import observed


class Asking:
    """Requests to the application; each gives status, headers and body."""

    def __init__(self) -> None:
        self._application = observed(WSGIHandler(), with_front_door)

    def __call__(self, address: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        """headers: as WSGI names them, HTTP_HOST and so on."""
        request = RequestFactory().generic(method, address, **headers)  # type: ignore[arg-type]  # headers alone
        answer: list[Any] = []
        body = b"".join(self._application(request.environ, lambda *given: answer.extend(given)))
        return answer[0], dict(answer[1]), body


@contextmanager
def asking() -> Iterator[Asking]:
    """A new request would close the connection, and with it the transaction of the test."""
    request_started.disconnect(close_old_connections)
    try:
        yield Asking()
    finally:
        request_started.connect(close_old_connections)
