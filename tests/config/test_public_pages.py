"""What holds for every public page: shared by all readers, nothing inline, nothing from elsewhere."""

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from content import page_cache
from library.models import Record
from markup.kinds import Kind

pytestmark = pytest.mark.usefixtures("content")

# Pages without a name of their own for every kind, and pages that depend on their query.
QUERIES = ["/anvisninger/?forpligtelse=skal&princip=1", "/soeg/?q=handleplan", "/love/serviceloven/110/"]
# Each reader gets a form of their own, with the moment at which it was handed out; it is kept by nobody.
FORM = "/feedback/"
# Suggestions would push out pages: see search/suggesting.py.
NOT_KEPT = (FORM, "/api/v1/suggest")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
_LOADED = re.compile(
    r"""<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)=["']((?:https?:)?//[^"']+)""", re.IGNORECASE
)
_CANONICAL = re.compile(r"<link rel=\"canonical\"[^>]*>")


def fixed_addresses() -> list[str]:
    """The address of every named page that takes no arguments, outside the editors' side and the probes."""
    found = []
    for name in _names(get_resolver()):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        if not address.startswith((page_cache.EDITORS, *page_cache.OWN_RULES)):
            found.append(address)
    return sorted(set(found))


def _names(resolver: URLResolver, prefix: str = "") -> list[str]:
    names = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            names += [f"{prefix}{pattern.name}"] if pattern.name else []
        else:
            names += _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
    return names


def addresses() -> list[str]:
    """All pages without arguments, some with a query, and one page of each kind of record."""
    records = [Record.objects.filter(kind=kind.value).order_by("slug").first() for kind in Kind]
    return [*fixed_addresses(), *QUERIES, *(record.address for record in records if record)]


def test_all_kinds_of_page_are_among_those_looked_at() -> None:
    assert len(addresses()) > 20


def test_no_public_page_knows_who_reads_it(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = "hjemvej@example.dk"  # without which security.txt is not there
    for address in addresses():
        response = client.get(address)
        assert response.status_code in (200, 302), address
        assert not response.cookies, address
        assert "cookie" not in response.get("Vary", "").lower(), address
        if response.status_code == 200:
            kept = response.get("Cache-Control") == page_cache.CACHE_CONTROL
            assert kept != (address in NOT_KEPT), address


def test_no_page_depends_on_the_host_that_it_was_asked_from(client: Client) -> None:
    for address in addresses():
        if address == FORM:
            continue
        caches["pages"].clear()
        first = client.get(address).content
        caches["pages"].clear()
        assert client.get(address, headers={"Host": "localhost"}).content == first, address


def test_no_page_has_anything_inline_or_from_another_site(client: Client) -> None:
    for address in addresses():
        response = client.get(address)
        if response.get("Content-Type", "").startswith("text/html"):
            text = _CANONICAL.sub("", response.content.decode())
            assert not _INLINE.search(text), (address, _INLINE.search(text))
            assert not _LOADED.search(text), (address, _LOADED.search(text))
