"""What people say and the text does not: written by editors, searched, and never shown."""

from dataclasses import replace

import pytest
from django.test import Client, TestCase

from content.plan import record_of
from content.store import save_record
from guidelines.models import Actor, Guideline, Theme
from library.models import Act, GlossaryTerm, Record, Resource
from principles.models import Principle
from search.engines.base import Engine
from search.relevance import found_by_search
from tests.editorial.admin_form import change_address, editor_client, fields_of

KINDS = (Theme, Principle, Guideline, Actor, Act, GlossaryTerm, Resource)


def write(row: Record, *words: str) -> None:
    """Give a record these search words."""
    record = record_of(row)
    save_record(replace(record, fields={**record.fields, "search_words": list(words)}))


def test_pages_of_all_kinds_are_found_by_their_search_words_and_do_not_show_them(
    changed_index: Engine, client: Client
) -> None:
    rows = [model.objects.order_by("pk")[0] for model in KINDS]
    said = [f"plads{row.KIND}garantien" for row in rows]

    with TestCase.captureOnCommitCallbacks(execute=True):
        for row, word in zip(rows, said, strict=True):
            write(row, "et ord", f"som {word}")

    for row, word in zip(rows, said, strict=True):
        assert found_by_search(word) == [row.slug]
        assert word not in client.get(row.address).content.decode()


def test_the_page_about_a_word_comes_before_one_that_only_has_it_for_a_search_word(
    changed_index: Engine,
) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        write(Guideline.objects.get(slug="misbrugsindsatser"), "anvisningsret")

    assert found_by_search("anvisningsret")[0] == "anvisningsret"


@pytest.mark.usefixtures("content")
def test_editors_find_search_words_one_on_each_line() -> None:
    term = GlossaryTerm.objects.get(slug="anvisningsret")

    fields = fields_of(editor_client(), change_address(term))

    assert term.search_words
    assert fields["search_words"].splitlines() == term.search_words
