"""The table of who gets what (`access.tsv`), held against the site: every address, every role, every method."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from content.loader import load
from tests.content.trees import write_tree
from tests.security.access import Row, cell, read_table, route_of, routes
from tests.security.world import ROLES, make_world, visitor

# Nothing here depends on the database.
pytestmark = [pytest.mark.usefixtures("no_content", "own_media"), pytest.mark.sqlite]

# Forms without an account behind them, which have another protection or take nothing.
NO_TOKEN = ("/feedback/", "/api/v1/")


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    settings.STAFF_MFA = settings.MAIL_IS_SET_UP = True
    settings.CONTACT_EMAIL = "hjemvej@example.dk"


@pytest.fixture
def addresses(own_media: Path, no_content: None, tmp_path: Path) -> list[tuple[Row, str]]:
    """Each line of the table with its example, which now leads somewhere: there is one text of each kind."""
    load(write_tree(tmp_path))
    names = make_world()
    return [(row, row.address.format_map(names)) for row in read_table()]


def test_every_address_has_its_line_and_every_line_its_address() -> None:
    lines = [(row.route, row.name) for row in read_table()]
    assert set(lines) - set(routes().items()) == set()
    assert set(routes().items()) - set(lines) == set()
    assert len(lines) == len(set(lines))


def test_every_example_leads_to_the_address_of_its_line(addresses: list[tuple[Row, str]]) -> None:
    assert [address for row, address in addresses if route_of(address) != row.route] == []


@pytest.mark.servers
@pytest.mark.parametrize("role", ROLES)
def test_each_gets_what_the_table_says(role: str, addresses: list[tuple[Row, str]]) -> None:
    client = visitor(role)
    found = [(row.address, row.cells[role], cell(client, address)) for row, address in addresses]
    assert [f"{place}: {got} rather than {wanted}" for place, wanted, got in found if got != wanted] == []


def test_a_form_from_another_site_is_taken_by_no_address(addresses: list[tuple[Row, str]]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = visitor("superuser").cookies
    taken = [
        (address, answer.status_code)
        for row, address in addresses
        if not address.startswith(NO_TOKEN) and (answer := client.post(address)).status_code != 403
    ]
    assert taken == []


@pytest.mark.parametrize("role", ["stranger", "superuser"])
def test_no_page_can_be_framed_or_taken_for_something_else(role: str, addresses: list[tuple[Row, str]]) -> None:
    client = visitor(role)
    for _, address in addresses:
        answer = client.get(address)
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"], address
        assert "default-src 'none'" in answer["Content-Security-Policy"], address
        if answer.streaming:
            b"".join(answer)  # read to its end, a file is closed
