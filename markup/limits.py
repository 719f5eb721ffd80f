"""How much a text may hold: far more than any page needs, and no more than can be read and rendered in a moment.

The rules of Markdown take a time that grows with the square of a block's length, lines and brackets. Long texts are
therefore no danger, but long blocks are; and so is a text without end.
"""

import re

# A file with its front matter, and all that is rendered for one page. The longest text there is has 19,000 signs.
MOST_FILE = 200_000
MOST_TEXT = 40_000
# Of what stands between two empty lines. The longest paragraph there is has 1,300 signs, 11 lines and 16 brackets.
MOST_IN_BLOCK = 5_000
MOST_LINES = 200
MOST_BRACKETS = 60
MOST_HEADINGS = 200
_HEADING = re.compile(r"^[ ]{0,3}(?:#|=+ *$|-+ *$)", re.MULTILINE)
_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")
_SHOWN = 40


def dense_block(text: str) -> str:
    """How the first block of a `tidied` text begins that has too many signs, lines or brackets; "" where none has."""
    for block in text.split("\n\n"):
        if len(block) > MOST_IN_BLOCK or block.count("\n") > MOST_LINES or block.count("[") > MOST_BRACKETS:
            return " ".join(block[:_SHOWN].split())
    return ""


def has_many_headings(text: str) -> bool:
    """Whether there are more headings, or lines that may underline one, than any page can have use for."""
    return sum(1 for _ in _HEADING.finditer(text)) > MOST_HEADINGS


def tidied(text: str) -> str:
    """`text` with at most two line breaks in a row, which mean the same as many; and with one kind of them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _EMPTY_LINES.sub("\n\n", _BLANK_LINE.sub("", lines))
