"""The door to the editors' side: sessions that have lasted too long end, and staff prove more than a password."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from accounts import audit, strong
from accounts.models import Action

EDITORS = "/admin/"
ACCOUNT = "/admin/konto/"
# Where one shows who one is, or leaves. The rest of the account is closed too while there is a second factor that has
# not been shown: the password alone would be enough to take it away.
_PROVING = (f"{ACCOUNT}log-ind/", f"{ACCOUNT}log-ud/", f"{ACCOUNT}bekraeft/")
_SIGNED_IN, _SEEN = "accounts_signed_in", "accounts_seen"
# How often a session in use is written to say so.
_SEEN_STEP = 60


def begin_session(request: HttpRequest) -> None:
    """Start the clocks of a session that has just been signed in to."""
    request.session[_SIGNED_IN] = request.session[_SEEN] = int(time.time())


class EditorsDoorMiddleware:
    """Asks about the session at the editors' addresses only: public pages must not depend on a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info.startswith(ACCOUNT):
            _meet_database()
        if request.path_info.startswith(EDITORS) and request.user.is_authenticated:
            turned_away = _expired(request, request.user) or _too_weak(request, request.user)
            if turned_away:
                return turned_away
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """allauth calls the host `site`, which hides what our templates know by that name."""
        if request.path_info.startswith(ACCOUNT) and response.context_data:
            response.context_data.pop("site", None)
        return response


def _meet_database() -> None:
    """Raises where the database is away: what counts wrong passwords there would take that for too many of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _expired(request: HttpRequest, user: User) -> HttpResponseBase | None:
    """To the sign-in page when the session is too old, or nobody has used it for too long."""
    now = int(time.time())
    signed_in, seen = request.session.get(_SIGNED_IN, 0), request.session.get(_SEEN, 0)
    if now - signed_in >= settings.SESSION_HOURS * 3600 or now - seen >= settings.SESSION_IDLE_MINUTES * 60:
        audit.record(Action.EXPIRED, actor=user)
        logout(request)
        return redirect_to_login(_address(request), reverse("account_login"))
    if now - seen >= _SEEN_STEP:
        request.session[_SEEN] = now
    return None


def _too_weak(request: HttpRequest, user: User) -> HttpResponseBase | None:
    """To where a second factor is set up, or shown where there is one, when staff came in by password alone."""
    if not (settings.STAFF_MFA and user.is_staff) or request.path_info.startswith(_PROVING):
        return None
    if strong.is_strong(request.session, user):
        return None
    if not strong.has_factor(user):
        is_setting_up = request.path_info.startswith(ACCOUNT)
        return None if is_setting_up else HttpResponseRedirect(reverse("mfa_index"))
    return HttpResponseRedirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': _address(request)})}")


def _address(request: HttpRequest) -> str:
    """Where to go on afterwards: the page itself, or the admin's front page where something was being sent."""
    return request.get_full_path() if request.method == "GET" else reverse("admin:index")
