"""Law drift: provisions that have changed since somebody last held the texts that rest on them against the law."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from library.models import Amendment


def newest_change(resting: str, checked: str) -> Subquery:
    """For an annotation: the day on which the law last changed after a row's law was checked, else nothing.

    resting: how a row is reached from an amendment's provision; checked: where the row's day of checking is found.
    Where that day is not known, nothing is claimed. A bill is no change, and neither is what is not yet in force.
    """
    changes = Amendment.objects.filter(
        **{f"provision__{resting}": OuterRef("pk")},
        is_proposed=False,
        date__lte=timezone.localdate(),
        date__gt=OuterRef(checked),
    )
    return Subquery(changes.order_by("-date").values("date")[:1])
