"""The index of whichever database the run is on: it follows the content, and survives what can happen to it."""

import shutil
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.models import ContentVersion
from content.store import delete_record, record_of, save_record
from library.models import Record, Source
from markup.kinds import Kind
from markup.record import parse
from search.documents import LABEL_WEIGHTS, Type
from search.engines import get_engine
from search.engines import whoosh as whoosh_engine
from search.engines.base import Engine, IndexBusy
from search.engines.whoosh import WhooshEngine
from search.indexing import IMPACTS, impact_step
from search.query import SearchQuery, search
from search.snapshot import Snapshot
from search.upkeep import usable_snapshot
from search.words import clean
from tests.search.test_danish import ANY_TEXT

OnCommit = Callable[..., AbstractContextManager[list[object]]]

# A source, since no other text is rendered anew for it.
SOURCE = """---
title: Flodhestefolk
publisher: Zoologisk Have
---
Flodhestefolk bor i vandkanten.
"""


def found(text: str) -> list[str]:
    """The slugs of the pages found, best first."""
    return [group.record for group in search(SearchQuery(clean(text))).groups]


def test_all_records_instructions_and_provisions_are_in_the_index(engine: Engine) -> None:
    facts = engine.opened().facts().values()

    pages = {(fact.kind, fact.record) for fact in facts if fact.type not in (Type.INSTRUCTION, Type.PROVISION)}
    assert pages == {(Kind(kind), slug) for kind, slug in Record.objects.values_list("kind", "slug")}
    assert sum(fact.type is Type.INSTRUCTION for fact in facts) > 200
    assert sum(fact.type is Type.PROVISION for fact in facts) > 200


def test_impacts_are_the_same_numbers_in_both_engines(engine: Engine) -> None:
    """What PostgreSQL computes and what Whoosh has stored are both `indexing.impact_step`."""
    numbers = {
        number
        for number, fact in engine.opened().facts().items()
        if fact.type is Type.TERM and fact.slug == "selvmoederprincip"
    }

    postings = engine.opened().postings(["selvmøderprincip"])["selvmøderprincip"]

    in_title = IMPACTS[impact_step("A")]
    assert all(postings[number] >= in_title for number in numbers)
    assert all(0 < value < in_title * 1.6449341 for value in postings.values())


def test_terms_that_no_document_has_are_left_out(engine: Engine) -> None:
    assert engine.opened().postings(["findesikke", "", "a\x00b", "'\\"]) == {}


def test_a_saved_record_is_found_and_a_deleted_one_is_not(
    changed_index: Engine, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        save_record(parse(SOURCE, "sources/flodhestefolk.md"))
    assert changed_index.version() == ContentVersion.current()
    assert found("flodhestefolk") == ["flodhestefolk"]
    assert found("flodhest") == ["flodhestefolk"]

    with django_capture_on_commit_callbacks(execute=True):
        delete_record(Kind.SOURCE, "flodhestefolk")
    assert found('"flodhestefolk"') == []
    assert changed_index.version() == ContentVersion.current()


def test_a_changed_record_is_found_by_its_new_words_alone(
    changed_index: Engine, django_capture_on_commit_callbacks: OnCommit
) -> None:
    source = Source.objects.get(slug="nyborg-paragraf-99")
    assert source.slug in found("nyborg")
    with django_capture_on_commit_callbacks(execute=True):
        save_record(
            replace(record_of(source), fields={**record_of(source).fields, "title": "Giraffer", "publisher": "Zoo"})
        )

    assert source.slug in found("giraffer")
    assert source.slug not in found('"nyborg"')


def test_an_index_that_has_missed_a_change_is_made_anew(
    changed_index: Engine, django_capture_on_commit_callbacks: OnCommit
) -> None:
    with django_capture_on_commit_callbacks(execute=False):
        save_record(parse(SOURCE, "sources/flodhestefolk.md"))
    with django_capture_on_commit_callbacks(execute=True):
        save_record(parse(SOURCE.replace("lodhest", "orsken"), "sources/forskenefolk.md"))

    assert found('"flodhestefolk"') == ["flodhestefolk"]
    assert changed_index.version() == ContentVersion.current()


def test_a_change_that_was_seen_already_changes_nothing(changed_index: Engine) -> None:
    before = changed_index.state()

    changed_index.update({1, 2, 3}, set(), before.version)

    assert changed_index.state() == before


def test_an_index_ahead_of_the_database_is_made_anew(changed_index: Engine) -> None:
    """As after a database has been put back to an older state."""
    ContentVersion.objects.update(number=ContentVersion.current() + 5)
    changed_index.rebuild()
    ContentVersion.objects.update(number=1)

    _, is_current = usable_snapshot()

    assert is_current
    assert changed_index.version() == 1


def test_an_index_a_little_behind_is_used_and_says_so(engine: Engine, client: Client) -> None:
    ContentVersion.objects.update(number=ContentVersion.current() + 1)

    response = client.get("/soeg/?q=herberg")

    assert "nyt indhold" in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_an_index_of_another_version_of_the_program_is_made_anew(
    changed_index: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("search.engines.base", "search.engines.whoosh", "search.engines.postgres", "search.snapshot"):
        monkeypatch.setattr(f"{module}.FORMAT", "another")
    assert changed_index.version() == 0

    assert found("herberg")

    assert changed_index.version() == ContentVersion.current()


def test_a_search_under_way_while_the_index_is_made_anew_takes_no_document_for_another(changed_index: Engine) -> None:
    before = found("misbrug og psykisk sygdom")
    begun = Snapshot(changed_index.opened())
    changed_index.rebuild()

    results = search(SearchQuery("misbrug og psykisk sygdom"), (begun, True))

    assert [group.record for group in results.groups] == before


def test_numbers_do_not_grow_without_end(changed_index: Engine) -> None:
    """Each change gives its documents new numbers; sets of documents are as long as the highest number."""
    source = Source.objects.get(slug="nyborg-paragraf-99")
    count, _ = changed_index.opened().extent()
    for _ in range(3):
        changed_index.rebuild()
    assert changed_index.opened().extent()[1] <= 2 * count + 1

    for version in range(changed_index.version() + 1, changed_index.version() + 4):
        ContentVersion.objects.update(number=version)
        changed_index.update({source.pk}, set(), version)
    assert changed_index.opened().extent()[0] == count
    assert changed_index.opened().extent()[1] <= 2 * count + 5


def test_rebuilding_gives_the_same_answers(changed_index: Engine) -> None:
    before = found("misbrug og psykisk sygdom")

    changed_index.rebuild()

    assert found("misbrug og psykisk sygdom") == before


def test_the_command_tells_what_it_has_indexed(changed_index: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("rebuild_index")

    printed = capsys.readouterr().out
    assert "anvisninger" in printed
    assert f"at content version {ContentVersion.current()}" in printed


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ANY_TEXT
    | st.lists(st.sampled_from(['"', "*", "AND", "OR", "NOT", "§", "og", "bolig", "\\", "'", ":"])).map(" ".join)
)
def test_any_text_is_a_safe_query(engine: Engine, text: str) -> None:
    results = search(SearchQuery(clean(text)))

    assert results.count == len(results.flat)


class TestOnDisk:
    """What only an index on disk can meet."""

    pytestmark = pytest.mark.sqlite

    @pytest.fixture
    def disk(self, engine: Engine, tmp_path: Path, settings: pytest.FixtureRequest) -> WhooshEngine:
        """A copy of the index in a folder of its own."""
        shutil.copytree(settings.SEARCH_INDEX_DIR, tmp_path / "index")  # type: ignore[attr-defined]  # pytest-django's settings
        settings.SEARCH_INDEX_DIR = tmp_path / "index"  # type: ignore[attr-defined]  # pytest-django's settings
        copied = get_engine()
        assert isinstance(copied, WhooshEngine)
        return copied

    def test_a_missing_index_is_made_at_the_first_search(self, disk: WhooshEngine, tmp_path: Path) -> None:
        shutil.rmtree(tmp_path / "index")
        assert disk.version() == 0

        assert found("herberg")
        assert disk.version() == ContentVersion.current()

    def test_a_damaged_index_is_made_anew(self, disk: WhooshEngine, tmp_path: Path) -> None:
        assert found("herberg")
        for path in (tmp_path / "index").rglob("*.*"):
            if path.is_file():
                path.write_bytes(b"damaged")

        assert found("herberg")

    def test_another_process_sees_what_this_one_wrote(self, disk: WhooshEngine, tmp_path: Path) -> None:
        other = WhooshEngine(tmp_path / "index")
        before = other.state()

        disk.rebuild()

        assert other.state().version == before.version
        assert other.state().stamp != before.stamp
        assert other.opened().postings(["herberg"]) == disk.opened().postings(["herberg"])

    def test_a_writer_waits_for_another_and_gives_up_at_last(
        self, disk: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.2)
        other = WhooshEngine(tmp_path / "index")

        with disk.writing(), pytest.raises(IndexBusy), other.writing():
            pass

    def test_a_search_says_plainly_that_the_index_is_being_made(
        self, disk: WhooshEngine, tmp_path: Path, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shutil.rmtree(tmp_path / "index")
        monkeypatch.setattr(whoosh_engine, "LOCK_SECONDS", 0.1)
        with WhooshEngine(tmp_path / "index").writing():
            page, api = client.get("/soeg/?q=herberg"), client.get("/api/v1/search?q=herberg")

        assert (page.status_code, api.status_code) == (503, 503)
        assert "Søgningen er ikke klar" in page.content.decode()
        assert "/situationer/" in page.content.decode()

    def test_what_a_rebuild_that_was_cut_off_has_left_is_removed(self, disk: WhooshEngine, tmp_path: Path) -> None:
        left = tmp_path / "index" / "half"
        left.mkdir(parents=True)
        (left / "rest").write_text("x")

        disk.rebuild()

        assert not left.exists()

    def test_what_is_open_stays_as_it_was_whatever_is_written(self, disk: WhooshEngine) -> None:
        begun = disk.opened()
        facts, found, state = begun.facts(), begun.postings(["herberg"]), disk.state()
        shown = begun.shown(facts)

        disk.rebuild()
        disk.rebuild()  # which removes the files of the one that is open

        assert disk.state() != state
        assert begun.shown(facts) == shown
        assert (begun.state, begun.facts(), begun.postings(["herberg"])) == (state, facts, found)

    def test_threads_may_search_while_the_index_is_made_anew(self, disk: WhooshEngine) -> None:
        view, _ = usable_snapshot()
        errors: list[BaseException] = []

        def ask() -> None:
            try:
                for _ in range(30):
                    assert view.reading.postings(["herberg", "bolig"])
            except BaseException as error:  # a thread's errors would be lost
                errors.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        disk.rebuild()
        for thread in threads:
            thread.join()

        assert errors == []


def test_labels_weigh_as_the_plan_says() -> None:
    """Exact law reference or title, then alias and tag, then summary, then text."""
    weights = [LABEL_WEIGHTS[label] for label in "ABCD"]

    assert weights == sorted(weights, reverse=True)
