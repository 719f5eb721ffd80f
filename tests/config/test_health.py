"""What load balancers are told."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from content.models import ContentVersion


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


def test_answers_about_health_are_never_cached(client: Client) -> None:
    assert client.get("/healthz")["Cache-Control"] == "no-store"
