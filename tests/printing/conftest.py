"""Where these tests find their PDFs: setting the whole book takes long, so that what is the same is shared."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(scope="session")
def shared_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def shared_shelf(settings: Settings, shared_var: Path) -> None:
    """For a test that reads PDFs of the content as it is: made by the first that asks, then kept for the others."""
    settings.VAR_DIR = shared_var


@pytest.fixture
def shelf(settings: Settings, tmp_path: Path) -> Path:
    """A shelf of one test, which changes the content or the files."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "pdf"
