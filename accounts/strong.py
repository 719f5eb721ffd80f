"""Whether a session was opened with more than a password: a code from an app, a security key, or a login elsewhere."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.backends.base import SessionBase

# Holds whose proof it is and of what kind, so that it is never taken for another account's.
_KEY = "accounts_strong"
FACTOR = "factor"
ELSEWHERE = "elsewhere"


def mark(session: SessionBase, user: AbstractBaseUser, kind: str) -> None:
    """Remember that `user` proved more than a password in this session.

    It goes on under another name, so that whoever has seen the one before has seen nothing of use.
    """
    session.cycle_key()
    session[_KEY] = [user.pk, kind]


def has_factor(user: AbstractBaseUser) -> bool:
    """Whether the account has an app or a key set up; recovery codes alone are none."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    found: bool = Authenticator.objects.filter(user_id=user.pk, type__in=kinds).exists()
    return found


def is_strong(session: SessionBase, user: AbstractBaseUser) -> bool:
    """Whether the session is `user`'s and strong still: a factor that has been removed meanwhile counts no more."""
    whose, kind = session.get(_KEY) or (None, "")
    if whose != user.pk:
        return False
    counts: bool = settings.OIDC_IS_STRONG if kind == ELSEWHERE else has_factor(user)
    return counts
