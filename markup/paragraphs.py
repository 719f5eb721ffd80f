"""What is mended in Markdown before it is converted, because Danish authors mean something else by it."""

import re

from markup.body import HEADING

# Stands for the bar of [[slug|text]], which must not be taken for a border of a table's cell.
BAR = "\ue000"

_BARRED_LINK = re.compile(r"(\[\[[^\[\]|\n]+)\|([^\[\]]+\]\])")
_MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
_DATE = re.compile(rf"^(\s*(?:[-*+][ \t]+)?[0-9]{{1,2}})\.(?=[ \t]+(?:{_MONTHS})\b)", re.MULTILINE)
_LIST_START = re.compile(r"(?:[-*+]|1\.)[ \t]+\S")
_OTHER_BLOCK = re.compile(r"[ \t>|]|(?:[-*+]|[0-9]+\.)[ \t]+\S")


def prepare(text: str) -> str:
    """Markdown in which a date at the start of a line is no list, and a list may follow text directly."""
    with_dates = _DATE.sub(r"\1\\.", _BARRED_LINK.sub(rf"\1{BAR}\2", text))
    return "\n".join(_with_gaps_above_lists(with_dates.split("\n")))


def _with_gaps_above_lists(lines: list[str]) -> list[str]:
    """An empty line between a plain paragraph and the list right below it, where Python-Markdown wants one."""
    result = []
    block = "none"
    for line in lines:
        if block == "paragraph" and _LIST_START.match(line):
            result.append("")
            block = "other"
        elif not line or HEADING.match(line):
            block = "none"
        elif block == "none":
            block = "other" if _OTHER_BLOCK.match(line) else "paragraph"
        result.append(line)
    return result
