"""What a Markdown body must not hold: headings above `##`, HTML, control characters."""

import re
from collections.abc import Iterator
from itertools import islice

from markup.limits import MOST_HEADINGS, MOST_TEXT, has_many_headings
from markup.problems import Problem

# C0 but for tab and line breaks, DEL, C1, surrogates, a byte-order mark inside the text, non-characters.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_MOST_CONTROL_CHARACTERS = 20
HEADING = re.compile(r"(#{1,6})(?!#)[ \t]*(.*)")
ANCHOR = re.compile(r"\s*\{#([^{}]*)\}\s*$")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)")
_CODE_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_HTML = re.compile(r"(?<!\\)<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--|![A-Za-z]|\?)")


def control_characters(text: str, path: str) -> Iterator[Problem]:
    """A problem for each of the first control characters in the text of a whole file."""
    for match in islice(CONTROL.finditer(text), _MOST_CONTROL_CHARACTERS):
        line = text.count("\n", 0, match.start()) + 1
        yield Problem("control_character", path, line, "", {"character": f"U+{ord(match.group()):04X}"})


def body_problems(body: str, path: str, offset: int = 0) -> Iterator[Problem]:
    """Problems of a body in normal form; `offset` is the number of lines above it in its file."""
    if len(body) > MOST_TEXT:
        yield Problem("text_too_long", path, offset + 1, "", {"most": str(MOST_TEXT)})
        return
    if has_many_headings(body):
        yield Problem("many_headings", path, offset + 1, "", {"most": str(MOST_HEADINGS)})
        return
    previous = ""
    anchors: set[str] = set()
    for number, line in enumerate(body.split("\n"), start=offset + 1):
        heading = HEADING.match(line)
        if heading and heading[1] == "#":
            yield Problem("top_heading", path, number, "", {"line": line})
        if heading and (anchor := ANCHOR.search(line)):
            if anchor[1] in anchors:
                yield Problem("duplicate_anchor", path, number, "", {"anchor": anchor[1]})
            anchors.add(anchor[1])
        if previous and not HEADING.match(previous) and _UNDERLINE.fullmatch(line):
            yield Problem("underlined_heading", path, number, "", {"sign": line.strip()[0]})
        previous = line
    without_code = _CODE_SPAN.sub(_blank, body)
    for match in _HTML.finditer(without_code):
        number = offset + without_code.count("\n", 0, match.start()) + 1
        yield Problem("raw_html", path, number, "", {"tag": match.group().split("\n")[0]})


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
