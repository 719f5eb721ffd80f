"""An address → what it asks the search for. Values of filters that it does not know are left out and named."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from search.filters import Labels
from search.query import MAX_LENGTH, SearchQuery
from search.words import clean

_LONGEST_NAMED = 60


@dataclass(frozen=True)
class Asked:
    """unknown: the values that mean nothing here, shortened. was_cut: whether the text was too long."""

    query: SearchQuery
    unknown: Sequence[str]
    was_cut: bool


def asked(data: QueryDict, labels: Labels) -> Asked:
    """What `data` asks for. Several values of one filter widen the search, each further filter narrows it.

    No form, which would make a field of choices for each filter, anew for each search. labels: what may be chosen.
    """
    typed = " ".join(clean(str(data.get("q", ""))[: 10 * MAX_LENGTH]).split())
    chosen: dict[str, tuple[str, ...]] = {}
    unknown: list[str] = []
    for name, known in labels.values.items():
        given = dict.fromkeys(filter(None, data.getlist(name)))
        if name == "princip":
            given = dict.fromkeys(labels.principle_numbers.get(text, text) for text in given)
        chosen[name] = tuple(text for text in given if text in known)
        unknown += [text[:_LONGEST_NAMED] for text in given if text not in known]
    query = SearchQuery(typed[:MAX_LENGTH], chosen, synonyms=data.get("synonymer") != "nej")
    return Asked(query, unknown, was_cut=len(typed) > MAX_LENGTH)
