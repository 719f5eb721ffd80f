"""What happens at the same moment on several nodes: each in a thread with a connection of its own, on PostgreSQL."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from content.loader import load
from content.models import ContentVersion
from editorial.models import Revision, State
from editorial.publishing import approve, publish_due
from editorial.revisions import EditorialError, open_revision, save_draft
from library.models import Record as RecordRow
from markup.kinds import Kind
from tests.editorial.writing import approver, changed, drafted, editor, submitted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

TERM = (Kind.GLOSSARY, "herberg")


@pytest.fixture
def committed(transactional_db: None) -> None:
    """The content and the groups, for tests that commit; pytest runs them after all others, and empties the tables."""
    call_command("migrate", verbosity=0)
    load(settings.CONTENT_DIR)


def at_once(count: int, work: Callable[[int], object]) -> list[object]:
    """What `count` threads give or raise that begin together."""
    barrier, outcomes = threading.Barrier(count), list[object]()

    def run(number: int) -> None:
        try:
            barrier.wait()
            outcomes.append(work(number))
        except EditorialError as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.usefixtures("committed")
def test_one_of_two_drafts_begun_together_is_kept_and_the_other_writer_is_told() -> None:
    names = [editor("asta"), editor("bo")]
    outcomes = at_once(2, lambda number: save_draft(changed(*TERM, add=f"Af {names[number]}."), names[number]))
    assert sorted(isinstance(outcome, Revision) for outcome in outcomes) == [False, True]
    assert Revision.objects.open().count() == 1


@pytest.mark.usefixtures("committed")
def test_two_approvals_at_once_publish_once() -> None:
    sent = submitted(drafted(changed(*TERM, add="Ny sætning.")))
    people: list[User] = [approver("en"), approver("to")]
    version = ContentVersion.current()
    outcomes = at_once(2, lambda number: approve(sent.pk, people[number], edition=sent.edition))
    assert sorted(isinstance(outcome, Revision) for outcome in outcomes) == [False, True]
    assert ContentVersion.current() == version + 1
    assert open_revision(*TERM) is None


@pytest.mark.usefixtures("committed")
def test_what_is_due_is_published_once_by_however_many_nodes() -> None:
    day = timezone.localdate() + timedelta(days=1)
    slugs = list(RecordRow.objects.filter(kind=Kind.GLOSSARY).order_by("slug").values_list("slug", flat=True)[:4])
    for slug in slugs:
        sent = submitted(drafted(changed(Kind.GLOSSARY, slug, add="Ny sætning.")))
        approve(sent.pk, approver(), edition=sent.edition, publish_on=day)
    version = ContentVersion.current()
    outcomes = at_once(3, lambda _: [revision.slug for revision, problem in publish_due(day) if not problem])
    published = [slug for outcome in outcomes if isinstance(outcome, list) for slug in outcome]
    assert sorted(published) == slugs
    assert ContentVersion.current() == version + len(slugs)
    assert not Revision.objects.filter(state=State.SCHEDULED).exists()
