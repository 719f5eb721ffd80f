"""Guidelines, principles, actors and the whole book as PDF. Every address is that of the page, ending in .pdf."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from content.models import ContentVersion
from guidelines.models import Actor, Guideline
from library.models import Record, Tombstone
from principles.models import Principle
from printing import shelf
from printing.book import book_document
from printing.documents import actor_document, guideline_document, principle_document
from printing.typesetting import Document, typeset

AnyRecord = TypeVar("AnyRecord", bound=Record)


@require_safe
def guideline(request: HttpRequest, theme: str, slug: str) -> HttpResponse:
    page = reverse("guidelines:guideline", args=[theme, slug])
    found = Guideline.objects.select_related("theme").filter(slug=slug, theme__slug=theme).first()
    return _served(page, found, guideline_document)


@require_safe
def principle(request: HttpRequest, slug: str) -> HttpResponse:
    page = reverse("principles:principle", args=[slug])
    return _served(page, Principle.objects.filter(slug=slug).first(), principle_document)


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    page = reverse("guidelines:actor", args=[slug])
    return _served(page, Actor.objects.filter(slug=slug).first(), actor_document)


@require_safe
def book(request: HttpRequest) -> HttpResponse:
    version = _version()
    return _answer("hjemvej.pdf", reverse("guidelines:home"), version, lambda: book_document(version))


def _served(
    page: str, record: AnyRecord | None, document: Callable[[AnyRecord, ContentVersion], Document]
) -> HttpResponse:
    """The PDF of the record at the address `page`. Where that has retired, the page says where its content went."""
    if record is None:
        if Tombstone.objects.filter(address=page).exists():
            return HttpResponseRedirect(page)
        raise Http404
    version = _version()
    return _answer(f"{page.strip('/')}.pdf", page, version, lambda: document(record, version))


def _answer(name: str, page: str, version: ContentVersion, document: Callable[[], Document]) -> HttpResponse:
    """`name` is that on the shelf, and its last part what the reader's file is called; search engines list the page."""
    pdf = shelf.fetch(name, version, lambda: typeset(document()))
    file_name = name.rpartition("/")[2]
    headers = {
        "Content-Disposition": f'inline; filename="{file_name}"',
        "Link": f'<{settings.SITE_URL}{page}>; rel="canonical"',
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _version() -> ContentVersion:
    version = ContentVersion.objects.first()
    if version is None:
        raise Http404("There is no content yet.")
    return version
