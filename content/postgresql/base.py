"""Connections that give up on a server which says nothing more.

PostgreSQL itself ends a query that takes too long (statement_timeout), but not where it hangs as a whole: the machine
has gone, or its processes stand still. Then the one who waits must end it.
"""

from typing import Any, TypeVar

import psycopg
from django.db.backends.postgresql import base
from django.db.backends.postgresql.psycopg_any import IsolationLevel
from psycopg.abc import PQGen

Result = TypeVar("Result")


class Connection(psycopg.Connection[Any]):
    """A connection on which nothing is waited for longer than `answer_seconds`; None waits for ever."""

    answer_seconds: float | None = None

    def wait(self, gen: PQGen[Result], interval: float = 0.1, timeout: float | None = None) -> Result:
        limit = timeout if timeout is not None else self.answer_seconds
        try:
            return super().wait(gen, interval, limit)
        except psycopg.errors._WaitTimeout as error:
            if timeout is None:
                # What the server would say later, nobody could tell from the answer to another question.
                self.pgconn.finish()
                raise psycopg.OperationalError(f"the server has not answered for {limit:g} seconds") from error
            raise


class DatabaseWrapper(base.DatabaseWrapper):
    """`OPTIONS["answer_seconds"]`: how long an answer is waited for; without it, as long as it takes."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        self.isolation_level = IsolationLevel.READ_COMMITTED
        parameters = dict(conn_params)
        answer_seconds = parameters.pop("answer_seconds", None)
        connection = Connection.connect(**parameters)
        connection.answer_seconds = answer_seconds
        return connection
