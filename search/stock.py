"""The stock search of each engine, over the same texts: what ours is measured against. Nothing of the site uses it.

PostgreSQL with its `danish` configuration and `websearch_to_tsquery`; Whoosh with its Danish analyzer and BM25F.
Both have title and text in two fields, the title weighing as in our own index, and both give whole pages.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from whoosh.analysis import LanguageAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex
from whoosh.qparser import MultifieldParser, OrGroup

from markup.kinds import Kind
from search.documents import LABEL_WEIGHTS, Document, Part
from search.relevance import Find

_TITLE_BOOST = LABEL_WEIGHTS["A"] / LABEL_WEIGHTS["D"]
_MOST = 100
TABLE = "stock_page"
_MATCH = "terms @@ websearch_to_tsquery('danish', %s)"


@dataclass(frozen=True)
class Page:
    """A record's page with all that stands on it, its instructions or provisions too."""

    slug: str
    title: str
    text: str


def pages(documents: Iterable[Document]) -> list[Page]:
    """Our documents as pages."""
    parts: defaultdict[tuple[Kind, str], list[Part]] = defaultdict(list)
    for document in documents:
        parts[document.facts.kind, document.facts.record] += document.parts
    return [
        Page(slug, found[0].text, " ".join(filter(None, (part.text for part in found[1:]))))
        for (_, slug), found in parts.items()
    ]


@contextmanager
def finding(documents: Iterable[Document]) -> Iterator[tuple[str, Find]]:
    """The stock search that belongs to the database of this process: its name, and how to ask it."""
    if connection.vendor == "postgresql":
        with postgres_table(pages(documents)):
            yield "PostgreSQL danish", _find_in_postgres
    else:
        index = whoosh_index(pages(documents), RamStorage())
        yield "Whoosh danish BM25F", lambda text: whoosh_hits(index, text)


# ---------- Whoosh ----------


def whoosh_index(found: Iterable[Page], storage: FileStorage | RamStorage) -> FileIndex:
    """Pages indexed as Whoosh would have it."""
    danish = LanguageAnalyzer("da")
    fields = {"title": TEXT(analyzer=danish, field_boost=_TITLE_BOOST), "text": TEXT(analyzer=danish, stored=True)}
    index = storage.create_index(Schema(slug=ID(stored=True), **fields))
    writer = index.writer()
    for page in found:
        writer.add_document(slug=page.slug, title=page.title, text=page.text)
    writer.commit()
    return index


def whoosh_hits(index: FileIndex, text: str, *, most: int = _MOST, snippets: bool = False) -> list[str]:
    """Any of the words will do, as that is the better of its two ways."""
    parser = MultifieldParser(["title", "text"], index.schema, group=OrGroup)
    with index.searcher() as searcher:
        hits = searcher.search(parser.parse(text), limit=most)
        if snippets:
            for hit in hits:
                hit.highlights("text")
        return [hit["slug"] for hit in hits]


# ---------- PostgreSQL ----------


@contextmanager
def postgres_table(found: Iterable[Page]) -> Iterator[None]:
    """Pages in a table of their own with an index, gone at the end."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {TABLE} (slug text, body text, terms tsvector)")
        cursor.executemany(
            f"INSERT INTO {TABLE} VALUES (%s, %s, setweight(to_tsvector('danish', %s), 'A')"  # noqa: S608 - our own names
            " || setweight(to_tsvector('danish', %s), 'D'))",
            [(page.slug, page.text, page.title, page.text) for page in found],
        )
        cursor.execute(f"CREATE INDEX ON {TABLE} USING gin (terms)")
        cursor.execute(f"ANALYZE {TABLE}")
        try:
            yield
        finally:
            cursor.execute(f"DROP TABLE {TABLE}")


def postgres_hits(text: str, *, most: int = _MOST, snippets: bool = False) -> list[str]:
    """The best pages by ts_rank with the weights of our own index."""
    weights = "{" + ",".join(str(LABEL_WEIGHTS[label]) for label in "DCBA") + "}"
    headline = "ts_headline('danish', body, websearch_to_tsquery('danish', %s))" if snippets else "%s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug, {headline} FROM (SELECT slug, body FROM {TABLE} WHERE {_MATCH}"  # noqa: S608 - our own names
            " ORDER BY ts_rank(%s::float4[], terms, websearch_to_tsquery('danish', %s)) DESC, slug LIMIT %s) AS best",
            [text, text, weights, text, most],
        )
        return [slug for slug, _ in cursor.fetchall()]


def _find_in_postgres(text: str) -> list[str]:
    return postgres_hits(text)
