"""What is searched for is counted, without anything that leads to a person, and without getting in a reader's way."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from content.models import ContentVersion
from search import counting
from search.counting import Tally, normalised
from search.models import SearchCount
from tests.editorial.admin_form import editor_client

pytestmark = pytest.mark.usefixtures("content")
CPR = ["010190-1234", "0101901234", "010190 1234", "01 01 90 1234", "Ole 311299–0007 herberg", "01.01.1990-1234"]


@pytest.fixture
def tally(monkeypatch: pytest.MonkeyPatch) -> Iterator[Tally]:
    """Counting as in production, except that the test says when it is written."""
    monkeypatch.setattr(django_settings, "COUNT_SEARCHES", True)
    tally = Tally(delay=3600)
    monkeypatch.setattr(counting, "tally", tally)
    yield tally
    tally.cancel()


def search(tally: Tally, client: Client | None = None, **parameters: str) -> str:
    response = (client or Client()).get("/soeg/", parameters)
    tally.write()
    assert response.status_code == 200
    return response.content.decode()


def counted() -> list[tuple[str, str, int]]:
    return list(SearchCount.objects.order_by("pk").values_list("text", "filters", "times"))


def test_a_search_is_counted_with_its_filters_and_hits(tally: Tally) -> None:
    search(tally, q="  Herberg! ", forpligtelse="skal", tema="forebyggelse")

    row = SearchCount.objects.get()
    assert (row.text, row.filters, row.times) == ("herberg", "forpligtelse=skal tema=forebyggelse", 1)
    assert (row.day, row.hits > 0) == (timezone.localdate(), True)


def test_the_same_question_is_one_row_however_it_is_written(tally: Tally) -> None:
    for text in ("xyzzy", "XYZZY", " xyzzy? "):
        search(tally, q=text)

    assert counted() == [("xyzzy", "", 3)]


def test_nothing_but_day_text_filters_hits_and_times_is_stored() -> None:
    assert {field.name for field in SearchCount._meta.get_fields()} == {"id", "day", "text", "filters", "hits", "times"}
    assert SearchCount._meta.get_field("day").get_internal_type() == "DateField"


@pytest.mark.parametrize("text", CPR)
def test_what_may_be_a_cpr_number_is_stored_nowhere_and_warned_about(tally: Tally, text: str) -> None:
    html = search(tally, q=text)
    response = Client().get("/soeg/", {"q": text})

    assert "Det ligner et CPR-nummer." in html
    assert counted() == []
    assert response["Cache-Control"] == "no-store"


def test_a_cpr_number_beyond_what_is_searched_for_is_seen_too(tally: Tally) -> None:
    html = search(tally, q="herberg " * 60 + "010190-1234")

    assert "Det ligner et CPR-nummer." in html
    assert counted() == []


@pytest.mark.parametrize("text", ["serviceloven § 110", "33 37 33 37", "lov nr. 482 af 2023", "991399-1234"])
def test_other_numbers_are_no_cpr_numbers(tally: Tally, text: str) -> None:
    assert "CPR" not in search(tally, q=text)
    assert len(counted()) == 1


def test_a_page_from_the_cache_is_not_counted_again_but_what_finds_nothing_is(tally: Tally) -> None:
    for _ in range(3):
        search(tally, q="herberg")
        search(tally, q="xyzzy")

    assert counted() == [("herberg", "", 1), ("xyzzy", "", 3)]


def test_neither_editors_nor_further_pages_nor_empty_searches_are_counted(tally: Tally) -> None:
    search(tally, editor_client(), q="herberg")
    search(tally, q="kommunen", side="2")
    search(tally, q="")
    search(tally, forpligtelse="skal")
    Client().head("/soeg/?q=herberg")
    tally.write()

    assert counted() == []


def test_counting_publishes_nothing(tally: Tally) -> None:
    version = ContentVersion.current()
    search(tally, q="herberg")

    assert ContentVersion.current() == version


def test_a_count_that_cannot_be_written_is_dropped_and_logged_without_its_text(
    tally: Tally, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def read_only(entries: object) -> None:
        raise DatabaseError("attempt to write a readonly database: xyzzy")

    with monkeypatch.context() as patched:
        patched.setattr(counting, "store", read_only)
        search(tally, q="xyzzy")
    search(tally, q="plugh")

    assert "1 searches could not be counted" in caplog.text
    assert "xyzzy" not in caplog.text
    assert counted() == [("plugh", "", 1)]


def test_made_up_searches_fill_neither_memory_nor_database(tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_WAITING", 3)
    monkeypatch.setattr(counting, "MOST_PER_DAY", 4)
    client = Client()
    for number in range(5):
        client.get("/soeg/", {"q": f"xyzzy{number}"})
    tally.write()
    assert SearchCount.objects.count() == 3

    search(tally, q="xyzzy7")
    search(tally, q="xyzzy8")
    search(tally, q="xyzzy7")

    assert ("xyzzy7", "", 2) in counted()
    assert SearchCount.objects.count() == 4


def test_counts_are_kept_for_ninety_days(tally: Tally) -> None:
    today = timezone.localdate()
    for days in (90, 91):
        SearchCount.objects.create(day=today - timedelta(days=days), text=f"for {days} dage siden", hits=0, times=1)

    call_command("prune_searches")
    assert counted() == [("for 90 dage siden", "", 1)]

    SearchCount.objects.update(day=today - timedelta(days=91))
    search(tally, q="herberg")
    assert counted() == [("herberg", "", 1)]


def test_counting_can_be_switched_off(tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "COUNT_SEARCHES", False)
    search(tally, q="herberg")

    assert counted() == []


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("  Fogeden   KOMMER? ", "fogeden kommer"),
        ("§ 110", "§ 110"),
        ('"boform"', "boform"),
        ("+og +boform", "og boform"),
        ("?!", ""),
        ("a" * 500, "a" * 100),
    ],
)
def test_the_normalised_text_is_the_question_without_its_dress(text: str, same: str) -> None:
    assert normalised(text) == same
