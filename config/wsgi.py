"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_django = get_wsgi_application()

from content.front_door import with_front_door  # noqa: E402 - the apps must be ready first
from search.upkeep import check_in_background  # noqa: E402 - the apps must be ready first

application = with_front_door(_django)
check_in_background()
