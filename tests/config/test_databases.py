"""How the addresses of databases become Django's settings: with replicas, and with bounds to waiting in servers."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import databases
from config.environment import Environment

PRIMARY = "postgres://hjemvej:pw@db1.example.dk/hjemvej"


def read(**variables: str) -> dict[str, dict[str, Any]]:
    return databases(Environment(variables), Path("/var/lib/hjemvej"))


def test_without_an_address_there_is_one_database_in_a_file() -> None:
    found = read()
    assert list(found) == ["default"]
    assert found["default"]["NAME"] == "/var/lib/hjemvej/hjemvej.sqlite3"


def test_each_replica_is_a_database_of_its_own_in_the_order_given() -> None:
    found = read(DATABASE_URL=PRIMARY, DATABASE_REPLICA_URL="postgres://u@db2/hjemvej, postgres://u@db3/hjemvej")
    assert [(alias, one["HOST"]) for alias, one in found.items()] == [
        ("default", "db1.example.dk"),
        ("replica1", "db2"),
        ("replica2", "db3"),
    ]


def test_a_replica_that_does_not_stream_from_postgresql_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICA_URL is no address of a database"):
        read(DATABASE_URL=PRIMARY, DATABASE_REPLICA_URL="sqlite:////var/copy.sqlite3")


def test_a_server_waits_no_longer_than_it_is_told_and_a_command_as_long_as_it_takes() -> None:
    variables = {"DATABASE_URL": PRIMARY, "DATABASE_QUERY_SECONDS": "5", "DATABASE_LOCK_SECONDS": "2"}
    server = read(SERVING="1", **variables)["default"]["OPTIONS"]
    assert "statement_timeout=5s" in server["options"]
    assert "lock_timeout=2s" in server["options"]
    assert server["answer_seconds"] > 5
    assert read(**variables)["default"]["OPTIONS"] == {"connect_timeout": 3}


def test_zero_seconds_set_no_bound() -> None:
    found = read(SERVING="1", DATABASE_URL=PRIMARY, DATABASE_QUERY_SECONDS="0")
    assert "options" not in found["default"]["OPTIONS"]


def test_what_an_address_says_of_its_connection_counts() -> None:
    found = read(DATABASE_URL=f"{PRIMARY}?sslmode=verify-full&connect_timeout=9")["default"]["OPTIONS"]
    assert found == {"sslmode": "verify-full", "connect_timeout": 9}
