"""The page cache in a Valkey or Redis server (PAGE_CACHE_URL), so that a page made by one process serves them all.

Only ever a help: while the server is away, hangs or refuses, pages are made as if nothing were kept. A reader waits for
it no longer than `_PATIENCE_SECONDS`, and only the first ones do. What it hands out is read as data, never as code.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as HangingError

from content.page_cache import Page

# Far more than a server needs that is near and well; beyond, making the page is quicker.
_PATIENCE_SECONDS = 0.25
# How often a server that does not answer is asked again.
_SILENCE_SECONDS = 2.0
# A process warns of a server that fails no more often than this.
_WARNING_SECONDS = 60.0

Kept = TypeVar("Kept")

logger = logging.getLogger(__name__)


class PageSerializer:
    """A page as a line of JSON, with its status and headers, and then its body."""

    def dumps(self, page: Page) -> bytes:
        return json.dumps([page.status, page.headers]).encode() + b"\n" + page.body

    def loads(self, kept: bytes) -> Page | None:
        """The page; None for what is none."""
        head, _, body = kept.partition(b"\n")
        try:
            status, headers = json.loads(head)
            return Page(str(status), [(str(name), str(value)) for name, value in headers], body)
        except (TypeError, ValueError):
            return None


class _Health:
    """What this process knows of how the server is; its threads share it."""

    def __init__(self) -> None:
        self.is_silent = False
        self._lock = threading.Lock()
        self._warned_at = -_WARNING_SECONDS

    def has_failed(self, error: RedisError, ping: Callable[[], object]) -> None:
        """Take note. A server that is silent is asked again with `ping`; one that answers, but refuses, is not."""
        with self._lock:
            if time.monotonic() - self._warned_at >= _WARNING_SECONDS:
                self._warned_at = time.monotonic()
                logger.warning("The shared page cache is of no help: %s", type(error).__name__)
            if isinstance(error, AwayError | HangingError) and not self.is_silent:
                self.is_silent = True
                threading.Thread(target=self._await, args=(ping,), name="await-pages", daemon=True).start()

    def _await(self, ping: Callable[[], object]) -> None:
        """Ask until it answers, in a thread of its own, so that no reader waits for it."""
        while True:
            time.sleep(_SILENCE_SECONDS)
            try:
                ping()
            except RedisError:
                continue
            break
        logger.info("The shared page cache answers again.")
        self.is_silent = False


_health = _Health()


class SharedPages(RedisCache):
    """Django's cache, of which nothing but `get`, `set` and `answers` is asked, and none of them ever fails."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        patience = {"socket_connect_timeout": _PATIENCE_SECONDS, "socket_timeout": _PATIENCE_SECONDS}
        # As a list: in a text, Django would take a comma for the beginning of another server.
        super().__init__([server], {**params, "OPTIONS": {"serializer": PageSerializer, "protocol": 2, **patience}})

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._unless_it_fails(partial(super().get, key, default, version), default)

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._unless_it_fails(partial(super().set, key, value, timeout, version), None)

    def answers(self) -> bool:
        """Whether the server is there; one that has just been silent is not asked again."""
        return self._unless_it_fails(lambda: bool(self._cache.get_client().ping()), False)

    def _unless_it_fails(self, ask: Callable[[], Kept], otherwise: Kept) -> Kept:
        if _health.is_silent:
            return otherwise
        try:
            return ask()
        except RedisError as error:
            _health.has_failed(error, lambda: self._cache.get_client().ping())
            return otherwise
