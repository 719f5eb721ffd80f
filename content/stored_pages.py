"""Pages that are read most, stored finished: made when what they show is stored, so that a view has nothing to make.

A stored page is a projection of the content, as the HTML of a text is, and is written in the same transaction. It is
what its view answers, made by calling that view. Where there is none that is good (another version of the code is
running, the law changes today), the view makes the page as if nothing were stored.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import date

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connections, transaction
from django.db.models import Exists, Min, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone

from content.compression import compress, encoding_for
from content.edition import code_version
from content.models import ContentVersion, StoredPage
from guidelines.models import Guideline
from guidelines.views import guideline
from library.models import Amendment

# So many pages are made under one lock, so that an editor who publishes waits for a moment and no longer.
_AT_ONCE = 20
_NEVER = date.max.toordinal()
# A file that every page names.
_STYLE = "css/base.css"

logger = logging.getLogger(__name__)


class StoredPageMiddleware:
    """Answers with the stored page instead of calling the view; all else about the answer is as for any page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], arguments: object, named: object
    ) -> HttpResponse | None:
        if view is not guideline or request.method not in ("GET", "HEAD") or not settings.STORED_PAGES:
            return None
        try:
            body = StoredPage.find(request.path, code_version(), timezone.localdate().toordinal())
        except DatabaseError:
            # Whether the page can do without the database is for its view to find out.
            return None
        if body is None:
            return None
        if encoding_for(request.META.get("HTTP_ACCEPT_ENCODING", "")) == "br":
            return HttpResponse(body, headers={"Content-Encoding": "br"})
        return HttpResponse(brotli.decompress(body))


def make(guidelines: Iterable[int]) -> None:
    """Make the pages of `guidelines` (primary keys) anew, inside the transaction that changes what they show.

    Pages of other code go: what reaches them, only that code can tell. Where the static files, which pages name, are
    still to be collected, none are made; the next server to start does it.
    """
    StoredPage.objects.exclude(code=code_version()).delete()
    if not _can_make():
        StoredPage.objects.filter(record__in=list(guidelines)).delete()
        return
    today = timezone.localdate()
    changes = Amendment.objects.filter(date__gt=today, is_proposed=False)
    next_change = changes.aggregate(day=Min("date"))["day"]
    pages = [
        StoredPage(
            record_id=pk,
            address=address,
            code=code_version(),
            first_day=today.toordinal(),
            next_day=next_change.toordinal() if next_change else _NEVER,
            body=_made(address),
        )
        for pk, address in Guideline.objects.filter(pk__in=guidelines).values_list("pk", "address")
    ]
    columns = ["address", "code", "first_day", "next_day", "body"]
    StoredPage.objects.bulk_create(pages, update_conflicts=True, unique_fields=["record"], update_fields=columns)


def refresh() -> int:
    """Make the pages that are missing or no longer good, and give their number; costs one query where none is."""
    count = 0
    while _can_make() and _outdated().exists():
        with transaction.atomic():
            # Whoever publishes meanwhile waits, so that no page of before overwrites one of after.
            ContentVersion.hold()
            guidelines = list(_outdated()[:_AT_ONCE])
            make(guidelines)
            count += len(guidelines)
    return count


def refresh_in_background() -> threading.Thread:
    """`refresh` at the start of a server, which answers meanwhile: views make what is not there yet."""

    def run() -> None:
        try:
            refresh()
        except Exception:
            logger.exception("The stored pages could not be looked after.")
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name="stored-pages", daemon=True)
    thread.start()
    return thread


def _can_make() -> bool:
    try:
        staticfiles_storage.url(_STYLE)
    except ValueError:
        return False
    return True


def _outdated() -> QuerySet[Guideline, int]:
    today = timezone.localdate().toordinal()
    good = StoredPage.objects.filter(
        record=OuterRef("pk"), code=code_version(), first_day__lte=today, next_day__gt=today
    )
    return Guideline.objects.exclude(Exists(good)).order_by().values_list("pk", flat=True)


def _made(address: str) -> bytes:
    """What the view at `address` answers, compressed."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = address
    view, arguments, named = resolve(address)
    response = view(request, *arguments, **named)
    compress(response, "br")
    return bytes(response.content)
