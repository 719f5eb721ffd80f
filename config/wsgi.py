"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Readers wait here: config/databases.py sets bounds to queries.
os.environ["SERVING"] = "1"

_django = get_wsgi_application()

from content.front_door import with_front_door  # noqa: E402 - the apps must be ready first
from content.stored_pages import refresh_in_background  # noqa: E402 - the apps must be ready first
from operations import metrics  # noqa: E402 - the apps must be ready first
from operations.observing import observed  # noqa: E402 - the apps must be ready first
from search.upkeep import check_in_background  # noqa: E402 - the apps must be ready first

application = observed(_django, with_front_door)
check_in_background()
refresh_in_background()
if metrics.are_on():
    metrics.serve()
