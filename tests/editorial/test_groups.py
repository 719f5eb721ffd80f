"""The three groups come with the database, and stay as the administrators leave them."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command

from accounts.groups import ADMINISTRATOR, ALL, APPROVER, EDITOR
from tests.editorial.writing import administrator, approver, editor

pytestmark = pytest.mark.django_db


def test_they_are_there() -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= set(ALL)


@pytest.mark.parametrize(
    ("permission", "allowed"),
    [
        ("guidelines.change_guideline", (True, True, True)),
        ("library.delete_source", (True, True, True)),
        ("editorial.approve_revision", (False, True, True)),
        ("auth.change_user", (False, False, True)),
        ("auth.change_group", (False, False, True)),
        ("search.change_synonym", (False, False, True)),
        ("library.change_tombstone", (False, False, True)),
        ("feedback.view_reply", (True, True, True)),
    ],
)
def test_each_may_do_its_part(permission: str, allowed: tuple[bool, ...]) -> None:
    assert tuple(user.has_perm(permission) for user in (editor(), approver(), administrator())) == allowed


def test_a_right_taken_from_a_group_stays_away_and_a_deleted_group_comes_back() -> None:
    approvers = Group.objects.get(name=APPROVER)
    approvers.permissions.remove(approvers.permissions.get(codename="delete_source"))
    Group.objects.get(name=ADMINISTRATOR).delete()
    call_command("migrate", verbosity=0)
    assert not approvers.permissions.filter(codename="delete_source").exists()
    assert Group.objects.get(name=ADMINISTRATOR).permissions.filter(codename="change_user").exists()
    assert Group.objects.get(name=EDITOR).permissions.exists()
