"""The account pages, one by one: what allauth has beyond these (sign-up, e-mail addresses) is not there."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from accounts import views
from accounts.views import by_mail

# The names are the ones that allauth asks for.
_pages = [
    path("log-ind/", views.LoginView.as_view(), name="account_login"),
    path("log-ind/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("log-ud/", account.logout, name="account_logout"),
    path("lukket/", account.account_inactive, name="account_inactive"),
    path("bekraeft/", account.reauthenticate, name="account_reauthenticate"),
    path("bekraeft/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("bekraeft/noegle/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("kodeord/", views.password_change, name="account_change_password"),
    path("glemt-kodeord/", by_mail(account.password_reset), name="account_reset_password"),
    path("glemt-kodeord/sendt/", by_mail(account.password_reset_done), name="account_reset_password_done"),
    path(
        "glemt-kodeord/nyt/",
        by_mail(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^glemt-kodeord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        by_mail(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("", mfa.index, name="mfa_index"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/fjern/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("noedkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("noedkoder/nye/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("noedkoder/hent/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("noegler/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("noegler/tilfoej/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("noegler/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("noegler/<int:pk>/fjern/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("eget-login/afbrudt/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("eget-login/fejl/", social.login_error, name="socialaccount_login_error"),
    path("eget-login/<slug:provider_id>/", views.oidc_login, name="openid_connect_login"),
    path("eget-login/<slug:provider_id>/svar/", oidc.callback, name="openid_connect_callback"),
]

urlpatterns = [
    path("konto/", include(_pages)),
    # Before the admin's own, which knows no second step.
    path("login/", views.from_admin_login),
    path("logout/", account.logout),
    path("password_change/", RedirectView.as_view(pattern_name="account_change_password")),
]
