"""Answers for load balancers: whether the process lives, and whether it can serve readers."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from content.models import ContentVersion
from search.engines import get_engine


def alive(request: HttpRequest) -> HttpResponse:
    """Always 200 while the process answers; asks nothing of the database."""
    return _answer(200, {"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 when every check holds; otherwise 503, with what is wrong under `failed`, each check by its name."""
    failed = {}
    for name, check in CHECKS.items():
        try:
            problem = check()
        except DatabaseError as error:
            problem = f"the database does not answer: {type(error).__name__}"
        if problem:
            failed[name] = problem
    if failed:
        return _answer(503, {"status": "not ready", "failed": failed})
    return _answer(200, {"status": "ok"})


def _answer(status: int, body: dict[str, object]) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(pending)} not applied" if pending else ""


def _content() -> str:
    return "" if ContentVersion.current() else "nothing has been loaded"


def _search() -> str:
    wanted, found = ContentVersion.current(), get_engine().version()
    return "" if found == wanted else f"the index is at version {found}, the content at {wanted}"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "migrations": _migrations,
    "content": _content,
    "search": _search,
}
