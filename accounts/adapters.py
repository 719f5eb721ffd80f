"""Where allauth asks us: what may be done, what is said in Danish, and what is noted."""

import hashlib
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, User
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from accounts import audit, oidc
from accounts.models import Action
from accounts.recorders import account_name

_WRONG = "Brugernavnet eller kodeordet er forkert."
_WAIT = "Der har været for mange forsøg. Vent et kvarter, og prøv igen."
# A lock is noted once for as long as it lasts, however often somebody rattles the door.
_LOCK_SECONDS = 15 * 60


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontoen er lukket.",
        "email_password_mismatch": _WRONG,
        "username_password_mismatch": _WRONG,
        "invalid_login": _WRONG,
        "incorrect_password": "Kodeordet er forkert.",
        "enter_current_password": "Kodeordet er forkert.",
        "incorrect_code": "Koden er forkert.",
        "too_many_login_attempts": _WAIT,
        "rate_limited": _WAIT,
        "invalid_password_reset": "Linket virker ikke længere.",
        "same_as_current": "Vælg et andet kodeord end det, du har.",
    }
    # What has happened to an account, as the mail to its owner says it.
    notices = {
        "account/email/password_changed": "Dit kodeord er ændret.",
        "account/email/password_reset": "Dit kodeord er ændret med et link fra en e-mail.",
        "mfa/email/totp_activated": "Totrinslogin med en app er slået til.",
        "mfa/email/totp_deactivated": "Totrinslogin med en app er slået fra.",
        "mfa/email/webauthn_added": "En sikkerhedsnøgle er tilføjet.",
        "mfa/email/webauthn_removed": "En sikkerhedsnøgle er fjernet.",
        "mfa/email/recovery_codes_generated": "Der er lavet nye nødkoder.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator, or come with a login from elsewhere."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """As allauth does it: refuse, before the password is even looked at, where there were too many attempts."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            name = account_name(credentials)
            key = hashlib.sha256(self._get_login_attempts_cache_key(request, **credentials).encode()).hexdigest()
            if cache.add(f"accounts:locked:{key}", 1, _LOCK_SECONDS):
                audit.record(Action.LOCKED, actor=name)
            raise

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address: the one that was asked may be any that the site answers to."""
        return f"{settings.SITE_URL}{urlsplit(super().get_reset_password_from_key_url(key)).path}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """One short mail for whatever has happened, with no address or browser in it."""
        address = email or getattr(user, "email", "")
        if settings.MAIL_IS_SET_UP and address and template_prefix in self.notices:
            self.send_mail("accounts/email/notice", address, {"user": user, "what": self.notices[template_prefix]})


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden er forkert.",
        "cannot_generate_recovery_codes": "Slå totrinslogin til, før du laver nødkoder.",
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The name in the app: the user name, which everybody has, rather than an address."""
        return user.get_username()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        return f"Nøgle {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


class OidcAdapter(DefaultSocialAccountAdapter):
    """A login from the organisation's own OpenID Connect server decides who comes in, and as what."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """`pre_social_login` has turned away whom the server gives no group."""
        return True

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away whoever is in none of our groups; give the others the groups that the server says, each time."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(self._refusal(request))
        groups = oidc.groups_of(sociallogin.account.extra_data)
        # What the server tells of a person is used here, and not kept.
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        if sociallogin.is_existing:
            sociallogin.account.save(update_fields=["extra_data"])
            oidc.give(sociallogin.user, groups)
        if not groups:
            audit.record(Action.REFUSED, actor=sociallogin.user.username or "(ukendt konto)", detail="ingen gruppe")
            raise ImmediateHttpResponse(self._refusal(request))
        sociallogin.state["groups"] = sorted(groups)

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        oidc.give(user, set(sociallogin.state["groups"]))
        return user

    def _refusal(self, request: HttpRequest) -> Any:
        return render(request, "socialaccount/no_access.html", {"name": settings.OIDC_NAME}, status=403)
