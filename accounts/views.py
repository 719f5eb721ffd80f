"""allauth's pages where ours say more: what is set up decides what they offer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from requests import RequestException

View = Callable[..., HttpResponseBase]


def from_admin_login(request: HttpRequest) -> HttpResponseBase:
    """From where the admin asks for a sign-in to where one signs in.

    Whoever is signed in and sent here all the same may not see the admin, and is told so.
    """
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"), "account_login")
    if not request.user.is_staff:
        raise PermissionDenied
    return HttpResponseRedirect(reverse("admin:index"))


def oidc_login(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """To the organisation's own login; where that does not answer, a page that says so."""
    try:
        answer: HttpResponseBase = openid_connect.login(request, provider_id)
        return answer
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)


class LoginView(account.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        provider = settings.OIDC_PROVIDER_ID if settings.OIDC_ISSUER else ""
        return context | {"oidc": provider, "oidc_name": settings.OIDC_NAME, "can_reset": settings.MAIL_IS_SET_UP}


@login_required
def password_change(request: HttpRequest) -> HttpResponseBase:
    """Asks for the old password. Who signs in elsewhere has none here, and gets none."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        raise PermissionDenied
    answer: HttpResponseBase = account.password_change(request)
    return answer


def by_mail(view: View) -> View:
    """`view`, there only where mail can be sent."""

    @wraps(view)
    def wrapped(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        if not settings.MAIL_IS_SET_UP:
            raise Http404
        return view(request, **kwargs)

    return wrapped
