"""Every published text becomes a revision, in the transaction that publishes it, whoever published it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import OuterRef, Subquery
from django.dispatch import receiver
from django.utils import timezone

from content.catalogue import Key
from content.plan import path_of
from content.signals import content_stored
from editorial.models import Revision, Significance, State
from library.models import Record as RecordRow

FIRST_NOTE = "Første udgave"
CHANGED_NOTE = "Teksten er opdateret"
REMOVED_NOTE = "Siden er taget ud"


@receiver(content_stored)
def keep_history(changed: set[int], deleted_keys: set[Key], version: int, **kwargs: Any) -> None:
    """Write what readers get from now on into the history, where the history does not say it already.

    A revision that is on its way out stands there already, without a version. Records that only look different because
    others have changed have the same text as before, and get no revision.
    """
    on_its_way = Revision.objects.public().filter(content_version=None)
    on_its_way.update(content_version=version, published_at=timezone.now())
    revisions = [*_of_changed(changed), *_of_deleted(deleted_keys)]
    now = timezone.now()
    for revision in revisions:
        revision.content_version, revision.published_at, revision.decided_at = version, now, now
        revision.significance = Significance.MINOR
    Revision.objects.bulk_create(revisions, batch_size=100)


def _of_changed(changed: Iterable[int]) -> Iterator[Revision]:
    last = Revision.objects.public().of(OuterRef("kind"), OuterRef("slug"))
    rows = (
        RecordRow.objects.filter(pk__in=changed)
        .defer("html", "sections")
        .annotate(
            last_pk=Subquery(last.values("pk")[:1]),
            last_path=Subquery(last.values("path")[:1]),
            last_state=Subquery(last.values("state")[:1]),
            last_text=Subquery(last.values("text")[:1]),
        )
    )
    for row in rows:
        known = (row.text, path_of(row), State.PUBLISHED)
        if known != (row.last_text, row.last_path, row.last_state):
            yield Revision(
                kind=row.kind,
                slug=row.slug,
                path=path_of(row),
                text=row.text,
                state=State.PUBLISHED,
                base_id=row.last_pk,
                public_note=CHANGED_NOTE if row.last_pk else FIRST_NOTE,
            )


def _of_deleted(deleted: Iterable[Key]) -> Iterator[Revision]:
    for kind, slug in deleted:
        last = Revision.objects.public().of(kind, slug).first()
        if last and last.state == State.PUBLISHED:
            yield Revision(
                kind=kind,
                slug=slug,
                path=last.path,
                text=last.text,
                state=State.WITHDRAWN,
                withdraws=True,
                base=last,
                public_note=REMOVED_NOTE,
            )
