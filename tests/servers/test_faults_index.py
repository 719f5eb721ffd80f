"""The files of the search index are taken away or spoiled while the site serves: pages go on, searching heals."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers.conftest import MakeSite
from tests.servers.site import eventually
from tests.servers.work import readers

pytestmark = pytest.mark.servers


def delete(index: Path) -> None:
    shutil.rmtree(index)


def spoil(index: Path) -> None:
    for file in index.rglob("*"):
        if file.is_file():
            file.write_bytes(b"stoej" * (file.stat().st_size // 5))


def cut(index: Path) -> None:
    for file in index.rglob("*"):
        if file.is_file():
            with file.open("rb+") as opened:
                opened.truncate(file.stat().st_size // 2)


@pytest.mark.parametrize("harm", [delete, spoil, cut])
def test_the_index_heals_while_readers_read(make_site: MakeSite, harm: Callable[[Path], None]) -> None:
    site = make_site().start()
    asked = "/soeg/?q=herberg&nr="
    assert "Herberg" in site.get(f"{asked}0").text
    with readers(site) as readings:
        harm(site.var / "index")
        numbers = iter(range(1, 10_000))

        def finds() -> bool:
            answer = site.get(f"{asked}{next(numbers)}")
            assert answer.status in (200, 503)
            assert "Traceback" not in answer.text
            return "/begreber/herberg/" in answer.text

        seconds = eventually("a search finds again", finds)
        print(f"{harm.__name__}: a search finds again after {seconds:.1f} s")
    assert set(readings.statuses) == {200}
    # The old process may have had the files open all the time; a new one must find the index in order too.
    site.kill()
    site.start()
    eventually("a search finds after a start", finds)
    assert site.get("/readyz").status == 200, site.get("/readyz").text
