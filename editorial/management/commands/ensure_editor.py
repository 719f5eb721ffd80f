"""An editor account for a first run."""

import secrets
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

from content.registry import MODELS

USERNAME = "redaktoer"
GROUP = "Redaktør"


class Command(BaseCommand):
    help = "Creates the account 'redaktoer' with a random password, printed once, unless there is staff already."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(Q(is_staff=True) | Q(username=USERNAME)).exists():
            return
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            user = User.objects.create_user(USERNAME, password=password, is_staff=True)
            user.groups.add(editor_group())
        self.stdout.write(f"Editor account: {USERNAME}   password: {password}   (shown only now)")


def editor_group() -> Group:
    """The group that may edit all content and manage users, made or completed."""
    group, _ = Group.objects.get_or_create(name=GROUP)
    content_types = ContentType.objects.get_for_models(*MODELS.values(), User, Group).values()
    group.permissions.add(
        *Permission.objects.filter(
            Q(content_type__in=content_types)
            | Q(codename__in=["view_instruction", "view_tombstone", "change_tombstone", "view_reply", "delete_reply"])
            | Q(codename="view_searchcount", content_type__app_label="search")
            | Q(codename__endswith="_synonym", content_type__app_label="search")
        )
    )
    return group
