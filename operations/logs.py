"""How the log is written: one line for each event, as JSON where machines read it, with the id of its request.

No line holds personal data: what may be some is masked (`operations.masking`), and who asked, from where, and with what
query is never written. Needs no settings, so that granian can write its own lines in the same way
(`deploy/granian-logging.json`).
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from operations import request_ids
from operations.masking import masked

# The logger of `operations.observing`: one line for each request.
REQUESTS = "hjemvej.requests"


class TextFormatter(logging.Formatter):
    """For a person at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        request_id = request_ids.current()
        line = masked(super().format(record), request_ids.query_string())
        return f"{line} [{request_id}]" if request_id else line


class JsonFormatter(logging.Formatter):
    """For machines: one JSON object on one line, with what a record has in `fields` (a dict given as `extra`).

    Whoever gives `fields` answers for what is in them; all else is masked.
    """

    def format(self, record: logging.LogRecord) -> str:
        query = request_ids.query_string()
        fields: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage(), query),
        }
        if request_id := request_ids.current():
            fields["request_id"] = request_id
        fields |= getattr(record, "fields", {})
        if record.exc_info:
            fields["exception"] = masked(self.formatException(record.exc_info), query)
        return json.dumps(fields, ensure_ascii=False)


def configuration(form: str, level: str) -> dict[str, Any]:
    """Django's LOGGING. form: "json" or "text"; level: what is too unimportant to be written."""
    formatter = "JsonFormatter" if form == "json" else "TextFormatter"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": f"operations.logs.{formatter}"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers would write some lines twice, and mail others.
            "django": {"handlers": [], "level": level},
            # Missing pages and refused forms are in the line of their request; what is left is what failed.
            "django.request": {"level": "ERROR"},
            # Anybody can send a request with another host's name, and many do; each is answered 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
