"""A document as data → a PDF that screen readers can follow (PDF/UA-1)."""

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from printing.letters import printable
from printing.tree import Node

PRESS = Path(__file__).resolve().parent / "press.py"
MOST_SECONDS = 60


class TypesettingError(Exception):
    """No PDF came out; says what the press said."""


@dataclass(frozen=True)
class Document:
    """What the template sets. `source` and `edition` stand on every page, in the head and at the foot.

    A book has a cover and a list of contents besides, and its chapters begin on a new page.
    """

    title: str
    description: str
    source: str
    edition: str
    made_at: datetime
    blocks: list[Node]
    cover: list[Node] = field(default_factory=list)
    is_book: bool = False


def typeset(document: Document) -> bytes:
    """The PDF; the same document gives the same bytes. Raises TypesettingError where it would not be PDF/UA-1."""
    moment = str(int(document.made_at.timestamp()))
    images = Path(settings.MEDIA_ROOT)
    images.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(PRESS), moment, str(images)]
    try:
        result = subprocess.run(  # noqa: S603 - our own program, a number and a folder of ours
            command, input=as_json(document).encode(), capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise TypesettingError(f"“{document.title}” was not set within {MOST_SECONDS} seconds.") from error
    if result.returncode:
        raise TypesettingError(f"“{document.title}”: {result.stderr.decode(errors='replace').strip()}")
    return result.stdout


def as_json(document: Document) -> str:
    """What the template reads."""
    lines = {name: printable(getattr(document, name)) for name in ("title", "description", "source", "edition")}
    day = (document.made_at.year, document.made_at.month, document.made_at.day)
    return json.dumps({**asdict(document), **lines, "made_at": day}, ensure_ascii=False)
