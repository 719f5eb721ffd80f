"""An index that tests may change: on disk, where the database's rollback does not reach, it is put back after each."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from content.models import ContentVersion
from search.engines import get_engine
from search.engines.base import Engine


@pytest.fixture
def engine(content: None) -> Engine:
    """The engine of the database of this run, at the version of the content."""
    engine = get_engine()
    if engine.version() != ContentVersion.current():
        engine.rebuild()
    return engine


@pytest.fixture
def changed_index(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """The same, for tests that write."""
    folder, kept = Path(settings.SEARCH_INDEX_DIR), tmp_path / "kept"
    if engine.transactional:
        yield engine
        return
    shutil.copytree(folder, kept)
    yield engine
    for path in kept.iterdir():
        if path.is_dir():
            # Under a new name, so that nobody takes it for the folder that is open.
            shutil.copytree(path, folder / f"{path.name}-{tmp_path.name}"[-60:], dirs_exist_ok=True)
    name = (kept / "current").read_text()
    (folder / "current").write_text(f"{name}-{tmp_path.name}"[-60:])
