"""Which files of the packages are served: dkfds comes with much that no page of ours asks for."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class HjemvejStaticFilesConfig(StaticFilesConfig):
    """Django's static files, without what would only take time and room when they are collected.

    From dkfds go its other themes, its scripts and sources, and the letters that Danish does not use. The
    full fonts stay, unread: its stylesheet names them, and every file that a stylesheet names must be there.
    """

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "dkfds-*",
        "dkfds.css",
        "dkfds.js",
        "dkfds.min.js*",
        "scss",
        "*.otf",
        "*-Cyrillic.woff*",
        "*-Greek.woff*",
        "*-Latin[23].woff*",
        "*-Pi.woff*",
    ]
