"""allauth's forms where ours ask for less or refuse more."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

# What reading an answer with parts missing, or of another shape, can end in.
_NONSENSE = (KeyError, AttributeError, IndexError, TypeError, ValueError)


class OwnPasswordResetForm(ResetPasswordForm):
    """Sends a link only to those who sign in with a password: a login from elsewhere must not get a second door."""

    def clean_email(self) -> str:
        email: str = super().clean_email()
        found: list[User] = self.users  # type: ignore[has-type]  # set by the line above
        self.users = [user for user in found if user.has_usable_password()]
        return email


class _Readable:
    """A security key's answer that is none is refused as a wrong one, rather than failing."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # a mixin before a form
        except _NONSENSE as error:
            raise ValidationError("Nøglen blev ikke genkendt. Prøv igen.") from error


class KeyForm(_Readable, AuthenticateWebAuthnForm):
    pass


class KeyAgainForm(_Readable, ReauthenticateWebAuthnForm):
    pass


class NewKeyForm(AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except _NONSENSE as error:
            raise ValidationError("Nøglen blev ikke genkendt. Prøv igen.") from error
        return cleaned
