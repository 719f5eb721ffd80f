"""Two editors at once: what the second is shown, so that nothing of either is lost."""

from dataclasses import dataclass

from editorial.diff import Piece, text_diff
from editorial.models import Revision
from editorial.revisions import last_public
from markup.kinds import Kind


@dataclass(frozen=True)
class Conflict:
    """Somebody has saved since a form was opened. theirs: the text as it is now. difference: from that to one's own."""

    message: str
    theirs: str
    difference: list[Piece]


def conflict_with(draft: Revision | None, mine: str, kind: Kind, slug: str) -> Conflict | None:
    """What stands between saving `mine` and what others have made of the text; None where both say the same."""
    if draft:
        theirs = draft.text
        who = draft.saved_by or "En anden"
        message = f"{who} har gemt teksten, efter at du åbnede den."
    else:
        last = last_public(kind, slug)
        theirs = last.text if last else ""
        message = "Kladden, som du åbnede, er ikke længere åben: den er offentliggjort eller kasseret."
    if theirs == mine:
        return None
    return Conflict(f"{message} Intet er gemt endnu. Din tekst står her i felterne.", theirs, text_diff(theirs, mine))
