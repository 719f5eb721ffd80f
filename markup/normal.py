"""The normal form of texts and fields: what two writings of the same thing are both turned into."""

import re
import unicodedata
from typing import Any

_BLANKS = re.compile("[ \t\r\n\u2028\u2029]+")
_BREAKS = re.compile("\r\n?")


def one_line(text: str) -> str:
    """A field's text: composed letters (å as one sign), single blanks, none at either end."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def normal_body(text: str) -> str:
    """A body: LF, composed letters, no blanks at line ends, no empty lines at either end.

    Two blanks at a line end are therefore no line break; a backslash is.
    """
    lines = unicodedata.normalize("NFC", _BREAKS.sub("\n", text)).split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines).strip("\n")


def normal_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields without the empty ones, every text in them on one line; lists and entries are copied."""
    normal = {name: _normal_value(value) for name, value in fields.items()}
    return {name: value for name, value in normal.items() if not _is_empty(value)}


def _normal_value(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list | tuple):
        return [item for item in map(_normal_value, value) if not _is_empty(item)]
    if isinstance(value, dict):
        return normal_fields(value)
    return value


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or value == [] or value == {}
