"""Fields → front matter in its one canonical form."""

from datetime import date
from typing import Any

import yaml
from yaml.resolver import Resolver

from markup.kinds import ENTRY_FIELDS, Field

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=<~")
_RESOLVER: Any = Resolver()


def write_fields(fields: dict[str, Any], schema: tuple[Field, ...]) -> str:
    """The lines between the two `---`: in schema order, empty fields left out, each line ended by LF."""
    return "".join(_field_lines(field, fields[field.name]) for field in schema if field.name in fields)


def _field_lines(field: Field, value: Any) -> str:
    if field.type in ENTRY_FIELDS:
        entries = (_entry(entry, ENTRY_FIELDS[field.type]) for entry in value)
        return f"{field.name}:\n" + "".join(entries)
    return f"{field.name}: {_value(value)}\n"


def _entry(entry: dict[str, Any], schema: tuple[Field, ...]) -> str:
    lines = [f"{field.name}: {_value(entry[field.name])}\n" for field in schema if field.name in entry]
    return "  - " + "    ".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item, in_list=True) for item in value)}]"
    return _scalar(value, in_list=False)


def _scalar(value: Any, *, in_list: bool) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if not _needs_quotes(text, in_list=in_list):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _needs_quotes(text: str, *, in_list: bool) -> bool:
    """Whether YAML would read the bare `text` as something else than this very text."""
    if not text or text[0] in _INDICATORS or text.endswith(":") or ": " in text or " #" in text:
        return True
    if in_list and any(sign in text for sign in ",[]{}:"):
        return True
    resolved: str = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))
    return resolved != "tag:yaml.org,2002:str"
