"""The main menu and what templates know about the site."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from config.context import menu, site


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/love/", {"Love": "page"}),
        ("/love/serviceloven/110/", {"Love": "true"}),
        ("/om/", {}),
        ("/", {}),
    ],
)
def test_the_menu_marks_where_the_reader_is(path: str, current: dict[str, str]) -> None:
    assert {item.label: item.current for item in menu(path) if item.current} == current


def test_the_canonical_address_is_that_of_the_site_without_the_query(settings: Settings) -> None:
    settings.SITE_URL = "https://hjemvej.example"
    request = RequestFactory().get("/soeg/?q=bolig")
    assert site(request)["site"]["canonical"] == "https://hjemvej.example/soeg/"
