"""Fixtures that give tests the real content: loaded once per test database, rolled back after each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from pytest_django import Settings

from content.loader import load
from content.models import ContentVersion
from editorial.models import Revision
from guidelines.models import Guideline
from library.models import Record, Tombstone


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The test database with all of content/fixtures, and the search index over it."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's blocker has no public type
        load(settings.CONTENT_DIR)


@pytest.fixture
def content(db: None) -> None:
    """All the real content."""


@pytest.fixture
def no_content(db: None) -> None:
    """An empty knowledge base, as before the first load."""
    Guideline.objects.all().delete()
    Record.objects.all().delete()
    Tombstone.objects.all().delete()
    ContentVersion.objects.all().delete()
    Revision.objects.all().delete()


@pytest.fixture
def views_only(settings: Settings) -> None:
    """Views make all pages, as where no stored one is good: for tests of views, and those that write past the door."""
    settings.STORED_PAGES = False


@pytest.fixture
def own_media(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the images of one test: what is rolled back in the database leaves its files lying."""
    settings.MEDIA_ROOT = folder = tmp_path_factory.mktemp("media")
    return folder


@pytest.fixture(autouse=True)
def _no_cached_pages() -> Iterator[None]:
    """A test that changes content and is rolled back must not leave its pages to the next one."""
    yield
    # The shared cache is in the database, and is rolled back with it.
    for name in ("memory", "pages"):
        caches[name].clear()
