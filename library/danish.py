"""How Danish sorts and dates: plain functions for models, pages and exports."""

import unicodedata
from datetime import date

# Binary order gives a, b … z; "zz1" and on stand behind every word that begins with z and a letter.
_LAST = str.maketrans({"æ": "zz1", "ø": "zz2", "å": "zz3", "ä": "zz1", "ö": "zz2"})
_MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]


def sort_key(text: str) -> str:
    """A key in whose binary order Danish text sorts: no case, æ ø å last, accents ignored. Dansk Sprognævn § 4.

    >>> sorted(["Århus", "Zebra", "Ærø", "Aars", "Abe"], key=sort_key)
    ['Abe', 'Zebra', 'Ærø', 'Århus', 'Aars']
    """
    lowered = text.casefold().replace("aa", "å").translate(_LAST)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(sign for sign in decomposed if sign.isalnum() or sign == " ").strip()


def initial(text: str) -> str:
    """The letter that `text` is listed under, "0-9" for numbers and signs.

    >>> [initial(text) for text in ("»Ærlig talt«", "Aarhus", "§ 110", "éclair")]
    ['Æ', 'Å', '0-9', 'E']
    """
    key = sort_key(text)
    if key.startswith(("zz1", "zz2", "zz3")):
        return "ÆØÅ"[int(key[2]) - 1]
    return key[0].upper() if key[:1].isalpha() else "0-9"


def format_date(day: date) -> str:
    """`date(2026, 3, 2)` → "2. marts 2026"."""
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"
