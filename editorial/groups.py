"""The three groups of editors and what each may do. They are made with the database, where they are missing.

A group that is there is left as it is: who may do what is the administrators' to change.
"""

from collections.abc import Iterable
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions

from accounts.groups import ADMINISTRATOR, APPROVER, EDITOR
from content.registry import MODELS
from guidelines.models import Instruction
from library.models import Tombstone

_ALL = ("view", "add", "change", "delete")
# Adding and changing a text means writing drafts of it, deleting it means proposing that it goes.
WRITES = {
    *(f"{action}_{model._meta.model_name}" for model in MODELS.values() for action in _ALL),
    f"view_{Instruction._meta.model_name}",
    f"view_{Tombstone._meta.model_name}",
    "view_reply",
    "delete_reply",
    "view_searchcount",
    "view_synonym",
    "view_image",
    "upload_image",
    "delete_image",
    "view_externallink",
}
APPROVES = {"approve_revision"}
ADMINISTERS = {
    *(f"{action}_{model}" for model in ("user", "group") for action in _ALL),
    *(f"{action}_synonym" for action in ("add", "change", "delete")),
    "change_tombstone",
    "view_auditentry",
}
PERMISSIONS = {EDITOR: WRITES, APPROVER: WRITES | APPROVES, ADMINISTRATOR: WRITES | APPROVES | ADMINISTERS}
_APPS = (
    "auth",
    "library",
    "principles",
    "guidelines",
    "editorial",
    "feedback",
    "search",
    "accounts",
    "images",
    "linkcheck",
)


def make_groups(using: str, apps: Apps = installed, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: the groups that the database `using` does not have, with their permissions."""
    try:
        group_model, permission_model = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return  # a migration plan that stops before there are groups
    existing = set(group_model._default_manager.using(using).values_list("name", flat=True))
    missing = [name for name in PERMISSIONS if name not in existing]
    if not missing:
        return
    # Django makes the permissions of one app after the other, and has not come to all of them.
    for config in installed.get_app_configs():
        create_permissions(config, verbosity=0, using=using, apps=apps)
    for name in missing:
        group = group_model._default_manager.using(using).create(name=name)
        group.permissions.set(_named(permission_model, PERMISSIONS[name], using))


def _named(permission_model: Any, codenames: Iterable[str], using: str) -> Any:
    """The permissions; `content_type` tells those of the project from any other app's of the same name."""
    return permission_model._default_manager.using(using).filter(
        codename__in=codenames, content_type__app_label__in=_APPS
    )
