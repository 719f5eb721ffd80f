"""One record ⇄ one text: `dump(parse(text))` is canonical, `parse(dump(record), record.path) == record`."""

import dataclasses
import re
from dataclasses import dataclass
from typing import Any

from markup.body import body_problems, control_characters
from markup.front_matter import Reader
from markup.kinds import FOLDERS, KIND_OF_FOLDER, NUMBERED, SCHEMA, Kind
from markup.limits import MOST_FILE
from markup.normal import normal_body, normal_fields
from markup.problems import ContentError, Problem
from markup.slugs import SLUG, is_slug
from markup.yaml_writer import write_fields

_FENCE = "---"
_NAME = re.compile(rf"(?P<slug>{SLUG.pattern})\.md")
_NUMBERED_NAME = re.compile(rf"(?P<number>(?!00)[0-9]{{2}})-{_NAME.pattern}")
_MAX_SLUG = 120


@dataclass(frozen=True)
class Record:
    """A text of any kind, in normal form: no empty fields, each field's text on one line, the body trimmed.

    Field values are str, int, datetime.date, lists of these, and lists of dicts (`provisions`, `changes`).
    `offset` (lines of the file above the body) and `lines` (key → line) place problems; they do not count in
    comparisons.
    """

    kind: Kind
    slug: str
    fields: dict[str, Any]
    body: str = ""
    number: int | None = None
    theme: str = ""
    offset: int = dataclasses.field(default=0, compare=False, repr=False)
    lines: dict[str, int] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "fields", normal_fields(self.fields))
        object.__setattr__(self, "body", normal_body(self.body))

    @property
    def path(self) -> str:
        """Its file below the content folder: "guidelines/forebyggelse/01-generel-forebyggelse.md"."""
        folder = f"{FOLDERS[self.kind]}/{self.theme}" if self.kind is Kind.GUIDELINE else FOLDERS[self.kind]
        number = f"{self.number or 0:02d}-" if self.kind in NUMBERED else ""
        return f"{folder}/{number}{self.slug}.md"

    def line_of(self, key: str) -> int | None:
        """The line of a field ("actors") or an entry ("changes.2") in the file that was parsed."""
        return self.lines.get(key) or self.lines.get(key.partition(".")[0])


def parse(text: str | bytes, path: str) -> Record:
    """The record in the text of the file `path`. Raises ContentError with all that is wrong with it."""
    record, problems = read(text, path)
    if record is None or problems:
        raise ContentError(problems)
    return record


def read(text: str | bytes, path: str) -> tuple[Record | None, list[Problem]]:
    """As much of a record as can be read, and all that is wrong with it, by line; None where nothing can be read.

    A draft may be incomplete, and is still to be shown in its form.
    """
    decoded, problems = _decode(text, path)
    if len(decoded) > MOST_FILE:
        return None, [*problems, Problem("text_too_long", path, None, "", {"most": str(MOST_FILE)})]
    problems += control_characters(decoded, path)
    place = _place(path, problems)
    lines = decoded.split("\n")
    end = _front_matter_end(lines, path, problems)
    if place is None or end is None:
        return None, problems
    kind, slug, number, theme = place
    reader = Reader(path, first_line=2)
    reader.read("\n".join(lines[1:end]), kind)
    first = end + 1
    while first < len(lines) and not lines[first].strip(" \t"):
        first += 1
    body = normal_body("\n".join(lines[first:]))
    problems += [*reader.problems, *body_problems(body, path, first)]
    record = Record(kind, slug, reader.fields, body, number, theme, offset=first, lines=reader.lines)
    return record, sorted(problems, key=lambda problem: problem.line or 0)


def dump(record: Record) -> str:
    """The canonical text of a record."""
    front_matter = write_fields(record.fields, SCHEMA[record.kind])
    body = f"{record.body}\n" if record.body else ""
    return f"{_FENCE}\n{front_matter}{_FENCE}\n{body}"


def key_of_path(path: str) -> tuple[Kind, str] | None:
    """Kind and slug of the record whose file is at `path`; None where no record can be."""
    problems: list[Problem] = []
    place = _place(path, problems)
    return (place[0], place[1]) if place and not problems else None


def _decode(text: str | bytes, path: str) -> tuple[str, list[Problem]]:
    problems = []
    if isinstance(text, str):
        decoded = text
    else:
        decoded = text.decode(errors="replace")
        try:
            text.decode()
        except UnicodeDecodeError as error:
            line = text.count(b"\n", 0, error.start) + 1
            byte = f"{text[error.start]:02X}"
            problems.append(Problem("bad_utf8", path, line, "", {"byte": byte}))
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), problems


def _place(path: str, problems: list[Problem]) -> tuple[Kind, str, int | None, str] | None:
    """Kind, slug, number and theme as the path gives them; None where it gives no kind. Adds its problems."""
    *folders, name = path.replace("\\", "/").split("/")
    kind = KIND_OF_FOLDER.get(folders[0]) if folders else None
    depth = 2 if kind is Kind.GUIDELINE else 1
    if kind is None or len(folders) != depth or not all(map(is_slug, folders)):
        params = {"folder": "/".join(folders), "folders": ", ".join(FOLDERS.values())}
        problems.append(Problem("unknown_folder", path, None, "", params))
        return None
    match = (_NUMBERED_NAME if kind in NUMBERED else _NAME).fullmatch(name)
    if not match or len(match["slug"]) > _MAX_SLUG:
        pattern = "NN-slug.md" if kind in NUMBERED else "slug.md"
        params = {"name": name, "kind": kind.value, "pattern": pattern}
        problems.append(Problem("bad_file_name", path, None, "", params))
        return kind, "", None, ""
    number = int(match["number"]) if kind in NUMBERED else None
    return kind, match["slug"], number, folders[1] if kind is Kind.GUIDELINE else ""


def _front_matter_end(lines: list[str], path: str, problems: list[Problem]) -> int | None:
    """The index of the second `---`; None (and a problem) where there is none."""
    if lines[0].rstrip() != _FENCE:
        problems.append(Problem("no_front_matter", path, 1))
        return None
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return index
    problems.append(Problem("unclosed_front_matter", path, 1))
    return None
