"""What load balancers are told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from content.models import ContentVersion
from editorial.models import Revision, State
from operations.readiness import Migrations


def test_the_process_says_that_it_lives_without_asking_the_database(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("content")
def test_it_is_ready_when_content_and_index_are_there(client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.usefixtures("no_content")
def test_it_is_not_ready_before_content_has_been_loaded(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "content" in response.json()["failed"]


@pytest.mark.usefixtures("content")
def test_it_is_not_ready_while_the_index_is_behind_the_content(client: Client) -> None:
    ContentVersion.objects.update(number=ContentVersion.current() + 1)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert list(response.json()["failed"]) == ["search"]


@pytest.mark.usefixtures("content")
def test_it_is_not_ready_when_the_database_does_not_answer(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert "database" in response.json()["failed"]
    assert "gone" not in response.content.decode()


@pytest.mark.usefixtures("content")
def test_a_disk_that_is_filling_up_is_told_of_while_readers_are_served(client: Client, settings: Settings) -> None:
    settings.LEAST_FREE_MB = 10**12
    response = client.get("/readyz")
    assert response.status_code == 200
    assert "MB free for HJEMVEJ_VAR" in response.json()["concerns"]["disk"]
    assert str(settings.VAR_DIR) not in response.content.decode()


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize(("late", "told"), [(timedelta(hours=2), True), (timedelta(minutes=1), False)])
def test_a_timer_that_does_not_publish_is_told_of(client: Client, late: timedelta, told: bool) -> None:
    author = User.objects.create(username="rikke")
    Revision.objects.create(
        kind="glossary",
        slug="ny",
        state=State.SCHEDULED,
        author=author,
        publish_on=timezone.localdate() - timedelta(days=1),
        decided_at=timezone.now() - late,
    )
    response = client.get("/readyz")
    assert response.status_code == 200
    assert ("publishing" in response.json().get("concerns", {})) is told


@pytest.mark.usefixtures("content")
def test_migrations_are_not_looked_up_again_once_they_are_known_to_be_applied(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")
    with django_assert_max_num_queries(6) as queries:
        client.get("/readyz")
    assert not [query for query in queries.captured_queries if "django_migrations" in query["sql"]]


@pytest.mark.usefixtures("content")
def test_a_migration_that_is_not_applied_is_told_of() -> None:
    newest = MigrationLoader(connection).graph.leaf_nodes("search")[0]
    MigrationRecorder(connection).record_unapplied(*newest)
    assert "not applied" in Migrations()()


def test_answers_about_health_are_never_cached(client: Client) -> None:
    assert client.get("/healthz")["Cache-Control"] == "no-store"
