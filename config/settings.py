"""All settings, from the environment; every variable has a default that suits `make run` on one machine.

`deploy/production.env.example` lists what production sets. `config/checks.py` says what production must not leave out.
"""

import os
from pathlib import Path
from typing import Any

from config.databases import databases
from config.environment import Environment
from config.secret import local_secret_key
from operations import logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)

VAR_DIR = env.folder("HJEMVEJ_VAR", BASE_DIR / "var")

DEBUG = env.flag("DEBUG", False)
SECRET_KEY_IS_GIVEN = bool(env.text("SECRET_KEY"))
SECRET_KEY = env.text("SECRET_KEY") or local_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")
# The address that readers use, without a trailing slash: it stands in feeds, the sitemap and copied references.
SITE_URL = env.address("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "editorial.admin_site.EditorialAdminConfig",  # django.contrib.admin under our own site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "config.static_files.HjemvejStaticFilesConfig",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "markdownx",
    "taggit",
    "config",
    "images",
    "library",
    "principles",
    "guidelines",
    "content",
    "accounts",
    "editorial",
    "feedback",
    "linkcheck",
    "printing",
    "search",
    "api",
    "operations",
]

MIDDLEWARE = [
    # Outside all others, whose work on a public page is done once and kept with it.
    "content.middleware.ContentVersionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.EditorsDoorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Innermost: it stands in for views.
    "content.stored_pages.StoredPageMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
            ],
        },
    },
]

DATABASES = databases(env, VAR_DIR)
DATABASE_ROUTERS = ["content.databases.Router"]
# For so long a process goes on with the content version that it knows; 0: it asks at each request.
CONTENT_VERSION_SECONDS = env.number("CONTENT_VERSION_SECONDS", 1)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3600

# Accounts: docs/accounts.md tells what an operator chooses here.
STAFF_MFA = env.flag("STAFF_MFA", not DEBUG)
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 60)
SESSION_HOURS = env.number("SESSION_HOURS", 10)
OIDC_PROVIDER_ID = "oidc"  # stands in the address that the other server sends people back to
OIDC_ISSUER = env.address("OIDC_ISSUER")
OIDC_NAME = env.text("OIDC_NAME", "organisationens login")
OIDC_GROUPS_CLAIM = env.text("OIDC_GROUPS_CLAIM", "groups")
OIDC_GROUPS = env.pairs("OIDC_GROUPS")
OIDC_IS_STRONG = env.flag("OIDC_IS_STRONG", False)
EMAIL_URL = env.mail("EMAIL_URL")
MAIL_IS_SET_UP = bool(EMAIL_URL)
EMAIL_BACKEND = EMAIL_URL.get("EMAIL_BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = EMAIL_URL.get("EMAIL_HOST", ""), EMAIL_URL.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_URL.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_URL.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_URL.get("EMAIL_USE_TLS", False), EMAIL_URL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM") or env.text("CONTACT_EMAIL", "hjemvej@localhost")

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"reset_password": "accounts.forms.OwnPasswordResetForm"}
# Wrong passwords: for one account, and from one address, behind which a whole town hall may sit.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/15m/key", "reset_password": "20/m/ip,3/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY", False) else 0
MFA_ADAPTER = "accounts.adapters.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Hjemvej"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_FORMS = {
    "add_webauthn": "accounts.forms.NewKeyForm",
    "authenticate_webauthn": "accounts.forms.KeyForm",
    "reauthenticate_webauthn": "accounts.forms.KeyAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are entered by an administrator, and prove nothing
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "accounts.adapters.OidcAdapter"
# A link rather than a form: the policy lets forms go nowhere but to us, and the other server may send people onward.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": OIDC_PROVIDER_ID,
            "name": OIDC_NAME,
            "client_id": env.text("OIDC_CLIENT_ID"),
            "secret": env.text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER},
        }
    )

LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS: list[Path | tuple[str, Path]] = [BASE_DIR / "static"]
DKFDS_DIR = BASE_DIR / "node_modules" / "dkfds" / "dist"
if DKFDS_DIR.is_dir():
    STATICFILES_DIRS.append(("dkfds", DKFDS_DIR))
# Texts name images by this address. nginx may serve the folder, with the headers of images/views.py.
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_DIR", str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static_storage.StaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
# Only under names that change with the content, and compressed only where that gains something: fonts are as they are.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("png", "woff", "woff2", "eot", "ttf", "map")

PAGE_CACHE_URL = env.cache("PAGE_CACHE_URL")
# In a server that several sites may share.
_SHARED_PAGES = {
    "BACKEND": "content.shared_pages.SharedPages",
    "LOCATION": PAGE_CACHE_URL,
    "KEY_PREFIX": f"hjemvej:{SITE_URL}",
}
# Bounded, in the memory of each process.
_PAGES_IN_MEMORY = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": env.number("PAGE_CACHE_ENTRIES", 2000)},
}
CACHES: dict[str, dict[str, Any]] = {
    # Wrong passwords are counted here: in the database, which is what all processes and nodes share already. Large
    # enough that nobody makes room for more guesses by flooding it.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "hjemvej"},
    # Whole public pages, keyed by the content version.
    "pages": {"TIMEOUT": 3600, **(_SHARED_PAGES if PAGE_CACHE_URL else _PAGES_IN_MEMORY)},
}
PAGE_CACHE = env.flag("PAGE_CACHE", not DEBUG)
# Whether pages that are stored finished are served, or made by their views.
STORED_PAGES = env.flag("STORED_PAGES", not DEBUG)
# What the running code is called in ETags; found from the files themselves where it is not given.
CODE_VERSION = env.text("CODE_VERSION")

CONTENT_DIR = BASE_DIR / "content" / "fixtures"
# Off where the database only reads: what is searched for is then not counted.
COUNT_SEARCHES = env.flag("COUNT_SEARCHES", True)
SEARCH_INDEX_DIR = Path(env.text("SEARCH_INDEX_DIR", str(VAR_DIR / "index")))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", 31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER: tuple[str, str] | None = None
BEHIND_PROXY = env.flag("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
# Gone with the browser window: a reader who once saw the login page is not kept from the page cache for a year.
CSRF_COOKIE_AGE = None
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Whether a text must be approved by somebody who has not written on it. A team of one turns it off.
FOUR_EYES = env.flag("HJEMVEJ_FOUR_EYES", True)

MARKDOWNX_MARKDOWNIFY_FUNCTION = "editorial.preview.markdownify"
MARKDOWNX_URLS_PATH = "/admin/forhaandsvisning/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/billeder/"
TAGGIT_CASE_INSENSITIVE = True

# Where readers complain about accessibility; /was leads to the statement at this address.
ACCESSIBILITY_STATEMENT_URL = env.address("ACCESSIBILITY_STATEMENT_URL")
# When the statement was last gone over, which the law asks for every year.
ACCESSIBILITY_STATEMENT_DATE = env.day("ACCESSIBILITY_STATEMENT_DATE")
CONTACT_EMAIL = env.text("CONTACT_EMAIL")
CONTACT_PHONE = env.text("CONTACT_PHONE")

LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "WARNING")
LOGGING = logs.configuration(env.choice("LOG_FORMAT", ("text", "json"), "text"), LOG_LEVEL)
# One port for each worker process; empty: no metrics.
METRICS_PORT = env.ports("METRICS_PORT")
METRICS_HOST = env.text("METRICS_HOST", "127.0.0.1")
# From where on /readyz is concerned about the disk, and about a replica that is behind.
LEAST_FREE_MB = env.number("LEAST_FREE_MB", 500)
MOST_REPLICA_LAG = env.number("MOST_REPLICA_LAG", 30)
