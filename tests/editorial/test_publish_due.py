"""Texts that are planned come on their day, once, whoever asks and however often; what cannot come says why."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from content.store import delete_record, save_record
from editorial.models import Revision, State
from editorial.publishing import approve
from markup.kinds import Kind
from markup.record import Record
from tests.editorial.writing import approver, changed, drafted, row_of, submitted

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")
NEW = Record(Kind.GLOSSARY, "noedovernatning", {"title": "Nødovernatning", "summary": "Et sted at sove."}, "Tekst.")


def planned(record: Record, day: date) -> Revision:
    """`record` approved for a coming day, which is then made `day`."""
    sent = submitted(drafted(record))
    done = approve(sent.pk, approver(), edition=sent.edition, publish_on=timezone.localdate() + timedelta(days=9))
    Revision.objects.filter(pk=done.pk).update(publish_on=day)
    return done


def run() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("publish_due", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_what_is_due_is_published_and_what_is_not_waits() -> None:
    today = timezone.localdate()
    due, later = planned(NEW, today), planned(changed(*TERM, add="Senere."), today + timedelta(days=1))
    assert run() == ("glossary/noedovernatning.md: published\n", "")
    assert Revision.objects.get(pk=due.pk).state == State.PUBLISHED
    assert Revision.objects.get(pk=later.pk).state == State.SCHEDULED
    assert run() == ("", "")


def test_a_day_that_was_missed_is_made_up_for() -> None:
    planned(NEW, timezone.localdate() - timedelta(days=3))
    run()
    assert Client().get("/begreber/noedovernatning/").status_code == 200


def test_what_has_errors_by_then_goes_back_with_the_reason_and_stops_no_other() -> None:
    save_record(NEW)
    broken = planned(changed(*TERM, add="Se [[noedovernatning]]."), timezone.localdate())
    delete_record(NEW.kind, NEW.slug)
    fine = planned(changed(Kind.SOURCE, "nr-2020", publisher="Styrelsen"), timezone.localdate())
    out, err = run()
    assert (fine.path in out, broken.path in err) == (True, True)
    back = Revision.objects.get(pk=broken.pk)
    assert (back.state, "noedovernatning" in back.note_to_author) == (State.DRAFT, True)
    assert "noedovernatning" not in row_of(*TERM).text


def test_what_would_undo_a_later_change_goes_back() -> None:
    planned_one = planned(changed(*TERM, add="Planlagt."), timezone.localdate())
    save_record(changed(*TERM, add="Kom imellem."))
    run()
    assert "Flet dem" in Revision.objects.get(pk=planned_one.pk).note_to_author
    assert "Kom imellem." in row_of(*TERM).text
