"""Which letters the typeface has: whatever an editor writes, a PDF comes out, with a box where a letter is missing."""

import re
import unicodedata

MISSING = "□"

# What the fonts inside typst hold in upright, bold and italic; one letter without a glyph would stop a whole PDF/UA.
RANGES = (
    (0x0020, 0x007E),
    (0x00A0, 0x00AC),
    (0x00AE, 0x024F),
    (0x038E, 0x03A1),
    (0x03A3, 0x03CE),
    (0x0400, 0x0482),
    (0x048A, 0x04FF),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x2030, 0x203E),
    (0x2070, 0x2071),
    (0x2074, 0x208E),
    (0x20A0, 0x20BF),
    (0x2153, 0x2184),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x25A0, 0x25FF),
    (0x2713, 0x2714),
)
_HELD = "".join(f"{chr(first)}-{chr(last)}" for first, last in RANGES).replace("\\", "\\\\").replace("]", "\\]")
_NOT_HELD = re.compile(f"[^{_HELD}]")
# No-break spaces are left, which hold "§ 110" together.
_BLANKS = re.compile(r"[ \t\n\r\f\v\u0085\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")


def printable(text: str) -> str:
    """`text` in letters that can be set, with single blanks. Invisible signs go, a letter that is missing becomes □."""
    composed = unicodedata.normalize("NFC", _BLANKS.sub(" ", text)).replace("\u202f", "\u00a0")
    return _NOT_HELD.sub(_substitute, composed)


def _substitute(match: re.Match[str]) -> str:
    category = unicodedata.category(match.group())
    return "" if category[0] in "CM" else MISSING
