"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# Readers wait here: config/databases.py sets bounds to queries.
os.environ["SERVING"] = "1"

_django = get_wsgi_application()
# By name, because it can be imported only now that the apps are ready.
application = import_string("config.serving.served")(_django)
