"""Searching whatever state the index is in: one that cannot be used is made anew, one behind is used meanwhile."""

import logging
import threading
import time

from django.db import DatabaseError, connections

from content import databases
from content.models import ContentVersion
from search.engines import get_engine
from search.engines.base import Engine, IndexBusy, IndexUnusable
from search.snapshot import Snapshot, snapshot

logger = logging.getLogger(__name__)

# An index just behind the content is about to be updated by whoever changed it; after this long, nobody will.
PATIENCE_SECONDS = 5.0
# So long a search waits for another process that is making the index.
WAIT_SECONDS = 1.0


class _Watch:
    """Since when the index has been behind, as this process has seen it; 0 while it is not."""

    behind_since = 0.0


_watch = _Watch()


def usable_snapshot() -> tuple[Snapshot, bool]:
    """The index to search, and whether it is that of the content as it is now. Raises `IndexUnusable`."""
    # A reader's request is about one version from its beginning to its end; an editor's is about what there is now.
    engine, wanted = get_engine(), databases.reader_version() or ContentVersion.current()
    try:
        view = snapshot(wanted)
    except IndexUnusable as reason:
        return _made_anew(engine, str(reason)), True
    found = view.state.version
    if found > wanted:
        wanted = ContentVersion.current()  # which somebody may have raised just now
    if found == wanted:
        _watch.behind_since = 0.0
        return view, True
    if found == 0 or found > wanted:
        # Made before the content was, or from a database that has since been put back to an older state.
        return _made_anew(engine, f"it is at content version {found}, the content at {wanted}"), True
    if _has_waited_long():
        return _made_anew(engine, f"it has stayed at content version {found}, the content is at {wanted}"), True
    return view, False


def _has_waited_long() -> bool:
    now = time.monotonic()
    _watch.behind_since = _watch.behind_since or now
    return now - _watch.behind_since >= PATIENCE_SECONDS


def _made_anew(engine: Engine, reason: str) -> Snapshot:
    """The index after it was made anew, here or by another process; `IndexUnusable` while another is still at it."""
    try:
        with databases.primary(), engine.writing(WAIT_SECONDS):
            if not _is_mended():
                logger.warning("The search index is made anew: %s.", reason)
                engine.rebuild_now()
    except (IndexBusy, OSError, DatabaseError) as error:
        raise IndexUnusable(f"{reason}; it could not be made anew: {error}") from error
    _watch.behind_since = 0.0
    return snapshot()


def _is_mended() -> bool:
    """Whether somebody made the index anew while we waited for our turn."""
    try:
        return snapshot().state.version == ContentVersion.current()
    except IndexUnusable:
        return False


def check() -> None:
    """Make sure that there is a good index, and load what searches need; whatever fails is for the searches to tell."""
    try:
        view, is_current = usable_snapshot()
        if not is_current:
            time.sleep(PATIENCE_SECONDS)
            view, _ = usable_snapshot()
        view.load()
    except Exception:
        logger.exception("The search index could not be checked.")


def check_in_background() -> threading.Thread:
    """`check` at the start of a server, which answers meanwhile; a search says plainly that the index is being made."""

    def run() -> None:
        try:
            check()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name="search-check", daemon=True)
    thread.start()
    return thread
