"""Word → stem: Snowball's Danish stemmer, with what it gets wrong put right by rules and a list of irregular words.

Snowball takes the -s of "indsats" for a genitive, keeps the -t of "kommunalt", and does not see that "rådgivning"
belongs to "rådgive". Each rule here is one such class of words; tests/search/test_danish.py has the tables.
"""

import re
from functools import lru_cache

import snowballstemmer

# Words with forms that no ending explains: form → stem. They also hold at the end of compounds.
_NOUN_ENDINGS = ("", "en", "er", "erne", "ens", "ers", "ernes", "ene", "enes")
# "indsats" is no genitive of "indsat" (inmate); "bolig" and "pligt" are no adjectives; a "forening" is not "fore".
_NOUNS = (
    "bolig",
    "forening",
    "hensigt",
    "indsats",
    "indsigt",
    "oversigt",
    "pligt",
    "plads",
    "proces",
    "succes",
    "udsigt",
)
# A "lejlighed" has nothing to do with "leje", nor "rådighed" with "råd": what is before the ending is another word.
_NOUNS_IN_HED = ("færdighed", "ledighed", "lejlighed", "menighed", "rettighed", "rådighed", "varighed")
_ADJECTIVE_ENDINGS = ("", "t", "e", "ere", "st", "ste")
# "Billig" is not "bil", "tidlig" not "tid", "ledig" not "leder".
_ADJECTIVES = ("billig", "daglig", "farlig", "færdig", "ledig", "lovlig", "navnlig", "retlig", "tidlig", "varig")
_IRREGULAR: dict[str, str] = {
    **{noun + ending: noun for noun in _NOUNS for ending in _NOUN_ENDINGS},
    **{f"process{ending}": "proces" for ending in _NOUN_ENDINGS if ending},
    **{noun + ending: noun for noun in _NOUNS_IN_HED for ending in (*_NOUN_ENDINGS, "s")},
    **{adjective + ending: adjective for adjective in _ADJECTIVES for ending in _ADJECTIVE_ENDINGS},
    **dict.fromkeys(("værelse", "værelset", "værelser", "værelserne"), "værelse"),  # not of "være"
    **dict.fromkeys(("sparring", "sparringen"), "sparring"),  # not of "spare"
    **dict.fromkeys(("indsat", "indsatte", "indsattes"), "indsat"),  # not of "indsætte"
    **dict.fromkeys(("bruger", "brugeren", "brugere", "brugerne", "brugers", "brugernes"), "bruger"),  # or of "bruge"
    # Nouns that change their vowel.
    **dict.fromkeys(("barn", "barnet", "barnets", "børn", "børnene", "børns", "børnenes"), "barn"),
    **dict.fromkeys(("mand", "manden", "mandens", "mænd", "mændene", "mænds", "mændenes"), "mand"),
    **dict.fromkeys(("nat", "natten", "nætter", "nætterne"), "nat"),
    **dict.fromkeys(("tand", "tanden", "tænder", "tænderne", "tænders"), "tand"),
    **dict.fromkeys(("mor", "moren", "moderen", "mødre", "mødrene", "mødres"), "mor"),
    **dict.fromkeys(("far", "faren", "faderen", "fædre", "fædrene", "fædres"), "far"),
    **dict.fromkeys(("læge", "lægen", "læger", "lægerne", "lægens", "lægernes"), "læge"),  # not of "lægge"
    **dict.fromkeys(("søn", "sønnen", "sønner"), "søn"),
    **dict.fromkeys(("datter", "datteren", "døtre"), "datter"),
    **dict.fromkeys(("fængsel", "fængslet", "fængsler", "fængslerne", "fængsels", "fængslets"), "fængsel"),
    **dict.fromkeys(("lejemål", "lejemålet", "lejemålets", "lejemålene"), "lejemål"),
    # Strong and contracted verbs whose forms meet in this field.
    **dict.fromkeys(("bo", "bor", "boede", "boet", "boende"), "bo"),
    **dict.fromkeys(("sætte", "sætter", "sættes", "sat", "satte"), "sæt"),
    **dict.fromkeys(
        ("anbringe", "anbringes", "anbringelse", "anbringelsen", "anbringelser", "anbragt", "anbragte"), "anbring"
    ),
    **dict.fromkeys(("vælge", "vælger", "vælges", "valg", "valget", "valgt", "valgte"), "vælg"),
    **dict.fromkeys(("hjælpe", "hjælper", "hjælpes", "hjælp", "hjælpen", "hjulpet"), "hjælp"),
    **dict.fromkeys(("følge", "følger", "følges", "fulgt", "fulgte"), "følg"),
    **dict.fromkeys(("tilbyde", "tilbyder", "tilbydes", "tilbyd", "tilbudt", "tilbød"), "tilbud"),
    **dict.fromkeys(("flygtning", "flygtninge", "flygtningen", "flygtningene"), "flygtning"),
    **{
        verb + ending: verb for verb in ("anvend", "henvend", "send", "kend", "godkend") for ending in ("e", "er", "es")
    },
    **dict.fromkeys(("sidde", "sidder", "siddende", "sad", "siddet"), "sidde"),  # not of "side"
    **dict.fromkeys(("levere", "leverer", "leveres", "leveret", "levering"), "lever"),  # not of "leve"
    **dict.fromkeys(("skyldes", "skyldtes"), "skyldes"),  # not of "skylde"
    "videre": "videre",  # not of "viden"
    **dict.fromkeys(("politisk", "politiske"), "politisk"),  # not of the police
    **dict.fromkeys(("by", "byen", "byer", "byerne", "byens"), "by"),
    **dict.fromkeys(("ældre", "ældres"), "ældre"),
    **dict.fromkeys(("regler", "reglerne", "regel", "reglen"), "regel"),
    **dict.fromkeys(("center", "centeret", "centret", "centre", "centrene", "centres", "centrets"), "center"),
    **dict.fromkeys(("midler", "midlerne", "middel", "midlet"), "middel"),
    **dict.fromkeys(("kvalitet", "kvaliteten"), "kvalitet"),
}
# Only forms this long may end a compound: the -far of "vejfar" is no father.
_SHORTEST_TAIL = 5

# What is changed before Snowball sees it: old spellings, and strong verbs (planlagt ~ planlægge, opsøgt ~ opsøge).
_REWRITTEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"linie", "linje"),
        (r"(?<=[^s])lagte?$", "lægge"),
        (r"søgte?$", "søge"),
        (r"skrev(?:et|ne)$", "skrive"),
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


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in lower case; the same for all its forms: "indsatserne" → "indsats".

    Numbers and words of one or two letters are their own stems.
    """
    if len(word) < 3 or not word.isalpha():
        return word
    for pattern, replacement in _REWRITTEN:
        word = pattern.sub(replacement, word)
    if found := _irregular(word):
        return found
    base: str = _snowball.stemWord(word)
    for pattern, replacement in _RULES:
        changed = pattern.sub(replacement, base)
        if changed != base:
            return _DOUBLED.sub(r"\1", changed)
    return base


def _irregular(word: str) -> str:
    """The stem of an irregular word or of a compound that ends in one; empty for all others."""
    if whole := _IRREGULAR.get(word):
        return whole
    for start in range(3, len(word) - _SHORTEST_TAIL + 1):
        if tail := _IRREGULAR.get(word[start:]):
            return word[:start] + tail
    return ""
