"""Front matter → fields: reads YAML by the schema of a kind, and tells the line of every problem."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import yaml

from markup.body import CONTROL
from markup.kinds import ENTRY_FIELDS, SCHEMA, Field, FieldType, Kind
from markup.normal import one_line
from markup.problems import Problem
from markup.slugs import is_slug

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL_TAG = "tag:yaml.org,2002:null"
_TEXT_TAG = "tag:yaml.org,2002:str"
_URL = re.compile(r"https?://[^\s/<>\"]+\.[^\s<>\"]+")
_PARAGRAPH = re.compile(r"[1-9][0-9]{0,3}( [a-zæøå]{1,2})?")

# What one value of each type is called and looks like, for the person who got it wrong.
_EXPECTED: dict[FieldType, tuple[str, str]] = {
    FieldType.TEXT: ("text", '"Text"'),
    FieldType.NUMBER: ("a whole number", "2020"),
    FieldType.DATE: ("a date", "2026-11-30"),
    FieldType.URL: ("a web address", "https://www.social.dk/"),
    FieldType.SLUG: ("a slug", "fra-bolig-til-hjem"),
    FieldType.PARAGRAPH: ("the number of a provision", '"85 a"'),
    FieldType.TEXTS: ("a list of texts", "[bolig, bostøtte]"),
    FieldType.SLUGS: ("a list of slugs", "[boligfastholdelse, fra-bolig-til-hjem]"),
    FieldType.NUMBERS: ("a list of numbers", "[1, 4]"),
    FieldType.ANCHORS: ("a list of instructions", "[boligfastholdelse#hold-kontakten]"),
    FieldType.PROVISIONS: ("a list of provisions", '- number: "110"'),
    FieldType.CHANGES: ("a list of changes", "- date: 2023-10-01"),
}
_ITEM_TYPES = {
    FieldType.TEXTS: FieldType.TEXT,
    FieldType.SLUGS: FieldType.SLUG,
    FieldType.NUMBERS: FieldType.NUMBER,
}


class Reader:
    """Reads the front matter of one file into `fields`, `lines` (key → line of the file) and `problems`."""

    def __init__(self, path: str, first_line: int) -> None:
        self.fields: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []
        self._path = path
        self._first_line = first_line

    def read(self, text: str, kind: Kind) -> None:
        """Take in `text`, the lines between the two `---`."""
        try:
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = self._first_line + (mark.line if mark else 0)
            self._report("bad_yaml", line, "", reason=error.problem or "syntax error")
        except (yaml.YAMLError, RecursionError):
            self._report("bad_yaml", self._first_line, "", reason="unreadable")
        else:
            if node is None:
                self._report_missing(SCHEMA[kind], set(), "", self._first_line)
            elif repeated := _repeated(node):
                self._report("bad_yaml", self._line(repeated), "", reason="a value that is used twice (&, *)")
            else:
                self.fields = self._mapping(node, SCHEMA[kind], kind.value, "")

    def _mapping(self, node: yaml.Node, schema: tuple[Field, ...], owner: str, prefix: str) -> dict[str, Any]:
        line = self._line(node)
        if not isinstance(node, yaml.MappingNode):
            self._report("not_a_mapping", line, prefix.rstrip("."))
            return {}
        by_name = {field.name: field for field in schema}
        values: dict[str, Any] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            name = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            key = prefix + name
            if name in seen:
                self._report("duplicate_key", self._line(key_node), key)
            elif name not in by_name:
                self._report("unknown_key", self._line(key_node), key, kind=owner, fields=", ".join(by_name))
            elif not _is_null(value_node):
                self.lines[key] = self._line(key_node)
                values[name] = self._value(value_node, by_name[name], key)
                seen.add(name)
        self._report_missing(schema, seen, prefix, line)
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, node: yaml.Node, field: Field, key: str) -> Any:
        if field.type in ENTRY_FIELDS:
            return list(self._entries(node, field, key))
        if field.type in _ITEM_TYPES or field.type is FieldType.ANCHORS:
            return self._list(node, field, key)
        value = self._scalar(node, field.type, field.most, key)
        if value is not None and field.choices and value not in field.choices:
            choices = ", ".join(field.choices)
            self._report("unknown_choice", self._line(node), key, value=value, choices=choices)
            return None
        if value == "" and field.required:
            self._report("missing_field", self._line(node), key)
        return value

    def _entries(self, node: yaml.Node, field: Field, key: str) -> Iterator[dict[str, Any]]:
        if not isinstance(node, yaml.SequenceNode):
            self._report_type(node, field.type, key)
            return
        if field.required and not node.value:
            self._report("missing_field", self._line(node), key)
        for place, item in enumerate(node.value, start=1):
            self.lines[f"{key}.{place}"] = self._line(item)
            yield self._mapping(item, ENTRY_FIELDS[field.type], f"{key}.{place}", f"{key}.{place}.")

    def _list(self, node: yaml.Node, field: Field, key: str) -> list[Any] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._report_type(node, field.type, key)
            return None
        if field.required and not node.value:
            self._report("missing_field", self._line(node), key)
        item_type = _ITEM_TYPES.get(field.type, FieldType.ANCHORS)
        values: dict[Any, None] = {}
        for item in node.value:
            value = self._scalar(item, item_type, field.most, key)
            if value in values:
                self._report("duplicate_value", self._line(item), key, value=str(value))
            elif value is not None:
                values[value] = None
        return list(values)

    def _scalar(self, node: yaml.Node, type_: FieldType, most: int, key: str) -> Any:
        """The value of one scalar, or None where it was reported. most: as in `Field`."""
        if not isinstance(node, yaml.ScalarNode):
            self._report_type(node, type_, key)
            return None
        if type_ is FieldType.TEXT and node.tag != _TEXT_TAG:
            self._report("not_text", self._line(node), key, value=node.value)
            return None
        if control := CONTROL.search(node.value):
            # Written as an escape: `"\a"`, `"\0"`.
            self._report("control_character", self._line(node), key, character=f"U+{ord(control.group()):04X}")
            return None
        text = one_line(node.value)
        if most and len(text) > most:
            self._report("value_too_long", self._line(node), key, length=str(len(text)), most=str(most))
        value = _CONVERTERS[type_](text)
        if value is None:
            self._report_type(node, type_, key)
        return value

    def _line(self, node: yaml.Node) -> int:
        return self._first_line + int(node.start_mark.line)

    def _report(self, code: str, line: int, key: str, **params: str) -> None:
        self.problems.append(Problem(code, self._path, line, key, params))

    def _report_type(self, node: yaml.Node, type_: FieldType, key: str) -> None:
        expected, example = _EXPECTED[type_]
        value = repr(node.value) if isinstance(node, yaml.ScalarNode) else "a list or mapping"
        self._report("wrong_type", self._line(node), key, value=value, expected=expected, example=example)

    def _report_missing(self, schema: tuple[Field, ...], seen: set[str], prefix: str, line: int) -> None:
        for field in schema:
            if field.required and field.name not in seen:
                self._report("missing_field", line, prefix + field.name)


def _repeated(root: yaml.Node) -> yaml.Node | None:
    """What stands in several places by an alias, as in no record: read, it could grow without end."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
    return None


def _is_null(node: yaml.Node) -> bool:
    """`key:` with nothing behind it."""
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL_TAG and not node.value


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: text if pattern.fullmatch(text) else None


def _anchor(text: str) -> str | None:
    slug, sign, anchor = text.partition("#")
    return text if sign and is_slug(slug) and is_slug(anchor) else None


_CONVERTERS: dict[FieldType, Callable[[str], Any]] = {
    FieldType.TEXT: lambda text: text,
    FieldType.NUMBER: _number,
    FieldType.DATE: _date,
    FieldType.URL: _matching(_URL),
    FieldType.SLUG: lambda text: text if is_slug(text) else None,
    FieldType.PARAGRAPH: _matching(_PARAGRAPH),
    FieldType.ANCHORS: _anchor,
}
