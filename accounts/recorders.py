"""What is noted in the audit log without anybody asking: signals of Django and allauth, turned into entries.

Signals rather than calls in the admin, so that a command or a program that changes an account is noted too.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.core import context
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import audit, strong
from accounts.middleware import begin_session
from accounts.models import Action

_FIELDS = {
    "username": "brugernavn",
    "email": "e-mail",
    "is_active": "aktiv",
    "is_staff": "adgang til redaktionen",
    "is_superuser": "superbruger",
}
_UNKNOWN = "(ukendt konto)"


@receiver(auth_signals.user_logged_in)
def signed_in(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    begin_session(request)
    audit.record(Action.SIGNED_IN, actor=user)


@receiver(account_signals.user_logged_in)
def signed_in_elsewhere(
    sender: Any, request: HttpRequest, user: User, sociallogin: SocialLogin | None = None, **kwargs: Any
) -> None:
    if sociallogin is not None and not strong.is_strong(request.session, user):
        strong.mark(request.session, user, strong.ELSEWHERE)


@receiver(auth_signals.user_logged_out)
def signed_out(sender: Any, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        audit.record(Action.SIGNED_OUT, actor=user)


@receiver(auth_signals.user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    audit.record(Action.SIGN_IN_FAILED, actor=account_name(credentials))


def account_name(credentials: dict[str, Any]) -> str:
    """The account somebody tried to sign in to. What is nobody's name is not kept: it may be a password."""
    name, address = credentials.get("username", ""), credentials.get("email", "")
    user = User.objects.filter(username__iexact=name).first() if name else None
    user = user or (User.objects.filter(email__iexact=address).first() if address else None)
    return user.username if user else _UNKNOWN


@receiver(post_save, sender=Authenticator)
def factor_added(sender: Any, instance: Authenticator, created: bool, **kwargs: Any) -> None:
    if not created:
        return
    request = context.request
    # Who has just set one up in this session has also just used it.
    if request is not None and request.user == instance.user and instance.type != Authenticator.Type.RECOVERY_CODES:
        strong.mark(request.session, instance.user, strong.FACTOR)
    audit.record(Action.FACTOR_ADDED, target=instance.user.username, detail=factor_name(instance))


@receiver(post_delete, sender=Authenticator)
def factor_removed(sender: Any, instance: Authenticator, **kwargs: Any) -> None:
    audit.record(Action.FACTOR_REMOVED, target=instance.user.username, detail=factor_name(instance))


@receiver(mfa_signals.authenticator_used)
def factor_used(sender: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
    strong.mark(request.session, user, strong.FACTOR)


@receiver(mfa_signals.authentication_failed)
def factor_failed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    audit.record(Action.FACTOR_FAILED, actor=user, detail=factor_name(authenticator))


def factor_name(authenticator: Authenticator) -> str:
    names = {
        Authenticator.Type.TOTP: "app",
        Authenticator.Type.WEBAUTHN: "sikkerhedsnøgle",
        Authenticator.Type.RECOVERY_CODES: "nødkoder",
    }
    return names[Authenticator.Type(authenticator.type)]


@receiver(pre_save, sender=User)
def user_about_to_change(sender: Any, instance: User, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """Note a change to an account, but neither each sign-in's `last_login` nor a password that is only hashed anew."""
    if update_fields == frozenset({"last_login"}):
        return
    before = User.objects.filter(pk=instance.pk).first() if instance.pk else None
    if before is None:
        return
    changes = [
        f"{label}: {_shown(getattr(before, name))} → {_shown(getattr(instance, name))}"
        for name, label in _FIELDS.items()
        if getattr(before, name) != getattr(instance, name) and (update_fields is None or name in update_fields)
    ]
    if changes:
        audit.record(Action.USER_CHANGED, target=before.username, detail="; ".join(changes))
    # Django keeps the raw password here until a new one is saved; it is None where the hash alone is renewed.
    newly_set = getattr(instance, "_password", None) is not None
    if before.password != instance.password and (newly_set or not instance.has_usable_password()):
        audit.record(Action.PASSWORD_CHANGED, target=before.username)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return str(value) or "–"


@receiver(post_save, sender=User)
def user_created(sender: Any, instance: User, created: bool, **kwargs: Any) -> None:
    if created:
        rights = [label for name, label in _FIELDS.items() if name.startswith("is_s") and getattr(instance, name)]
        audit.record(Action.USER_CREATED, target=instance.username, detail=", ".join(rights))


@receiver(post_delete, sender=User)
def user_deleted(sender: Any, instance: User, **kwargs: Any) -> None:
    audit.record(Action.USER_DELETED, target=instance.username)


@receiver(pre_save, sender=Group)
def group_about_to_change(sender: Any, instance: Group, **kwargs: Any) -> None:
    before = Group.objects.filter(pk=instance.pk).first() if instance.pk else None
    if before is not None and before.name != instance.name:
        audit.record(Action.GROUP_CHANGED, target=before.name, detail=f"navn: {before.name} → {instance.name}")


@receiver(post_save, sender=Group)
def group_created(sender: Any, instance: Group, created: bool, **kwargs: Any) -> None:
    if created:
        audit.record(Action.GROUP_CREATED, target=instance.name)


@receiver(post_delete, sender=Group)
def group_deleted(sender: Any, instance: Group, **kwargs: Any) -> None:
    audit.record(Action.GROUP_DELETED, target=instance.name)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def rights_changed(
    sender: Any, instance: Model, action: str, reverse: bool, model: type[Model], pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Note who gained or lost what; from which end the relation was changed makes no difference."""
    if action not in ("post_add", "post_remove", "pre_clear") or (pk_set is not None and not pk_set):
        return
    sign = "+" if action == "post_add" else "−"
    others = model._default_manager.filter(pk__in=pk_set) if pk_set is not None else _all_related(sender, instance)
    if reverse:
        for other in others:
            audit.record(Action.RIGHTS_CHANGED, target=_name(other), detail=f"{sign} {_name(instance)}")
    else:
        rights = ", ".join(sorted(_name(other) for other in others))
        audit.record(Action.RIGHTS_CHANGED, target=_name(instance), detail=f"{sign} {rights}")


def _all_related(through: Any, instance: Model) -> list[Model]:
    """What a `clear()` is about to take away."""
    for holder, attribute in ((User, "groups"), (User, "user_permissions"), (Group, "permissions")):
        field = getattr(holder, attribute)
        if field.through is through:
            name = attribute if isinstance(instance, holder) else field.field.remote_field.get_accessor_name()
            return list(getattr(instance, name).all())
    return []


def _name(thing: Model) -> str:
    if isinstance(thing, Permission):
        return f"{thing.content_type.app_label}.{thing.codename}"
    return thing.name if isinstance(thing, Group) else str(thing)
