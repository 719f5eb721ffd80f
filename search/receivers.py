"""Published content → index: in the same transaction where it is in the database, after it where it is on disk."""

import logging
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from content.signals import content_stored
from search.engines import get_engine
from search.engines.base import Engine, IndexBusy, IndexUnusable

logger = logging.getLogger(__name__)


@receiver(content_stored)
def index_content(changed: set[int], deleted: set[int], version: int, **kwargs: Any) -> None:
    """Let the index follow a change of the content."""
    engine = get_engine()
    if engine.transactional:
        engine.update(changed, deleted, version)
    else:
        transaction.on_commit(partial(_update, engine, changed, deleted, version))


def _update(engine: Engine, changed: set[int], deleted: set[int], version: int) -> None:
    """The content is published already; an index that cannot follow is behind, which /readyz says, and is caught up
    with the next change or the next start."""
    try:
        engine.update(changed, deleted, version)
    except (IndexBusy, IndexUnusable, OSError) as error:
        logger.error("The search index could not follow content version %s: %s", version, error)
