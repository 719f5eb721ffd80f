"""Instructions whose law has changed since somebody last read it: told to readers, queued for editors."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guidelines.models import Guideline, Instruction
from library.models import Amendment, Provision
from tests.editorial.admin_form import editor_client

pytestmark = pytest.mark.usefixtures("content", "views_only")

CHECKED = date(2024, 3, 2)
MARK = "Lovgrundlaget er ændret siden vores kontrol den 2. marts 2024"


@pytest.fixture
def guideline(content: None) -> Guideline:
    """Checked on CHECKED; the provisions that its instructions rest on have not changed since."""
    guideline = Guideline.objects.get(slug="boligfastholdelse")
    Guideline.objects.filter(pk=guideline.pk).update(law_checked=CHECKED)
    Amendment.objects.filter(provision__bases__instruction__guideline=guideline).delete()
    guideline.refresh_from_db()
    return guideline


@pytest.fixture
def instruction(guideline: Guideline) -> Instruction:
    found = guideline.instructions.filter(bases__provision__isnull=False).order_by("position").first()
    assert found is not None
    return found


def change(instruction: Instruction, day: date, *, is_proposed: bool = False) -> Provision:
    """A change in the first provision that the instruction rests on."""
    basis = instruction.bases.exclude(provision=None)[0]
    assert basis.provision is not None
    Amendment.objects.create(
        act=basis.provision.act,
        provision=basis.provision,
        position=900,
        date=day,
        summary="Prøvens ændring.",
        html="Prøvens ændring.",
        is_proposed=is_proposed,
    )
    return basis.provision


def drifted() -> set[int]:
    return set(Instruction.objects.with_changed_law().values_list("pk", flat=True))


def test_a_newer_change_marks_every_instruction_that_rests_on_the_paragraph(instruction: Instruction) -> None:
    provision = change(instruction, CHECKED + timedelta(days=1))
    resting = instruction.guideline.instructions.filter(bases__provision=provision)
    assert drifted() == set(resting.values_list("pk", flat=True))


def test_the_newest_of_several_changes_is_the_one_named(instruction: Instruction) -> None:
    provision = change(instruction, CHECKED + timedelta(days=1))
    Amendment.objects.create(act=provision.act, provision=provision, position=901, date=CHECKED + timedelta(days=9))
    found = Instruction.objects.with_law_drift().get(pk=instruction.pk)
    assert found.law_changed == CHECKED + timedelta(days=9)


@pytest.mark.parametrize("days", [0, -1])
def test_a_change_that_the_check_took_in_marks_nothing(instruction: Instruction, days: int) -> None:
    change(instruction, CHECKED + timedelta(days=days))
    assert drifted() == set()


def test_a_bill_marks_nothing(instruction: Instruction) -> None:
    change(instruction, CHECKED + timedelta(days=1), is_proposed=True)
    assert drifted() == set()


def test_a_change_marks_from_the_day_on_which_it_comes_into_force(instruction: Instruction) -> None:
    today = timezone.localdate()
    provision = change(instruction, today + timedelta(days=1))
    assert drifted() == set()
    provision.amendments.update(date=today)
    assert instruction.pk in drifted()


def test_where_no_check_is_known_nothing_is_claimed_and_the_editors_are_told(instruction: Instruction) -> None:
    change(instruction, CHECKED + timedelta(days=1))
    Guideline.objects.filter(pk=instruction.guideline_id).update(law_checked=None)
    assert drifted() == set()
    assert instruction in Instruction.objects.with_unchecked_law()


def test_an_instruction_that_rests_on_no_law_needs_no_check() -> None:
    lawless = Instruction.objects.exclude(bases__provision__isnull=False)
    assert lawless.exists()
    assert not Instruction.objects.with_unchecked_law().filter(pk__in=lawless.values("pk")).exists()


def test_readers_are_told_on_guideline_finder_and_paragraph(client: Client, instruction: Instruction) -> None:
    provision = change(instruction, date(2025, 5, 1))
    resting = instruction.guideline.instructions.filter(bases__provision=provision).distinct().count()
    addresses = (
        instruction.guideline.address,
        f"/anvisninger/?retningslinje={instruction.guideline.slug}",
        provision.get_absolute_url(),
    )
    for address in addresses:
        page = client.get(address).content.decode()
        assert page.count('class="drift"') >= resting, address
        assert MARK in page, address
        assert "senest den 1. maj 2025" in page, address


def test_readers_of_a_situation_are_told_too(client: Client, instruction: Instruction) -> None:
    change(instruction, date(2025, 5, 1))
    situation = instruction.situations.first()
    assert situation is not None
    assert MARK in client.get(situation.address).content.decode()


def test_readers_are_told_nothing_where_nothing_has_changed(client: Client, guideline: Guideline) -> None:
    assert 'class="drift"' not in client.get(guideline.address).content.decode()


def test_editors_find_what_has_changed_and_what_was_never_checked(instruction: Instruction) -> None:
    change(instruction, CHECKED + timedelta(days=1))
    client = editor_client()
    index = client.get("/admin/").content.decode()
    never = Instruction.objects.with_unchecked_law().count()
    assert f"Lovgrundlag ændret siden kontrol ({len(drifted())})" in index
    assert f"Lovgrundlag aldrig kontrolleret ({never})" in index
    changed = client.get("/admin/guidelines/instruction/?lovgrundlag=aendret").content.decode()
    assert instruction.title in changed
    unchecked = client.get("/admin/guidelines/instruction/?lovgrundlag=aldrig").content.decode()
    assert instruction.title not in unchecked
    assert f"{never} anvisninger" in unchecked
