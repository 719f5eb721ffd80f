"""How hard a text is to read: its LIX, its long sentences, and passives that hide who acts."""

import re
from collections.abc import Sequence

from markup.prose import Sentence

MOST_LIX = 50
MOST_WORDS = 30
MOST_PASSIVES = 2
# A share of long words says nothing about a few of them.
_FEWEST_WORDS = 50
_LONG_WORD = 6

_S_FORM = re.compile(r"\b[a-zæøå]{2,}es\b(?!-)")
# Genitives, and verbs and other words whose -s is no passive. "Fjernes" and a few others only look like genitives.
_NO_PASSIVE = re.compile(
    r"(?!fjernes|tjenes|menes|forenes)(?:\w*(?:ernes|enes)"
    r"|\w*(?:ansøger|behandl|borger|bruger|forældr|kommun|led|lejer|medarbejder|modtager|planlægger|rådgiver|udfører"
    r"|unge?|gravid|pårørend|hjemløs)(?:er)?e?s"
    r"|findes|synes|m?islykkes|lykkes|trives|mindes|længes|færdes|mødes|kendes|skyldes|deres|hendes|andres|alles|dages"
    r"|indbyrdes|fælles|således|anderledes|særdeles|aldeles|ligeledes|proces|succes)"
)
_BECOMES = re.compile(r"\bbl(?:iver|ive|ev|evet)\s+(?:\w+\s+)??\w{3,}t\b")


def lix(sentences: Sequence[Sentence]) -> int:
    """The läsbarhetsindex of C. H. Björnsson (Läsbarhet, 1968): words in a sentence plus the share of long words.

    words / sentences + 100 × (words of more than six letters) / words. 25–34 is easy, 35–44 middling, 45–54 hard,
    from 55 very hard. 0 for a text that is too short to be measured.
    """
    words = [word for sentence in sentences for word in sentence.words]
    if len(words) < _FEWEST_WORDS:
        return 0
    long_words = sum(len(word) > _LONG_WORD for word in words)
    return round(len(words) / len(sentences) + 100 * long_words / len(words))


def passives(text: str) -> list[str]:
    """The passive verbs of a sentence: "behandles", "bliver behandlet"."""
    found = [match.group() for match in _S_FORM.finditer(text) if not _NO_PASSIVE.fullmatch(match.group())]
    return found + [match.group() for match in _BECOMES.finditer(text)]
