"""What the benchmark asks for is what the site has, in the shares that are promised."""

import pytest

from bench.mix import Mix
from tests.servers.conftest import MakeSite

pytestmark = pytest.mark.servers


def test_the_mix_asks_for_many_different_pages_that_are_there(make_site: MakeSite) -> None:
    site = make_site().start()
    requests = [request.split()[1].decode() for request in Mix(site.port).mixed(5000)]
    searches = [path for path in requests if path.startswith("/soeg/")]
    data = [path for path in requests if path.startswith("/api/")]
    pages = [path for path in requests if path not in {*searches, *data}]
    assert [round(len(kind) / 500) for kind in (pages, searches, data)] == [7, 2, 1]
    assert len(set(searches)) == len(searches)
    assert len(set(pages)) > 500
    asked = [*sorted(set(pages))[::40], *searches[:10], *sorted(set(data))[::40]]
    assert {path: site.get(path).status for path in asked} == dict.fromkeys(asked, 200)
