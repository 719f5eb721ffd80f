"""Where a request reads, and for how long a process goes on with the content version that it knows."""

import pytest
from django.contrib.sessions.models import Session
from django.db import InternalError, OperationalError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from content import databases
from content.models import ContentVersion
from guidelines.models import Guideline

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def remembering(settings: Settings) -> None:
    """A process as it is served: it remembers what it was told, here for so long that no test outlasts it."""
    settings.CONTENT_VERSION_SECONDS = 3600
    databases.forget_version()


@pytest.fixture(autouse=True)
def forgetful() -> None:
    databases.forget_version()


@pytest.mark.usefixtures("remembering")
def test_a_page_that_is_kept_is_answered_without_asking_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/principper/")
    with django_assert_num_queries(0):
        assert client.get("/principper/").content == first.content
        assert client.get("/principper/", headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.usefixtures("remembering")
def test_a_process_knows_at_once_what_it_has_published_itself(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = client.get("/principper/")["ETag"]
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ContentVersion.increment()
    assert client.get("/principper/")["ETag"] != before


def test_outside_readers_requests_everything_is_read_from_the_primary() -> None:
    assert databases.alias() == Guideline.objects.all().db == databases.PRIMARY


def test_what_a_reader_gets_is_held_to_one_database_and_let_go_afterwards() -> None:
    with databases.reader():
        held = databases.version()
        ContentVersion.objects.update(number=held + 1)
        assert databases.version() == held
    with databases.reader():
        assert databases.version() == held + 1


def test_sessions_and_counters_are_read_where_they_were_just_written() -> None:
    assert databases.Router().db_for_read(Session) == databases.PRIMARY


def test_a_query_that_fails_in_a_living_database_is_not_tried_again() -> None:
    with databases.reader():
        assert not databases.can_try_again()


@pytest.mark.parametrize("error", [OperationalError("the disk is full"), databases.NoDatabase("none answers")])
def test_a_database_that_is_away_or_full_is_an_outage(error: Exception) -> None:
    assert databases.is_outage(error)


def test_a_fault_of_ours_is_no_outage() -> None:
    assert not databases.is_outage(KeyError("title"))
    assert not databases.is_outage(None)


@pytest.mark.postgres
def test_a_database_that_only_reads_is_an_outage_for_who_writes() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        with pytest.raises(InternalError) as refusal, transaction.atomic():
            ContentVersion.objects.update(number=1)
        # What is read only stays so until the whole transaction ends, which here is the test's.
    assert databases.is_outage(refusal.value)
