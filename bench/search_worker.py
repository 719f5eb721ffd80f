"""One engine at one size; prints what it took as JSON. Each step has a process of its own, as a server has:

    python -m bench.search_worker index COUNT     makes the index
    python -m bench.search_worker ask             asks it, as the search page does
    python -m bench.search_worker stock COUNT     makes the stock index, and asks it

Server time is that of the whole page: query read, results ranked, grouped, counted for the filters, passages marked,
HTML made. The stock search of the engine is asked for its ten best documents with passages, and for nothing else.
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
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
    match sys.argv[1:]:
        case ["index", count]:
            result = _indexed(int(count))
        case ["ask"]:
            result = _asked(_page)
        case ["stock", count]:
            result = _stock(int(count))
        case other:
            raise SystemExit(f"There is no step {' '.join(other)}.")
    print(json.dumps(result))


def _queries() -> list[str]:
    """All judged queries, in an order that has nothing to do with their kinds."""
    from search.relevance import read

    queries = [judgement.query for judgement in read(settings.BASE_DIR / "tests" / "search" / "judgements.tsv")]
    random.Random(1).shuffle(queries)
    return queries


def _documents(count: int) -> list[Any]:
    from search.collecting import collect

    return list(scaled(collect(), count))


def _indexed(count: int) -> dict[str, Any]:
    """What it took to index so many documents with ours."""
    from content.catalogue import stored_catalogue
    from content.models import ContentVersion
    from search.engines import get_engine
    from search.indexing import prepare

    documents, engine = _documents(count), get_engine()
    started = time.monotonic()
    entries, vocabulary = prepare(documents, stored_catalogue())
    with engine.writing():
        engine._replace_all(entries, vocabulary, ContentVersion.current())
    seconds = time.monotonic() - started
    tables = ("search_indexeddocument", "search_frequentterm")
    size = sum(map(_table_size, tables)) if engine.transactional else _size(_current())
    return {"index seconds": seconds, "megabytes": size}


def _page(query: str) -> None:
    from content import databases
    from search.views import search_page

    with databases.reader():  # as for each request that only reads
        response = search_page(RequestFactory().get("/soeg/", {"q": query}))
    if response.status_code != 200:
        raise SystemExit(f"The search page answers {response.status_code} to {query!r}.")


def _asked(ask: Ask) -> dict[str, Any]:
    """What all queries took, in milliseconds, sorted: the first time and the second time that they are asked."""
    queries = _queries()
    ask("opvarmning")  # what is loaded once belongs to no query
    return {name: sorted(_milliseconds(ask, query) for query in queries) for name in ("first", "again")}


def _milliseconds(ask: Ask, query: str) -> float:
    started = time.perf_counter()
    ask(query)
    return (time.perf_counter() - started) * 1000


def _stock(count: int) -> dict[str, Any]:
    """What it took to index so many documents as the engine itself does it, and to ask for them."""
    from search import stock

    pages = [
        stock.Page(document.facts.record, document.parts[0].text, " ".join(part.text for part in document.parts[1:]))
        for document in _documents(count)
    ]
    started = time.monotonic()
    if connection.vendor == "postgresql":
        with stock.postgres_table(pages):
            took = {"index seconds": time.monotonic() - started, "megabytes": _table_size(stock.TABLE)}
            del pages
            return {**took, **_asked(lambda text: stock.postgres_hits(text, most=_SHOWN, snippets=True))}
    folder = Path(settings.SEARCH_INDEX_DIR).with_name("stock")
    folder.mkdir()
    index = stock.whoosh_index(pages, FileStorage(str(folder)))
    took = {"index seconds": time.monotonic() - started, "megabytes": _size(folder)}
    del pages
    return {**took, **_asked(lambda text: stock.whoosh_hits(index, text, most=_SHOWN, snippets=True))}


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
