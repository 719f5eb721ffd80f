"""How many instructions a page has of each obligation: the three links that open it and explain its badges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markup.kinds import Obligation

_MEANINGS = {
    Obligation.SKAL: "loven kræver det",
    Obligation.BOER: "god praksis",
    Obligation.KAN: "en mulighed",
}


@dataclass(frozen=True)
class Demand:
    """`url` leads to the instructions that are counted; it is empty where there are none."""

    obligation: Obligation
    instructions: Sequence[Any]
    url: str

    @property
    def count(self) -> int:
        return len(self.instructions)

    @property
    def meaning(self) -> str:
        return _MEANINGS[self.obligation]


def demands(instructions: Sequence[Any], url: Callable[[Any], str]) -> list[Demand]:
    """Skal, Bør and Kan in that order. `url` gives the address to link to from the first instruction of a kind."""
    found = []
    for obligation in Obligation:
        members = [instruction for instruction in instructions if instruction.obligation == obligation.value]
        found.append(Demand(obligation, members, url(members[0]) if members else ""))
    return found
