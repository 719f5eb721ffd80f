"""The one way into the audit log."""

from allauth.core import context
from django.contrib.auth.models import AbstractBaseUser

from accounts.models import Action, AuditEntry


def record(action: Action, *, actor: AbstractBaseUser | str | None = None, target: str = "", detail: str = "") -> None:
    """Note that `actor` did `action` to `target`; `detail` says more, in words an auditor understands.

    Without an actor, it is whoever is signed in to the request under way, or else "(system)" for a command. Call it in
    the transaction of what it tells of: both happen, or neither.
    """
    name = _who_asks() if actor is None else actor if isinstance(actor, str) else actor.get_username()
    AuditEntry.objects.create(action=action, actor=name[:150], target=target[:300], detail=detail)


def _who_asks() -> str:
    request = context.request
    if request is None:
        return "(system)"
    user = getattr(request, "user", None)
    return user.get_username() if user is not None and user.is_authenticated else "(ikke logget ind)"
