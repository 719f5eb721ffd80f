"""The settings under test: the real ones, with state in a folder of the run's own and cheap password hashing.

The variables are set before the real settings read them, so that no test can touch `var/` or meet the
developer's own environment. `DATABASE_URL` is let through: that is how the suite chooses its database.
"""

import atexit
import os
import shutil
import tempfile

_var_dir = tempfile.mkdtemp(prefix="hjemvej-tests-")
atexit.register(shutil.rmtree, _var_dir, ignore_errors=True)

for _name in (
    "ACCESSIBILITY_STATEMENT_DATE",
    "ACCESSIBILITY_STATEMENT_URL",
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CONTACT_EMAIL",
    "CONTACT_PHONE",
    "CONTENT_VERSION_SECONDS",
    "CSRF_TRUSTED_ORIGINS",
    "DATABASE_CONNECT_SECONDS",
    "DATABASE_LOCK_SECONDS",
    "DATABASE_QUERY_SECONDS",
    "DATABASE_REPLICA_URL",
    "DEBUG",
    "EMAIL_FROM",
    "HJEMVEJ_FOUR_EYES",
    "EMAIL_URL",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_GROUPS",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ISSUER",
    "OIDC_IS_STRONG",
    "OIDC_NAME",
    "LEAST_FREE_MB",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "MEDIA_DIR",
    "METRICS_HOST",
    "METRICS_PORT",
    "MOST_REPLICA_LAG",
    "PAGE_CACHE",
    "PAGE_CACHE_URL",
    "SEARCH_INDEX_DIR",
    "SECRET_KEY",
    "SERVING",
    "SESSION_HOURS",
    "SESSION_IDLE_MINUTES",
    "SITE_URL",
    "STAFF_MFA",
):
    os.environ.pop(_name, None)
os.environ["HJEMVEJ_VAR"] = _var_dir

from config.settings import *  # noqa: E402, F403 - the settings as they are, after the environment is set

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Plain file names: the tests need no collected files. `tests/test_setup.py` collects them once, as
# production does.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Counting writes from a thread of its own, which the rollback after a test does not reach; its tests switch it on.
COUNT_SEARCHES = False
# What one test publishes, and takes back at its end, no other may remember.
CONTENT_VERSION_SECONDS = 0
# Most tests of the admin are about something else; those of accounts/ switch it on.
STAFF_MFA = False
