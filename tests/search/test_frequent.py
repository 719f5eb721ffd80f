"""The terms that very many documents have, packed beside PostgreSQL's own index: the same postings, only sooner."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from content.store import delete_record, save_record
from markup.kinds import Kind
from markup.record import parse
from search.candidates import Listed
from search.engines import frequent
from search.engines.base import Engine
from search.engines.frequent import BLOCK, joined, packed
from search.engines.whoosh import WhooshEngine
from search.indexing import IMPACTS, STEPS
from search.models import FrequentTerm
from tests.search.test_engines import SOURCE

OnCommit = Callable[..., AbstractContextManager[list[object]]]
# Term → what a document is → impact.
Meanings = Mapping[str, Mapping[tuple[str, str, str], float]]


@pytest.fixture
def many(changed_index: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An index in which many of the real terms are frequent."""
    monkeypatch.setattr(frequent, "LEAST", 25)
    changed_index.rebuild()
    return changed_index


def terms() -> set[str]:
    return set(FrequentTerm.objects.values_list("term", flat=True))


def meanings(engine: Engine, wanted: set[str]) -> Meanings:
    facts = engine.opened().facts()
    documents = {number: (fact.kind, fact.record, fact.slug) for number, fact in facts.items()}
    found = engine.opened().postings(wanted)
    return {term: {documents[number]: postings[number] for number in postings} for term, postings in found.items()}


@given(
    steps=st.dictionaries(st.integers(0, 4 * BLOCK), st.integers(1, STEPS)),
    wanted=st.sets(st.integers(0, 5 * BLOCK)),
    most_listed=st.sampled_from([-1, 1, BLOCK]),
    packed_from=st.sampled_from([0, BLOCK]),
)
def test_what_is_packed_is_what_was_there(
    steps: dict[int, int], wanted: set[int], most_listed: int, packed_from: int
) -> None:
    blocks = sorted({number // BLOCK for number in steps})

    with pytest.MonkeyPatch.context() as patch:
        # In long and in short form, and as both that a search may work with.
        patch.setattr(frequent, "MOST_LISTED", most_listed)
        patch.setattr(frequent, "PACKED_FROM", packed_from)
        found = joined(
            (block, packed({number % BLOCK: step for number, step in steps.items() if number // BLOCK == block}))
            for block in blocks
        )

    same = Listed({number: IMPACTS[step] for number, step in steps.items()})
    assert found == same
    assert (found.bits, found.most, found.levels) == (same.bits, same.most, same.levels)
    assert not any(number in found for number in range(5 * BLOCK) if number not in steps)
    half = wanted | set(list(steps)[::2])
    expected = {number: same[number] for number in half if number in same}
    assert dict(found.among(half)) == dict(same.among(half)) == expected
    assert dict(found.among(None)) == same


@pytest.mark.postgres
def test_frequent_terms_say_the_same_as_the_documents_themselves(many: Engine) -> None:
    wanted = terms()
    frequent_ones = meanings(many, wanted)
    FrequentTerm.objects.all().delete()

    assert len(wanted) > 200
    assert frequent_ones == meanings(many, wanted)
    assert all(len(documents) >= frequent.LEAST for documents in frequent_ones.values())


@pytest.mark.postgres
def test_frequent_terms_say_the_same_as_the_index_on_disk(many: Engine, tmp_path: Path) -> None:
    on_disk = WhooshEngine(tmp_path / "index")
    on_disk.rebuild()

    assert meanings(many, terms()) == meanings(on_disk, terms())


@pytest.mark.postgres
def test_frequent_terms_follow_every_change(many: Engine, django_capture_on_commit_callbacks: OnCommit) -> None:
    wanted, before, seen = terms(), meanings(many, terms()), []
    for text in ("hjemløse i kommunen", "borgere i boliger"):
        with django_capture_on_commit_callbacks(execute=True):
            save_record(parse(SOURCE.replace("i vandkanten", text), "sources/flodhestefolk.md"))
        seen.append(meanings(many, wanted))
    with transaction.atomic():
        FrequentTerm.objects.all().delete()
        assert seen[-1] == meanings(many, wanted)
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        delete_record(Kind.SOURCE, "flodhestefolk")

    document = ("source", "flodhestefolk", "flodhestefolk")
    assert [document in found["hjemløs"] for found in seen] == [True, False]
    assert [document in found["bolig"] for found in seen] == [False, True]
    assert meanings(many, wanted) == before
    assert terms() == wanted
