"""Word → stem: Snowball's Danish stemmer, with what it gets wrong put right by rules and a list of irregular words.

Snowball takes the -s of "indsats" for a genitive, keeps the -t of "kommunalt", and does not see that "rådgivning"
belongs to "rådgive". Each rule here is one such class of words; tests/search/test_danish.py has the tables.
"""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer

from search.irregular import IRREGULAR, WHOLE_WORDS

# Only forms this long may end a compound: the -far of "vejfar" is no father.
_SHORTEST_TAIL = 5

# What is changed before Snowball sees it: old spellings, and strong verbs (planlagt ~ planlægge, opsøgt ~ opsøge).
_REWRITTEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"linie", "linje"),
        (r"(?<=[^s])lagte?$", "lægge"),
        (r"søgte?$", "søge"),
        (r"skrev(?:et|ne)?$", "skrive"),
        # The past of weak verbs: mistede ~ miste; but "vejlede", "billede" and their like are what they are.
        (r"^(?!.*(?:aller|ber|bill|br|egn|fremm|hov|spr|udr|vejl|vr)ede$)(\w{3,})ede$", r"\1e"),
        # Verbs in -gå and -stå: undgår, undgik, undgået; opstår, opstod.
        (r"(?<=\w[deflmnr]g)(?:år|ik|ået)$", "å"),
        (r"(?<=\w{2}st)(?:år|od|ået)$", "å"),
    )
)
# Snowball's result → the stem it belongs to. The first rule that fits is applied.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # Nouns made from verbs: rådgivning ~ rådgive, vurdering ~ vurdere, behandling ~ behandle.
        (r"(?<=\w{3})ering$", ""),
        (r"(?<=\w{4})ning$", ""),
        (r"(?<=\w{4})(?<!n)ing$", ""),
        # The neuter of adjectives: kommunalt ~ kommunal, ungt ~ ung, psykisk ~ psykiskt.
        (r"(?<=\w[aeiouyæøå]l)t$", ""),
        (r"(?<=ung)t$", ""),
        # The participle of verbs in -vise: henvist ~ henvise.
        (r"(?<=\w{2}vis)t$", ""),
        # Adjectives in -isk and their nouns in -i: psykiatrisk ~ psykiatri, økonomisk ~ økonomi.
        (r"(?<=\w{4}i)sk$", ""),
        # An -e- that falls out: fængsl(et) ~ fængsel, udveksl(e).
        (r"(?<=[gk])sl$", "sel"),
        # Nouns in -itet: identit ~ identitet.
        (r"(?<=\w{2}[cltruv])it$", "itet"),
    )
)
_DOUBLED = re.compile(r"([bdfgklmnprst])\1$")

_snowball = snowballstemmer.stemmer("danish")
# The stemmer keeps the word that it is at work on in itself, and the server answers in several threads.
_at_work = Lock()


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in lower case; the same for all its forms: "indsatserne" → "indsats".

    Numbers and words of one or two letters are their own stems.
    """
    if whole := WHOLE_WORDS.get(word):
        return whole
    if len(word) < 3 or not word.isalpha():
        return word
    for pattern, replacement in _REWRITTEN:
        word = pattern.sub(replacement, word)
    if found := _irregular(word):
        return found
    with _at_work:
        base: str = _snowball.stemWord(word)
    for pattern, replacement in _RULES:
        changed = pattern.sub(replacement, base)
        if changed != base:
            return _DOUBLED.sub(r"\1", changed)
    return base


def _irregular(word: str) -> str:
    """The stem of an irregular word or of a compound that ends in one; empty for all others."""
    if whole := IRREGULAR.get(word):
        return whole
    for start in range(3, len(word) - _SHORTEST_TAIL + 1):
        if tail := IRREGULAR.get(word[start:]):
            return word[:start] + tail
    return ""
