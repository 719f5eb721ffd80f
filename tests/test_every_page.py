"""What holds for every public page: found by walking all links from the front page, as a reader or a robot would."""

import re
from collections import deque
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from urllib.parse import parse_qs, unquote, urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library.models import Provision, Record

pytestmark = pytest.mark.usefixtures("content")

HREF = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
ID = re.compile(r'\bid="([^"]*)"')
MOST_QUERIES = 20
MOST_SCRIPT_BYTES = 15_000
NOT_PAGES = ("/static/", "/admin/", "/api/", "/sitemap.xml", "/robots.txt")
# Slow to make the first time; they have tests of their own.
PRINTED = ".pdf"


@dataclass(frozen=True)
class Visit:
    """What one address answered, and how many questions that took to the database."""

    content_type: str
    body: bytes
    queries: int


@cache
def visits() -> dict[str, Visit]:
    """Everything that can be reached by links, without what stands behind a question mark."""
    client = Client()
    # A process reads the search's vocabulary and facts once for each version of the content, whoever asks first.
    client.get("/soeg/")
    found: dict[str, Visit] = {}
    waiting = deque(["/"])
    while waiting:
        address = waiting.popleft()
        if address in found or address.startswith(NOT_PAGES) or address.endswith(PRINTED):
            continue
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, f"{address} answers {response.status_code}"
        visit = found[address] = Visit(response["Content-Type"], response.content, len(queries))
        if visit.content_type.startswith("text/html"):
            waiting.extend(target for target, _ in internal_links(address, response.content.decode()))
    return found


@cache
def pages() -> dict[str, str]:
    """Address → HTML of every page among them."""
    return {
        address: visit.body.decode()
        for address, visit in visits().items()
        if visit.content_type.startswith("text/html")
    }


def internal_links(address: str, page: str) -> list[tuple[str, str]]:
    """(address, fragment) of every link on `page` that stays on the site."""
    links = []
    for href in HREF.findall(page):
        target, fragment = urldefrag(urljoin(address, href.replace("&amp;", "&")))
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc:
            links.append((unquote(parts.path), unquote(fragment)))
    return links


def test_every_record_and_paragraph_can_be_reached_from_the_front_page() -> None:
    addresses = set(Record.objects.values_list("address", flat=True))
    addresses |= {provision.get_absolute_url() for provision in Provision.objects.select_related("act")}
    assert addresses - pages().keys() == set()


def test_every_link_into_a_page_leads_to_a_place_on_it() -> None:
    ids = {address: set(ID.findall(page)) for address, page in pages().items()}
    dead = {
        f"{address} → {target}#{fragment}"
        for address, page in pages().items()
        for target, fragment in internal_links(address, page)
        if fragment and target in ids and fragment not in ids[target]
    }
    assert dead == set()


def test_every_kind_of_question_that_a_link_asks_is_answered() -> None:
    """One link for each address and set of parameters: there are thousands of them."""
    questions: dict[tuple[str, frozenset[str]], str] = {}
    for address, page in pages().items():
        for href in HREF.findall(page):
            parts = urlsplit(urljoin(address, href.replace("&amp;", "&")))
            if parts.query and not parts.netloc:
                questions[parts.path, frozenset(parse_qs(parts.query))] = f"{parts.path}?{parts.query}"
    client = Client()
    answers = {question: client.get(question).status_code for question in questions.values()}
    assert len(answers) > 5
    assert {question: status for question, status in answers.items() if status != 200} == {}


def test_every_page_has_one_heading_a_title_a_description_and_one_place_to_call_its_own() -> None:
    for address, page in pages().items():
        assert page.count("<h1") == 1, address
        title = re.search(r"<title>\s*(.+?)\s*</title>", page, re.DOTALL)
        assert title, address
        assert "Hjemvej" in title[1], address
        assert not title[1].startswith("–"), address
        assert re.search(r'<meta name="description" content="[^"]{20,}', page), address
        assert f'<link rel="canonical" href="http://127.0.0.1:8000{address}">' in page, address


def test_no_page_uses_an_identifier_twice() -> None:
    for address, page in pages().items():
        ids = ID.findall(page)
        assert sorted(ids) == sorted(set(ids)), address


def test_no_page_has_script_or_style_that_the_content_security_policy_forbids() -> None:
    for address, page in pages().items():
        assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", page), address
        assert not re.search(r"<script(?![^>]*\bsrc=)", page), address


def test_no_page_fetches_anything_from_elsewhere() -> None:
    for address, page in pages().items():
        fetched = re.findall(r"<(?:script|img|iframe)\b[^>]*\bsrc=\"([^\"]+)\"", page)
        fetched += re.findall(r"<link\b(?![^>]*(?:canonical|alternate))[^>]*\bhref=\"([^\"]+)\"", page)
        assert all(target.startswith("/static/") for target in fetched), address


def test_no_page_asks_the_database_more_than_twenty_questions() -> None:
    counts = {address: visit.queries for address, visit in visits().items()}
    assert {address: count for address, count in counts.items() if count > MOST_QUERIES} == {}


def test_all_scripts_together_are_small() -> None:
    scripts = {src for page in pages().values() for src in re.findall(r'<script\b[^>]*\bsrc="/static/([^"]+)"', page)}
    sizes = {name: (settings.BASE_DIR / "static" / name).stat().st_size for name in scripts}
    assert 0 < sum(sizes.values()) <= MOST_SCRIPT_BYTES, sizes


def test_no_page_sets_a_cookie() -> None:
    client = Client()
    for address in pages():
        client.get(address)
    assert not client.cookies


def test_heading_levels_are_not_skipped() -> None:
    for address, page in pages().items():
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, address


def test_the_menu_marks_where_the_reader_is() -> None:
    for name in ("guidelines:themes", "principles:matrix", "library:glossary"):
        assert pages()[reverse(name)].count("aria-current") >= 1
