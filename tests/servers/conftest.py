"""Sites of their own for the tests of this folder. Preparing one takes long, so that it is done once and copied."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.servers.front import Front, nginx_before
from tests.servers.site import Site

MakeSite = Callable[..., Site]


@pytest.fixture(scope="session")
def prepared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a prepared site on SQLite, with the real content and an editor; to be copied, never served."""
    var = tmp_path_factory.mktemp("prepared") / "var"
    var.mkdir()
    Site(var).prepare()
    return var


@pytest.fixture(scope="module")
def make_site(prepared_var: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeSite]:
    """Makes sites on SQLite with the real content, each over a copy of its own; they are stopped at the end."""
    with ExitStack() as stack:

        def make(**environment: str) -> Site:
            var = tmp_path_factory.mktemp("site") / "var"
            shutil.copytree(prepared_var, var)
            site = Site(var, **environment)
            stack.callback(site.kill)
            return site

        yield make


@pytest.fixture(scope="module")
def site(make_site: MakeSite) -> Site:
    """A site that is served, shared by the tests of a module."""
    return make_site().start()


@pytest.fixture
def front(site: Site, tmp_path: Path) -> Iterator[Front]:
    """An nginx of each test's own, whose cache and counters are empty, before the module's `site`."""
    with nginx_before(site, folder=tmp_path) as front:
        yield front
