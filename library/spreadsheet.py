"""Tables as CSV files that open well in a spreadsheet: UTF-8 with a mark, semicolons, and no cell that is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from html import unescape

from django.http import HttpResponse
from django.utils.html import strip_tags

# What makes a spreadsheet calculate, or its reader split a cell.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it, Excel reads æ, ø and å as something else
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|dt|dd|blockquote)>|<br\b[^>]*>", re.IGNORECASE)


def plain_text(html: str) -> str:
    """The words of `html` on one line, entities resolved.

    >>> plain_text("<p>Børn &amp; unge</p><ul><li>to</li><li>tre</li></ul>")
    'Børn & unge to tre'
    """
    return " ".join(unescape(strip_tags(_BLOCK_END.sub(" ", html))).split())


def cell(value: str | int) -> str:
    """`value` as text that a spreadsheet shows as it is: an apostrophe stands before what would be calculated.

    Blanks before the sign are no protection, since some programs drop them.
    """
    text = str(value).replace("\x00", "")
    is_formula = text.lstrip(" \n\N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}").startswith(_FORMULA_SIGNS)
    return f"'{text}" if is_formula else text


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> str:
    """The whole file, with the header as its first line."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in (header, *rows))
    return _BYTE_ORDER_MARK + file.getvalue()


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> HttpResponse:
    """A download called `name`.csv. `name` is ours, and plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "X-Robots-Tag": "noindex"}
    return HttpResponse(csv_text(header, rows), content_type="text/csv; charset=utf-8", headers=headers)
