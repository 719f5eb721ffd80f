"""What the tests of backups share: a site with everything in it and an empty one, which take long to make."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.editorial.killing import Site
from tests.operations.installations import EmptySite, furnish, migrate


@pytest.fixture(scope="session")
def furnished(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A site in use; who changes it begins with `restore()`."""
    with django_db_blocker.unblock():
        site = Site(tmp_path_factory.mktemp("furnished"))
        try:
            site.do(furnish)
            site.keep()
            yield site
        finally:
            site.remove()


@pytest.fixture(scope="session")
def kept_empty(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[EmptySite]:
    with django_db_blocker.unblock():
        site = EmptySite(tmp_path_factory.mktemp("empty"), "empty")
        try:
            site.do(migrate)
            site.keep()
            yield site
        finally:
            site.remove()


@pytest.fixture
def empty(kept_empty: EmptySite) -> EmptySite:
    """An installation with its tables, and no more."""
    kept_empty.restore()
    return kept_empty
