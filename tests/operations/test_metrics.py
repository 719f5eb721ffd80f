"""The numbers that Prometheus gets: what is counted, under which names, and what is not told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.utils import timezone
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from pytest_django import Settings

from content.models import ContentVersion
from editorial.models import Revision, State
from operations import metrics
from operations.site_numbers import SiteNumbers
from search.query import SearchQuery, search
from search.signals import searched
from tests.operations.asking import Asking, asking


class Watch:
    """How much a number has grown since the test began."""

    def __init__(self) -> None:
        self._before = dict(self._all())

    @staticmethod
    def _all() -> dict[tuple[str, Any], float]:
        samples = (sample for metric in REGISTRY.collect() for sample in metric.samples)
        return {(sample.name, frozenset(sample.labels.items())): sample.value for sample in samples}

    def growth(self, name: str, **labels: str) -> float:
        key = name, frozenset(labels.items())
        return self._all().get(key, 0) - self._before.get(key, 0)

    def new(self) -> list[str]:
        return [str(key) for key in self._all() if key not in self._before]


@pytest.fixture
def ask(settings: Settings, content: None) -> Iterator[Asking]:
    settings.METRICS_PORT = range(9464, 9465)
    with asking() as ask:
        yield ask


def test_requests_are_counted_by_view_method_status_and_page_cache(ask: Asking) -> None:
    watch = Watch()
    for _ in range(3):
        ask("/begreber/anvisningsret/")
    labels = {"view": "library:term", "method": "GET", "status": "200"}
    assert watch.growth("hjemvej_requests_total", **labels, cache="made") == 1
    assert watch.growth("hjemvej_requests_total", **labels, cache="hit") == 2
    assert watch.growth("hjemvej_request_seconds_count", view="library:term", cache="hit") == 2
    assert watch.growth("hjemvej_request_seconds_sum", view="library:term", cache="made") > 0


def test_what_people_ask_for_makes_no_new_numbers(ask: Asking) -> None:
    ask("/findes-ikke/1/")
    ask("/soeg/?q=boform")
    ask("/findes-ikke/2/", method="HVAD")
    watch = Watch()
    for number in range(20):
        ask(f"/findes-ikke/{number}/?q={number}")
        ask(f"/findes-ikke/{number}/", method=f"METODE{number}")
        ask(f"/static/{number}.css")
    assert [name for name in watch.new() if "static" not in name] == []


@pytest.mark.usefixtures("content")
def test_searches_are_timed_by_engine() -> None:
    searched.connect(metrics._count_search)
    watch = Watch()
    search(SearchQuery("boform"))
    name = "postgres" if connection.vendor == "postgresql" else "whoosh"
    assert watch.growth("hjemvej_search_seconds_count", engine=name) == 1
    searched.disconnect(metrics._count_search)


def test_statements_that_the_database_refuses_are_counted(db: None) -> None:
    watch = Watch()
    with connection.execute_wrapper(metrics._count_errors), pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM findes_ikke")
    kinds = {"sqlite": "OperationalError", "postgresql": "ProgrammingError"}
    assert watch.growth("hjemvej_database_errors_total", kind=kinds[connection.vendor]) == 1


def exported() -> str:
    registry = CollectorRegistry()
    registry.register(SiteNumbers())
    return generate_latest(registry).decode()


@pytest.fixture
def keep_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scrape closes the connections of its thread, which here is the test's own."""
    monkeypatch.setattr("operations.site_numbers.connections.close_all", lambda: None)


@pytest.mark.usefixtures("content", "keep_connection")
def test_the_state_of_the_content_is_told() -> None:
    author = User.objects.create(username="rikke")
    yesterday = timezone.localdate() - timedelta(days=1)
    for slug, state in (("a", State.DRAFT), ("b", State.DRAFT), ("c", State.SCHEDULED)):
        Revision.objects.create(
            kind="glossary",
            slug=slug,
            state=state,
            author=author,
            publish_on=yesterday if state == State.SCHEDULED else None,
        )
    lines = exported().splitlines()
    assert f"hjemvej_content_version {float(ContentVersion.current())}" in lines
    assert 'hjemvej_open_revisions{state="draft"} 2.0' in lines
    assert "hjemvej_due_publications 1.0" in lines
    assert 'hjemvej_check{check="database"} 1.0' in lines
    assert "rikke" not in "\n".join(lines)


@pytest.mark.usefixtures("content", "keep_connection")
def test_without_a_database_the_checks_still_answer() -> None:
    def refuse(*arguments: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        lines = exported()
    assert 'hjemvej_check{check="database"} 0.0' in lines
    assert "hjemvej_open_revisions{" not in lines
