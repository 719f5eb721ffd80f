"""Numbers for Prometheus, on a port of their own that nobody outside can reach (METRICS_PORT; off where it is not set).

Each worker process has its own numbers and its own port, the first that is free of METRICS_PORT (`9464-9467` for four
workers), and Prometheus adds them up. No file is shared: one on a full disk would take the worker with it.
Labels name views, never addresses, queries or people, so that their number does not grow.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.backends.signals import connection_created
from prometheus_client import REGISTRY, Counter, Histogram, start_http_server

from operations.site_numbers import SiteNumbers
from search.engines.base import Engine
from search.signals import searched

logger = logging.getLogger(__name__)

REQUESTS = Counter("hjemvej_requests", "Requests answered.", ["view", "method", "status", "cache"])
REQUEST_SECONDS = Histogram(
    "hjemvej_request_seconds",
    "Time to answer a request, by how the page cache served (hit, revalidated, made, none).",
    ["view", "cache"],
    buckets=(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
SEARCH_SECONDS = Histogram(
    "hjemvej_search_seconds",
    "Time to search, without making the page.",
    ["engine"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
DATABASE_ERRORS = Counter("hjemvej_database_errors", "Statements that the database refused, by kind.", ["kind"])

# A worker that takes over from one that is still finishing waits for its port.
_RETRY_SECONDS = 2.0
_TRIES_BEFORE_A_WARNING = 30


def are_on() -> bool:
    return bool(settings.METRICS_PORT)


def count_request(view: str, method: str, status: int, cache: str, seconds: float) -> None:
    """One request has been answered."""
    if are_on():
        REQUESTS.labels(view, method, status, cache).inc()
        REQUEST_SECONDS.labels(view, cache).observe(seconds)


def _count_search(sender: type[Engine], seconds: float, **kwargs: Any) -> None:
    SEARCH_SECONDS.labels(sender.__name__.removesuffix("Engine").lower()).observe(seconds)


def _watch_connection(connection: Any, **kwargs: Any) -> None:
    if _count_errors not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count_errors)


def _count_errors(execute: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return execute(*arguments)
    except DatabaseError as error:
        DATABASE_ERRORS.labels(type(error).__name__).inc()
        raise


def serve() -> None:
    """Count what happens in this process, and offer the numbers from a thread of its own. Once, at its start."""
    searched.connect(_count_search)
    connection_created.connect(_watch_connection)
    REGISTRY.register(SiteNumbers())
    threading.Thread(target=_serve_when_a_port_is_free, name="metrics", daemon=True).start()


def _serve_when_a_port_is_free() -> None:
    tries = 0
    while not any(map(_serves, settings.METRICS_PORT)):
        tries += 1
        if tries == _TRIES_BEFORE_A_WARNING:
            logger.warning("No port of METRICS_PORT is free: nobody can see the numbers of this process.")
        time.sleep(_RETRY_SECONDS)


def _serves(port: int) -> bool:
    try:
        start_http_server(port, settings.METRICS_HOST)
    except OSError:
        return False
    return True
