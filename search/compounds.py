"""Compounds → their parts, split against the words that the texts use: "hjemløshedsindsats" = "hjemløshed" + "indsats".

No dictionary: a part must itself be a word of the vocabulary, in any form. Danish joins parts with nothing, -s- or -e-.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from search.stems import stem
from search.stopwords import wordlist

_SHORTEST_PART = 3
_SHORTEST_COMPOUND = 7
_MOST_PARTS = 4
# A part that no text shows in this form must be this long, or nearly everything would be a compound.
_SHORTEST_UNSEEN = 4
_SHORTEST_UNSEEN_FIRST = 6
_LINKS = ("", "s", "e")
# Beginnings and endings that look like words and make no compound: "ind-satte", "hjem-løs", "til-bud".
_PREFIXES = wordlist("""
    ad af an ande anti at be bi bort de der efter ef ek eks en er et fast for fore forbi fra frem før gen gennem god her
    hen hver igen imod ind inde mel mellem med mis mod ned non nær om omkring op over på pre re sammen selv sig som sub
    sam til tilbage trans ud ude udover uden under van ved vel vi videre imellem ikke
""")
_SUFFIXES = wordlist("""
    agtig bar bare are art else elsen elser en end ende ens er ere erne es est et ets fri frie fuld fulde hed heden hede
    ige ing inge isk iske ist let løs løse løst mæssig ner nes net ning nings ninger rig rige rigt sel som somme steds
    synes ste sten ter ten tes tet tale vis vist ede ene els ele ser sen set sene ses sent ling linge
    ingen gerne ring ringen ringer skab skabet lig lige ligt rede sker ske men egn ind ell elt
""")
_ENDINGS = {stem(ending) for ending in _SUFFIXES | _PREFIXES}


@dataclass(frozen=True)
class Lexicon:
    """What may be a part: words as they are written, and the stems of those words."""

    words: Container[str]
    stems: Container[str]


def split(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The stems of the parts of `word`; empty where it is no compound of known words.

    Few parts are preferred to many, and a long last part, which carries the sense, to a short one.
    """
    if len(word) < _SHORTEST_COMPOUND or not word.isalpha():
        return ()
    for count in range(2, _MOST_PARTS + 1):
        if parts := next(_splits(word, lexicon, count), None):
            return parts
    return ()


def _splits(word: str, lexicon: Lexicon, count: int) -> Iterator[tuple[str, ...]]:
    """All ways to part `word` in `count`, those with the longest last part first."""
    if count == 1:
        if last := _last_part(word, lexicon):
            yield (last,)
        return
    shortest_rest = _SHORTEST_PART * (count - 1)
    for cut in range(_SHORTEST_PART, len(word) - shortest_rest + 1):
        if first := _first_part(word[:cut], lexicon):
            for rest in _splits(word[cut:], lexicon, count - 1):
                yield (first, *rest)


def _last_part(written: str, lexicon: Lexicon) -> str:
    """The stem of the last part, which may be inflected in a way that no text shows; empty if it is no word."""
    if len(written) < _SHORTEST_PART or written in _SUFFIXES or written in _PREFIXES:
        return ""
    base = stem(written)
    is_unseen_form = len(base) >= _SHORTEST_UNSEEN and base in lexicon.stems and base not in _ENDINGS
    return base if written in lexicon.words or is_unseen_form else ""


def _first_part(written: str, lexicon: Lexicon) -> str:
    """The stem of a part that others follow, written with or without a linking letter; empty if it is no word."""
    for link in _LINKS:
        part = written.removesuffix(link)
        if (link and part == written) or len(part) < _SHORTEST_PART or part in _PREFIXES or part in _SUFFIXES:
            continue
        if part in lexicon.words:
            return stem(part)
        # "samarbejd-s-aftale": the word is "samarbejde", and loses its -e before the -s-.
        if link == "s" and len(part) >= _SHORTEST_UNSEEN and part in lexicon.stems:
            return part
    return written if _is_unseen_singular(written, lexicon) else ""


def _is_unseen_singular(written: str, lexicon: Lexicon) -> bool:
    """Whether a first part is a word of which the texts have other forms alone: "rusmiddel-behandling", "rusmidler".

    A stem that has lost an ending is no word: "servic-e", "folkeregist-er".
    """
    is_cut = any(written + ending in lexicon.words for ending in ("e", "er"))
    if is_cut or len(written) < _SHORTEST_UNSEEN_FIRST or written in _PREFIXES:
        return False
    return written in lexicon.stems and stem(written) == written
