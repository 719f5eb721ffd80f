"""Pages of the site as a whole: crawlers, the accessibility statement, and pages for what is not there."""

from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from pytest_django import Settings

from config import urls
from guidelines.models import Situation, Theme
from library.models import Provision, Record, Tombstone

pytestmark = pytest.mark.usefixtures("content")


def fail(request: HttpRequest) -> HttpResponse:
    raise {"400": BadRequest, "403": PermissionDenied}.get(request.GET.get("as", ""), RuntimeError)


class FailingUrls:
    """All addresses, and one that fails in the way it is asked to."""

    urlpatterns = [path("fejl/", fail), *urls.urlpatterns]
    handler400, handler403 = urls.handler400, urls.handler403
    handler404, handler500 = urls.handler404, urls.handler500


def test_was_leads_to_the_accessibility_statement(client: Client, settings: Settings) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/hjemvej-example"
    response = client.get("/was")
    assert (response.status_code, response["Location"]) == (302, "https://was.digst.dk/hjemvej-example")


def test_without_a_statement_was_says_so_and_whom_to_ask(client: Client, settings: Settings) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL, settings.CONTACT_EMAIL = "", "hjemvej@example.org"
    page = client.get("/was").content.decode()
    assert "endnu ikke offentliggjort" in page
    assert "hjemvej@example.org" in page


def test_the_sitemap_has_every_page_at_the_address_readers_use(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://hjemvej.example"
    response = client.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)
    found = {element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    records = Record.objects.values_list("address", flat=True)
    provisions = Provision.objects.select_related("act")
    expected = {*records, *(provision.get_absolute_url() for provision in provisions)}
    assert {f"https://hjemvej.example{address}" for address in expected} <= found
    assert "https://hjemvej.example/" in found


def test_robots_are_led_to_the_sitemap_and_kept_out_of_the_admin(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://hjemvej.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: https://hjemvej.example/sitemap.xml" in lines


def test_an_unknown_address_offers_search_themes_and_situations(client: Client) -> None:
    response = client.get("/findes/ikke/")
    page = response.content.decode()
    assert response.status_code == 404
    assert 'action="/soeg/"' in page
    assert all(f'href="{theme.address}"' in page for theme in Theme.objects.all())
    assert all(f'href="{situation.address}"' in page for situation in Situation.objects.all())


def test_a_renamed_page_leads_to_its_new_address(client: Client) -> None:
    Tombstone.objects.create(address="/begreber/gammelt/", title="Gammelt", successor="/begreber/herberg/")
    response = client.get("/begreber/gammelt/")
    assert (response.status_code, response["Location"]) == (301, "/begreber/herberg/")


def test_a_withdrawn_page_says_that_it_is_gone(client: Client) -> None:
    Tombstone.objects.create(address="/begreber/udgaaet/", title="Udgået begreb")
    response = client.get("/begreber/udgaaet/")
    page = response.content.decode()
    assert response.status_code == 410
    assert "Siden er udgået" in page
    assert "Udgået begreb" in page
    assert 'action="/soeg/"' in page


def test_an_address_without_its_last_slash_is_mended(client: Client) -> None:
    response = client.get("/love/serviceloven")
    assert (response.status_code, response["Location"]) == (301, "/love/serviceloven/")


@pytest.mark.parametrize(
    ("way", "status", "words"),
    [
        ("400", 400, "Forespørgslen kunne ikke læses"),
        ("403", 403, "Ingen adgang"),
        ("500", 500, "Noget gik galt"),
    ],
)
def test_a_failure_is_told_in_danish_with_a_way_onward(client: Client, way: str, status: int, words: str) -> None:
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=FailingUrls):
        response = client.get(f"/fejl/?as={way}")
    page = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert 'href="/"' in page


def test_pages_for_failures_set_no_cookie(client: Client) -> None:
    assert not client.get("/findes/ikke/").cookies


def test_whoever_finds_a_hole_is_told_whom_to_write_to(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL, settings.SITE_URL = "sikkerhed@example.dk", "https://hjemvej.example.dk"
    answer = client.get("/.well-known/security.txt")
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    fields = dict(line.split(": ", 1) for line in lines)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:sikkerhed@example.dk"
    assert fields["Canonical"] == "https://hjemvej.example.dk/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "da, en"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


def test_where_nobody_is_named_there_is_nobody_to_write_to(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    assert client.get("/.well-known/security.txt").status_code == 404
