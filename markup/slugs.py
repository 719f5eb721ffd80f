"""Names in addresses and anchors: ASCII, lower case, words joined by hyphens."""

import re
import unicodedata

MAX_LENGTH = 90
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters that do not decompose into a base letter and an accent.
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ß": "ss", "ð": "d", "þ": "th", "ł": "l"})


def slugify(text: str, max_length: int = MAX_LENGTH) -> str:
    """The slug of a title, cut at a word: "Ét år på § 110" → "et-aar-paa-110". Empty for "!?"."""
    # NFC first: an å typed as a + ring must become "aa" like any other.
    composed = unicodedata.normalize("NFC", text).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", composed).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(slug) <= max_length:
        return slug
    words = slug[: max_length + 1].rsplit("-", 1)
    return words[0] if len(words) == 2 else slug[:max_length]


def is_slug(text: str) -> bool:
    """Whether `text` may be a file name or an address: "fra-bolig-til-hjem" yes, "Fra bolig" no."""
    return SLUG.fullmatch(text) is not None


def unique(slug: str, taken: set[str] | frozenset[str]) -> str:
    """`slug`, or the first of slug-2, slug-3 … that is not `taken`."""
    candidate, count = slug, 1
    while candidate in taken:
        count += 1
        candidate = f"{slug}-{count}"
    return candidate
