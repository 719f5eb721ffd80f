"""The dead links as editors mend them: each with the texts that hold it."""

from dataclasses import dataclass
from datetime import datetime

from library.models import Record
from linkcheck.collecting import holders
from linkcheck.models import ExternalLink


@dataclass(frozen=True)
class DeadLink:
    url: str
    finding: str
    since: datetime
    records: list[Record]


def dead_links() -> list[DeadLink]:
    """Those that were dead when last asked for and still stand in a text, the longest dead first."""
    rows = list(ExternalLink.objects.dead().order_by("dead_since", "url"))
    held = holders() if rows else {}
    return [
        DeadLink(row.url, row.finding, row.dead_since, held[row.url])
        for row in rows
        if row.dead_since and row.url in held
    ]
