"""Numbers that look like a Danish personal identification number (CPR), in the ways in which people write them."""

import re

_GAP = r"[\s.\-–/]*"
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_YEAR = r"(?:\d{2}|(?:19|20)\d{2})"
_CPR = re.compile(rf"(?<!\d){_DAY}{_GAP}{_MONTH}{_GAP}{_YEAR}{_GAP}\d{{4}}(?!\d)")


def has_cpr(text: str) -> bool:
    """Whether `text` has six digits that can be a date of birth and four more behind them.

    >>> [has_cpr(text) for text in ("010190-1234", "01 01 90 1234", "tlf. 33 37 33 37", "§ 110, stk. 5")]
    [True, True, False, False]
    """
    return find_cpr(text) is not None


def find_cpr(text: str) -> int | None:
    """Where the first such number begins in `text`."""
    match = _CPR.search(text)
    return match.start() if match else None


def without_cpr(text: str) -> str:
    """`text` with each such number left out, for what is kept where nobody must find it.

    >>> without_cpr("Søgte på 010190-1234.")
    'Søgte på [CPR].'
    """
    return _CPR.sub("[CPR]", text)
