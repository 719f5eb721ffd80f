"""Much is published in quick succession, as when many texts are approved at once, and people search meanwhile."""

from pathlib import Path

import pytest

from scripts import postgres
from tests.servers.conftest import MakeSite
from tests.servers.site import Site, eventually
from tests.servers.work import publishing, readers

pytestmark = pytest.mark.servers

SEARCHES = ("/soeg/?q=herberg", "/soeg/?q=beboer+paa+boform", "/soeg/?q=naloxon", "/api/v1/search?q=recovery")
# The index then changes in the middle of a search several times.
TIMES = 30


def check_that_searches_are_answered(site: Site) -> None:
    with readers(site, *SEARCHES) as readings, readers(site, *reversed(SEARCHES)) as others, publishing(site) as done:
        eventually("enough is published", lambda: len(done) >= TIMES, seconds=120)
    assert set(readings.statuses | others.statuses) == {200}


def test_on_sqlite(make_site: MakeSite) -> None:
    check_that_searches_are_answered(make_site().start())


def test_on_postgresql(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    with postgres.running() as url:
        site = Site(tmp_path / "var", DATABASE_URL=url)
        site.prepare()
        site.start()
        try:
            check_that_searches_are_answered(site)
        finally:
            site.kill()
