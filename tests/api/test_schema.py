"""The OpenAPI schema and the page about the API: everything they promise is there."""

import re
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from api.docs import Endpoint, endpoints
from tests.api.asking import ROOT, ask

pytestmark = pytest.mark.usefixtures("content")

ENDPOINTS = {endpoint.path: endpoint for endpoint in endpoints()}
PATHS = {
    "/",
    "/search",
    "/suggest",
    "/themes",
    "/guidelines",
    "/guidelines/{slug}",
    "/instructions",
    "/principles",
    "/principles/{slug}",
    "/actors",
    "/actors/{slug}",
    "/acts",
    "/acts/{slug}",
    "/provisions/{act}/{key}",
    "/glossary",
    "/glossary/{slug}",
    "/resources",
    "/resources/{slug}",
    "/situations",
    "/situations/{slug}",
    "/sources",
    "/sources/{slug}",
}


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        own = {part["$ref"]} if "$ref" in part else set()
        return own.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list) else set()


def test_the_schema_lists_every_endpoint_and_only_reading_ones() -> None:
    paths = ask("/openapi.json")["paths"]

    assert paths.keys() == {f"{ROOT}{path}" for path in PATHS}
    assert {method for methods in paths.values() for method in methods} == {"get"}


def test_the_schema_describes_all_that_it_refers_to() -> None:
    schema = ask("/openapi.json")

    assert schema["openapi"].startswith("3.")
    described = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}
    assert references(schema) - described == set()


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)
def test_every_example_answers_with_the_keys_that_the_schema_names(endpoint: Endpoint) -> None:
    data = ask(endpoint.example.removeprefix(ROOT))

    rows = data.get("results", [data])
    assert rows, endpoint.example
    assert all(row.keys() == {part.name for part in endpoint.properties} for row in rows)


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)
def test_every_parameter_is_explained_in_danish(endpoint: Endpoint) -> None:
    assert endpoint.summary
    assert endpoint.description.endswith(".")
    assert all(parameter.description.endswith(".") for parameter in endpoint.parameters)


def test_the_page_shows_every_endpoint_with_its_parameters_and_a_link_that_works() -> None:
    # Where long addresses may be broken on a small screen.
    page = Client().get(f"{ROOT}/docs").content.decode().replace("<wbr>", "")

    for endpoint in ENDPOINTS.values():
        assert f"GET {endpoint.path}</code>" in page
        assert f'href="{endpoint.example.replace("&", "&amp;")}"' in page
        assert all(f"<code>{parameter.name}</code>" in page for parameter in endpoint.parameters)


def test_the_page_keeps_to_the_content_security_policy() -> None:
    response = Client().get(f"{ROOT}/docs")
    page = response.content.decode()

    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\bsrc=)", page)
    fetched = re.findall(r"<(?:script|img)\b[^>]*\bsrc=\"([^\"]+)\"", page)
    assert all(address.startswith("/static/") for address in fetched)


def test_the_page_uses_no_identifier_twice_and_skips_no_heading() -> None:
    page = Client().get(f"{ROOT}/docs").content.decode()

    identifiers = re.findall(r'\bid="([^"]*)"', page)
    assert sorted(identifiers) == sorted(set(identifiers))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_foot_of_every_page_leads_to_the_page_about_the_api() -> None:
    assert f'<a href="{ROOT}/docs">Data og API</a>' in Client().get("/").content.decode()
