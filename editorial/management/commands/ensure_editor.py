"""An editor account for a first run."""

import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Q

from accounts.groups import ALL

USERNAME = "redaktoer"


class Command(BaseCommand):
    help = "Creates the account 'redaktoer' with a random password, printed once, unless there is staff already."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(Q(is_staff=True) | Q(username=USERNAME)).exists():
            return
        password = secrets.token_urlsafe(12)
        with transaction.atomic():
            user = User.objects.create_user(USERNAME, password=password, is_staff=True)
            user.groups.add(*Group.objects.filter(name__in=ALL))
        self.stdout.write(f"Editor account: {USERNAME}   password: {password}   (shown only now)")
