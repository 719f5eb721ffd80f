"""What the other tests of this folder rest on: a site that serves the real content, and an editor who gets in."""

import pytest

from tests.servers.site import Site, Visitor, eventually

pytestmark = pytest.mark.servers
GUIDELINE = "/retningslinjer/forebyggelse/generel-forebyggelse/"


def test_a_prepared_site_is_ready_and_shows_a_guideline(site: Site) -> None:
    assert site.get("/readyz").status == 200, site.get("/readyz").text
    assert "Generel forebyggelse" in site.get(GUIDELINE).text


def test_an_editor_signs_in_over_the_wire(site: Site) -> None:
    assert "rikke" in Visitor(site.port).sign_in().get("/admin/").text


def test_a_killed_site_starts_again(site: Site) -> None:
    site.kill()
    with pytest.raises(ConnectionError):
        site.get("/")
    site.start()
    eventually("the page is there", lambda: site.get(GUIDELINE).status == 200)
