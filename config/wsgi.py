"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Readers wait here: config/databases.py sets bounds to queries.
os.environ["SERVING"] = "1"

_django = get_wsgi_application()

from config.serving import served  # noqa: E402 - the apps must be ready first

application = served(_django)
