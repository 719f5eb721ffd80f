"""System checks of how people sign in; `manage.py check --deploy` says what production should not leave out."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from accounts import groups


@register(Tags.security)
def check_oidc(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """A login from elsewhere that is half set up would let nobody in, or say so only to those who try."""
    return list(_oidc_problems()) if settings.OIDC_ISSUER else []


def _oidc_problems() -> Iterator[CheckMessage]:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    for variable, key in (("OIDC_CLIENT_ID", "client_id"), ("OIDC_CLIENT_SECRET", "secret")):
        if not app[key]:
            yield Error(f"OIDC_ISSUER is set, but {variable} is not.", id="hjemvej.E002")
    if not settings.OIDC_GROUPS:
        yield Error(
            "OIDC_ISSUER is set, but OIDC_GROUPS gives nobody access.",
            hint=f"Write value=group, with a semicolon before the next; the groups are {', '.join(groups.ALL)}.",
            id="hjemvej.E003",
        )
    for name in sorted(set(settings.OIDC_GROUPS.values()) - set(groups.ALL)):
        yield Error(
            f"OIDC_GROUPS names {name!r}, which is no group.",
            hint=f"The groups are {', '.join(groups.ALL)}.",
            id="hjemvej.E004",
        )


@register(Tags.security, deploy=True)
def check_way_in(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """What makes the way in to a public site too easy."""
    found: list[CheckMessage] = []
    if not settings.STAFF_MFA:
        problem = "STAFF_MFA is off: staff get in with a password alone."
        found.append(Warning(problem, hint="Leave STAFF_MFA out, or set it to 1.", id="hjemvej.W009"))
    if settings.OIDC_ISSUER.startswith("http://"):
        problem = "OIDC_ISSUER has no https address: what it says of people could come from anybody on the way."
        found.append(Warning(problem, hint="Use the server's https address.", id="hjemvej.W010"))
    return found
