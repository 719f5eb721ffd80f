"""The search engine that belongs to the database: Whoosh beside SQLite, PostgreSQL's own index in PostgreSQL."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from search.engines.base import Engine


def get_engine() -> Engine:
    """The engine of this process for the default database."""
    return _engine(connection.vendor, Path(settings.SEARCH_INDEX_DIR))


@lru_cache(maxsize=8)
def _engine(vendor: str, folder: Path) -> Engine:
    if vendor == "postgresql":
        from search.engines.postgres import PostgresEngine

        return PostgresEngine()
    from search.engines.whoosh import WhooshEngine

    return WhooshEngine(folder)
