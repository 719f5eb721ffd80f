"""The larger sites of the benchmark are made of pages like the real ones."""

import pytest
from django.test import Client

from bench.records import multiply
from guidelines.models import Guideline, Instruction
from library.models import Act, Record

GUIDELINE = "generel-forebyggelse"


@pytest.fixture
def three_times(content: None) -> None:
    multiply(3)


def test_texts_become_many_and_what_they_hang_on_does_not(content: None) -> None:
    before = Guideline.objects.count(), Instruction.objects.count(), Act.objects.count()
    multiply(3)
    after = Guideline.objects.count(), Instruction.objects.count(), Act.objects.count()
    assert after == (3 * before[0], 3 * before[1], before[2])


def test_every_copy_has_a_page_of_its_own(client: Client, three_times: None) -> None:
    addresses = Record.objects.filter(pk__gt=2_000_000).values_list("address", flat=True)
    some = [*addresses.filter(kind="guideline")[:3], *addresses.order_by("pk")[:400:40]]
    assert [client.get(address).status_code for address in some] == [200] * len(some)


@pytest.mark.usefixtures("three_times")
def test_a_copy_shows_as_much_as_its_model() -> None:
    model, copy = (Guideline.objects.get(slug=slug) for slug in (GUIDELINE, f"{GUIDELINE}-2"))
    for relation in (
        "instructions",
        "principles",
        "actors",
        "related",
        "sources",
        "resources",
        "links_in",
        "links_out",
        "citations",
    ):
        assert getattr(copy, relation).count() == getattr(model, relation).count() > 0, relation
    assert set(copy.tags.names()) == set(model.tags.names())
    assert {source.slug for source in copy.sources.all()} == {f"{source.slug}-2" for source in model.sources.all()}
    assert set(copy.principles.all()) == set(model.principles.all())
    first = copy.instructions.get(position=0)
    assert (first.guideline, first.bases.count() > 0, first.actors.count() > 0) == (copy, True, True)
