"""Markdown → the sentences that a reader meets, each with its line: what the advice on a text's language looks at."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markup.body import HEADING

_QUOTE_OR_TABLE = re.compile(r"\s*[>|]")
_DEFINITION = re.compile(r" {0,3}\[\^?[^\]\n]+\]:")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]{1,3}\.)[ \t]+")
_DROPPED = re.compile(r"!\[[^\[\]]*\]\([^()\n]*\)|\[\^[^\[\]\n]+\]")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]]+))?\]\]")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()\n]*\)")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|(?<!_)_++(?!\w)|`+|\\(?=[^\w\s])|\\$", re.MULTILINE)
# A colon ends one too where a whole sentence follows, as in Björnsson's counting.
_END = re.compile(r"[.!?:][”»\")\]]*\s+(?=[„“”»\"(]*[A-ZÆØÅ])")
_ABBREVIATION = re.compile(r"(?:\b(?:bl\.a|ca|dvs|dr|evt|f\.eks|fx|hhv|inkl|jf|jfr|kap|litra|nr|pkt|stk)|§)\.$")
# With room for the sign in front of it.
_LONGEST_ABBREVIATION = 12
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


@dataclass(frozen=True)
class Sentence:
    """One sentence on one line, without Markdown; `line` is the one on which it begins."""

    text: str
    line: int

    @property
    def words(self) -> list[str]:
        """The words in order. Numbers are none: a row of provisions makes no sentence long."""
        return _WORD.findall(self.text)


def sentences(markdown: str, first_line: int) -> list[Sentence]:
    """The sentences of `markdown`, whose first line is number `first_line`.

    Headings, tables, quotations and notes are left out: what is quoted is not ours to mend. An item of a list ends its
    last sentence. A bare `[[link]]` counts as the one word that is written, not as the title that it shows.
    """
    return [
        sentence
        for lines, line in _blocks(markdown.split("\n"), first_line)
        for sentence in _sentences(_plain("\n".join(lines)), line)
    ]


def _blocks(lines: Iterable[str], first_line: int) -> Iterator[tuple[list[str], int]]:
    """Paragraphs and items as their lines, and the number of the first."""
    block: list[str] = []
    start = first_line
    for number, line in enumerate(lines, start=first_line):
        skipped = any(pattern.match(line) for pattern in (HEADING, _QUOTE_OR_TABLE, _DEFINITION))
        item = _ITEM.match(line)
        if block and (item or skipped or not line):
            yield block, start
            block = []
        if line and not skipped:
            start = start if block else number
            block.append(line[item.end() :] if item else line)
    if block:
        yield block, start


def _plain(text: str) -> str:
    """`text` as it is read, with its line breaks."""
    text = _WIKI_LINK.sub(lambda match: match[2] or match[1], _DROPPED.sub("", text))
    return _EMPHASIS.sub("", _LINK.sub(r"\1", text))


def _is_abbreviated(text: str, end: int) -> bool:
    return bool(_ABBREVIATION.search(text[max(0, end - _LONGEST_ABBREVIATION) : end]))


def _sentences(text: str, line: int) -> Iterator[Sentence]:
    start = 0
    ends = [match.end() for match in _END.finditer(text) if not _is_abbreviated(text, match.start() + 1)]
    for end in [*ends, len(text)]:
        piece = text[start:end]
        if words := " ".join(piece.split()):
            lead = len(piece) - len(piece.lstrip())
            yield Sentence(words, line + text.count("\n", 0, start + lead))
        start = end
