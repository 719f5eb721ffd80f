"""One engine at one size, in a process of its own: `python -m bench.search_worker COUNT` prints what it took as JSON.

Server time is that of the whole page: query read, results ranked, grouped, counted for the filters, passages marked,
HTML made. The stock search of the engine is asked for its ten best documents with passages, and for nothing else.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from whoosh.filedb.filestore import FileStorage

from bench.corpus import scaled

_SHOWN = 10

Ask = Callable[[str], object]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    count = int(sys.argv[1])
    queries = _queries()
    documents, ours = _indexed(count)
    result = {"documents": count, "ours": {**ours, **_asked(_page, queries)}, "stock": _stock(documents, queries)}
    print(json.dumps(result))


def _queries() -> list[str]:
    """All judged queries, in an order that has nothing to do with their kinds."""
    from search.relevance import read

    queries = [judgement.query for judgement in read(settings.BASE_DIR / "tests" / "search" / "judgements.tsv")]
    random.Random(1).shuffle(queries)
    return queries


def _indexed(count: int) -> tuple[Sequence[Any], dict[str, float]]:
    """The documents, and what it took to index them with ours."""
    from content.catalogue import stored_catalogue
    from content.models import ContentVersion
    from search.collecting import collect
    from search.engines import get_engine
    from search.indexing import prepare

    documents, engine = list(scaled(collect(), count)), get_engine()
    started = time.monotonic()
    entries, vocabulary = prepare(documents, stored_catalogue())
    with engine.writing():
        engine._replace_all(entries, vocabulary, ContentVersion.current())
    seconds = time.monotonic() - started
    tables = ("search_indexeddocument", "search_frequentterm")
    size = sum(map(_table_size, tables)) if engine.transactional else _size(_current())
    return documents, {"index seconds": seconds, "megabytes": size}


def _page(query: str) -> None:
    from content import databases
    from search.views import search_page

    with databases.reader():  # as for each request that only reads
        response = search_page(RequestFactory().get("/soeg/", {"q": query}))
    if response.status_code != 200:
        raise SystemExit(f"The search page answers {response.status_code} to {query!r}.")


def _asked(ask: Ask, queries: Sequence[str]) -> dict[str, Any]:
    """What all queries took, in milliseconds, sorted: the first time and the second time that they are asked."""
    ask("opvarmning")  # what is loaded once belongs to no query
    return {name: sorted(_milliseconds(ask, query) for query in queries) for name in ("first", "again")}


def _milliseconds(ask: Ask, query: str) -> float:
    started = time.perf_counter()
    ask(query)
    return (time.perf_counter() - started) * 1000


def _stock(documents: Sequence[Any], queries: Sequence[str]) -> dict[str, Any]:
    from search import stock

    pages = [
        stock.Page(document.facts.record, document.parts[0].text, " ".join(part.text for part in document.parts[1:]))
        for document in documents
    ]
    started = time.monotonic()
    if connection.vendor == "postgresql":
        with stock.postgres_table(pages):
            took = {"index seconds": time.monotonic() - started, "megabytes": _table_size(stock.TABLE)}
            return {**took, **_asked(lambda text: stock.postgres_hits(text, most=_SHOWN, snippets=True), queries)}
    folder = Path(settings.SEARCH_INDEX_DIR).with_name("stock")
    folder.mkdir()
    index = stock.whoosh_index(pages, FileStorage(str(folder)))
    took = {"index seconds": time.monotonic() - started, "megabytes": _size(folder)}
    return {**took, **_asked(lambda text: stock.whoosh_hits(index, text, most=_SHOWN, snippets=True), queries)}


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _current() -> Path:
    """The folder of our index, without the one before it."""
    folder = Path(settings.SEARCH_INDEX_DIR)
    return folder / (folder / "current").read_text()


def _table_size(name: str) -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [name])
        return float(cursor.fetchone()[0]) / 1e6


if __name__ == "__main__":
    main()
