"""How a problem is worded."""

from typing import NamedTuple


class Wording(NamedTuple):
    """`str.format` patterns over the parameters of a problem."""

    message_en: str
    message_da: str
    cure_en: str
    cure_da: str
