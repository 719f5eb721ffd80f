"""Whether the verbs of an instruction say the same as its obligation: no *skal* in a Bør, no mere *bør* in a Skal."""

import re
from collections.abc import Collection, Iterator, Sequence

from markup.actor_names import ActorNames
from markup.kinds import Obligation
from markup.prose import Sentence

# "Skal ikke" is most often "need not"; what is forbidden is "må ikke".
_DEMAND = re.compile(
    r"\bskal\b(?!\s+(?:\w+\s+)?ikke\b)|\bmå\s+(?:\w+\s+)?ikke\b|\b(?:er|bliver)\s+(?:\w+\s+)?forpligtet\b|\bhar\s+pligt\b",
    re.IGNORECASE,
)
# What tells of a duty without one of those verbs.
_DUTY = re.compile(rf"{_DEMAND.pattern}|\bhar (?:ret|ansvar)|\bpligt|\b(?:krav|kræve)", re.IGNORECASE)
_ADVICE = re.compile(r"\bbør\b", re.IGNORECASE)
_QUOTED = re.compile(r"»[^«]*«|“[^”]*”|”[^”]*”|\"[^\"]*\"")
# What the law says may be told in any instruction, as long as the sentence says that it is the law.
_LAW = re.compile(r"§|\blov(?:en|ens|givning\w*|krav\w*|pligtig\w*|fæstet)?\b", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[,;:–(]")
_SUBORDINATE = re.compile(
    r"\b(?:at|da|der|end|fordi|før|inden|indtil|medmindre|mens|om|selvom|som|så\s+\w+|[Hh]vad|[Hh]vem|[Hh]vilke[nt]?|[Hh]vis"
    r"|[Hh]vor\w*|[Nn]år)\b"
)
_NEAR = 12


def disagreeing_words(
    obligation: Obligation, actors: Collection[str], sentences: Sequence[Sentence], names: ActorNames
) -> Iterator[tuple[Sentence, str]]:
    """The sentences whose verb disagrees with `obligation`, each with that verb; `actors` are the instruction's own.

    A Bør or a Kan demands nothing of them in a main clause, unless the sentence says that it tells the law. A Skal
    may add advice, but must not consist of it.
    """
    if obligation is Obligation.SKAL:
        if any(_DUTY.search(sentence.text) for sentence in sentences):
            return
        pattern = _ADVICE
    else:
        pattern = _DEMAND
        sentences = [sentence for sentence in sentences if not _LAW.search(sentence.text)]
    for sentence in sentences:
        text = _QUOTED.sub(lambda match: " " * len(match.group()), sentence.text)
        for match in pattern.finditer(text):
            if _in_main_clause(text, match.start()) and not _of_another(text, match, actors, names):
                yield sentence, match.group().lower()
                break


def _clause_start(text: str, verb: int) -> int:
    return max((match.end() for match in _CLAUSE_START.finditer(text, 0, verb)), default=0)


def _in_main_clause(text: str, verb: int) -> bool:
    return not text.endswith("?") and not _SUBORDINATE.search(text, _clause_start(text, verb), verb)


def _of_another(text: str, verb: re.Match[str], actors: Collection[str], names: ActorNames) -> bool:
    """Whether the one who shall is an actor whom the instruction does not name: "skal boformen", "boformen skal"."""
    near = range(_clause_start(text, verb.start()), verb.end() + _NEAR)
    doers = [mention.slugs for mention in names.find(text) if mention.start in near]
    return bool(doers) and not any(slugs.intersection(actors) for slugs in doers)
