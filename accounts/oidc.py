"""What a login from the organisation's own server gives: which of our groups, and with them access to the admin."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.db import transaction

from accounts import groups as ours


def groups_of(told: Mapping[str, Any]) -> set[str]:
    """Our groups for what the server told, in the answer about the user or in the signed token.

    The claim may be one value or a list of them; values that nobody has mapped to a group count for nothing.
    """
    sources = (told.get("userinfo") or {}, told.get("id_token") or {})
    values: list[Any] = []
    for source in sources:
        value = source.get(settings.OIDC_GROUPS_CLAIM, [])
        values += value if isinstance(value, list) else [value]
    return {settings.OIDC_GROUPS[value] for value in values if isinstance(value, str) and value in settings.OIDC_GROUPS}


def give(user: User, names: set[str]) -> None:
    """Make `names` the ones of our groups that `user` is in. Without any of them, no access to the admin."""
    with transaction.atomic():
        now = set(user.groups.filter(name__in=ours.ALL).values_list("name", flat=True))
        user.groups.remove(*Group.objects.filter(name__in=now - names))
        user.groups.add(*[Group.objects.get_or_create(name=name)[0] for name in names - now])
        if user.is_staff != bool(names):
            user.is_staff = bool(names)
            user.save(update_fields=["is_staff"])
