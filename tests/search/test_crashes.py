"""Processes that write the index are killed (SIGKILL) in the middle of it, and several write at once."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from content.catalogue import stored_catalogue
from content.models import ContentVersion
from content.store import save_record
from library.models import Source
from markup.record import parse
from search.collecting import collect
from search.engines import get_engine
from search.engines import whoosh as whoosh_engine
from search.engines.base import Engine, IndexBusy
from search.engines.whoosh import WhooshEngine
from search.indexing import prepare
from search.models import FrequentTerm
from search.query import SearchQuery, search
from tests.search.test_engines import SOURCE

Documents = set[tuple[str, str, str]]
LEAST_TOUCHES = 10
TOUCHING = {"open", "os.rename", "os.remove", "os.mkdir", "shutil.rmtree"}


def documents(engine: Engine) -> Documents:
    return {(fact.kind, fact.record, fact.slug) for fact in engine.opened().facts().values()}


def in_child(action: Callable[[], object]) -> int:
    """Do `action` in a process of its own; its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        action()
        code = 0
    finally:
        os._exit(code)


def ending(child: int) -> int:
    """0 where `child` came to a good end; the signal that killed it; 1 if it failed."""
    return abs(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


@pytest.mark.sqlite
class TestOnDisk:
    """The child is killed at each of the moments when it touches a file of the index, one after the other."""

    @pytest.fixture
    def folder(self, engine: Engine, tmp_path: Path, settings: Any) -> Path:
        """A folder for an index of our own, which searches use; `restore` fills it."""
        shutil.copytree(settings.SEARCH_INDEX_DIR, tmp_path / "kept")
        # For a rebuild to tidy away at its end, when the new index is there already.
        (tmp_path / "kept" / "older").mkdir()
        settings.SEARCH_INDEX_DIR = tmp_path / "index"
        return tmp_path / "index"

    def restore(self, folder: Path) -> WhooshEngine:
        """An engine at the index as it was at first."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(folder.parent / "kept", folder)
        return WhooshEngine(folder)

    def kills(self, folder: Path, action: Callable[[WhooshEngine], object]) -> Iterator[None]:
        """Let a process do `action`, killed one touch later each time; then it is for the caller to look."""

        def killed_at(last: int) -> bool:
            def run() -> None:
                engine, count = self.restore(folder), 0

                def watch(event: str, arguments: tuple[Any, ...]) -> None:
                    nonlocal count
                    if event in TOUCHING and str(arguments[0]).startswith(str(folder)):
                        count += 1
                        if count == last:
                            os.kill(os.getpid(), signal.SIGKILL)

                sys.addaudithook(watch)
                action(engine)

            code = ending(in_child(run))
            assert code in (0, signal.SIGKILL)
            return code != 0

        number = 0
        while killed_at(number := number + 1):
            yield
        assert number > LEAST_TOUCHES

    def test_a_rebuild_that_is_killed_leaves_the_old_index_or_the_new_one(self, folder: Path) -> None:
        before = documents(self.restore(folder))
        entries, vocabulary = prepare(collect({source.pk for source in Source.objects.all()}), stored_catalogue())
        facts = [entry.document.facts for entry in entries]
        after = {(fact.kind, fact.record, fact.slug) for fact in facts}
        seen = []

        def rebuild(engine: WhooshEngine) -> None:
            with engine.writing():
                engine._replace_all(entries, vocabulary, engine.version() + 1)

        for _ in self.kills(folder, rebuild):
            seen.append(documents(WhooshEngine(folder)))
            self.can_be_written_and_searched(folder)

        assert before in seen
        assert after in seen
        assert all(found in (before, after) for found in seen)

    def test_an_update_that_is_killed_is_there_as_a_whole_or_not_at_all(self, folder: Path) -> None:
        engine = self.restore(folder)
        gone, before, version = Source.objects.get(slug="nyborg-paragraf-99"), documents(engine), engine.version()
        states = {(version, True), (version + 1, False)}
        seen = set()

        for _ in self.kills(folder, lambda engine: engine.update((), {gone.pk}, version + 1)):
            left = WhooshEngine(folder)
            missing = before - documents(left)
            assert missing <= {("source", gone.slug, gone.slug)}
            seen.add((left.version(), not missing))
            self.can_be_written_and_searched(folder)

        assert seen == states

    def can_be_written_and_searched(self, folder: Path) -> None:
        left = WhooshEngine(folder)
        left.update((), {-1}, left.version() + 1)
        assert left.opened().postings(["hjemløs"])
        ContentVersion.objects.update(number=left.version())
        assert search(SearchQuery("hjemløs")).count

    def test_several_processes_write_one_after_the_other(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        # However slow the machine is, all of them get their turn.
        monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 600.0)
        engine = self.restore(folder)
        before, version = documents(engine), engine.version()
        gone = Source.objects.get(slug="nyborg-paragraf-99").pk

        children = [in_child(WhooshEngine(folder).rebuild) for _ in range(2)]
        children += [in_child(lambda: WhooshEngine(folder).update((), {gone}, version + 1)) for _ in range(2)]

        assert [ending(child) for child in children] == [0, 0, 0, 0]
        assert len(before - documents(WhooshEngine(folder))) <= 1
        assert len([path for path in folder.iterdir() if path.is_dir()]) <= 2
        self.can_be_written_and_searched(folder)


@pytest.mark.postgres
class TestInDatabase:
    """The child has removed all documents and written a few when it is killed."""

    HALF_A_REBUILD = """
import sys, time, django
django.setup()
from content.catalogue import stored_catalogue
from library.models import Source
from search.collecting import collect
from search.engines import get_engine
from search.indexing import prepare
engine = get_engine()
entries, vocabulary = prepare(collect(set(Source.objects.values_list("pk", flat=True)[:5])), stored_catalogue())
with engine.writing():
    engine._replace_all(entries, vocabulary, engine.version() + 1)
    print("written", flush=True)
    time.sleep(60)
"""

    # Content and index change in one transaction, which is nearly at its end.
    HALF_A_CHANGE = """
import time, django
django.setup()
from django.db import transaction
from content.store import save_record
from markup.record import parse
from tests.search.test_engines import SOURCE
with transaction.atomic():
    save_record(parse(SOURCE, "sources/flodhestefolk.md"))
    print("written", flush=True)
    time.sleep(60)
"""

    @pytest.fixture
    def writer(self, engine: Engine, request: pytest.FixtureRequest) -> Iterator["subprocess.Popen[str]"]:
        """A process in the middle of a rebuild, or of what the test asks for."""
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        surroundings = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        process = subprocess.Popen(
            [sys.executable, "-c", getattr(request, "param", self.HALF_A_REBUILD)],
            cwd=settings.BASE_DIR,
            env=surroundings,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "written\n"
        yield process
        process.kill()
        process.wait()
        process.stdout.close()

    def test_searches_find_the_old_index_while_another_process_makes_a_new_one(
        self, engine: Engine, writer: "subprocess.Popen[str]"
    ) -> None:
        assert search(SearchQuery("herberg")).count
        with pytest.raises(IndexBusy), engine.writing(patience=0.2):
            pass

    def test_a_rebuild_that_is_killed_changes_nothing_and_keeps_nobody_out(
        self, engine: Engine, writer: "subprocess.Popen[str]"
    ) -> None:
        state, before = engine.state(), documents(engine)

        writer.send_signal(signal.SIGKILL)
        writer.wait()

        with engine.writing(patience=10):
            assert engine.state() == state
            assert documents(engine) == before
        assert search(SearchQuery("herberg")).count
        get_engine().rebuild()
        assert documents(engine) == before

    @pytest.mark.parametrize("writer", [HALF_A_CHANGE], indirect=True)
    def test_a_change_that_is_killed_changes_neither_content_nor_index(
        self, engine: Engine, writer: "subprocess.Popen[str]"
    ) -> None:
        state, before, version = engine.state(), documents(engine), ContentVersion.current()
        frequent = dict(FrequentTerm.objects.values_list("pk", "data"))

        writer.send_signal(signal.SIGKILL)
        writer.wait()

        with engine.writing(patience=10):
            assert (engine.state(), documents(engine), ContentVersion.current()) == (state, before, version)
            assert dict(FrequentTerm.objects.values_list("pk", "data")) == frequent
        assert frequent
        assert not Source.objects.filter(slug="flodhestefolk").exists()
        save_record(parse(SOURCE, "sources/flodhestefolk.md"))
        assert documents(engine) - before == {("source", "flodhestefolk", "flodhestefolk")}
