"""The public history of a record: what has changed, when and why, any two versions compared, each as it was.

Only what readers have had is here, and never who wrote it. A record that is gone keeps its history.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from content.catalogue import address_of, stored_catalogue
from editorial.diff import Piece, text_diff
from editorial.html_diff import html_diff
from editorial.models import Revision, State
from editorial.rendering import page_html
from library.danish import format_date
from library.groups import KIND_NAMES
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.record import Record, dump

# Fields that no page shows.
HIDDEN = frozenset({"search_words", "review_by"})


@dataclass(frozen=True)
class Comparison:
    """Two versions as one: as they are read, and as they are written."""

    old_name: str
    new_name: str
    rendered: SafeString
    written: list[Piece]

    @property
    def is_empty(self) -> bool:
        """Whether readers can see a difference."""
        return all(piece.status == "same" for piece in self.written)


class CompareForm(forms.Form):
    """Which two versions to compare; without an answer, the two newest."""

    def __init__(self, given: Any, versions: Sequence[Revision]) -> None:
        """versions: those that have a text, the newest first; two or more."""
        usual = {"fra": str(versions[1].content_version), "til": str(versions[0].content_version)}
        super().__init__({name: given.get(name, value) for name, value in usual.items()})
        self._versions = {str(version.content_version): version for version in versions}
        choices = [(number, f"Version {number}, {_day_of(version)}") for number, version in self._versions.items()]
        for name in usual:
            self.fields[name] = forms.ChoiceField(label=name.capitalize(), choices=choices)

    def pair(self) -> tuple[Revision, Revision] | None:
        """None where one of them is no version of this record."""
        if not self.is_valid():
            return None
        return self._versions[self.cleaned_data["fra"]], self._versions[self.cleaned_data["til"]]

    def unknown(self) -> list[str]:
        """What was asked for and is no version, shortened."""
        return [str(self.data[name])[:60] for name in self.errors]


@require_safe
def history(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    revisions, row = _revisions_of(kind, slug), _row_of(kind, slug)
    if not revisions and row is None:
        raise Http404("There has never been such a text.")
    texts = [revision for revision in revisions if revision.state == State.PUBLISHED]
    form = CompareForm(request.GET, texts) if len(texts) > 1 else None
    asked = form is not None and ("fra" in request.GET or "til" in request.GET)
    pair = form.pair() if form and asked else None
    context = {
        **_place(kind, slug, row, revisions),
        "entries": list(zip(revisions, [*revisions[1:], None], strict=True)),
        "form": form,
        "unknown": form.unknown() if form and asked else [],
        "comparison": compare(*pair) if pair else None,
    }
    return render(request, "changes/history.html", context)


@require_safe
def version(request: HttpRequest, kind: Kind, slug: str, number: int) -> HttpResponse:
    """One version: its words, with links and terms as they are today."""
    revisions = _revisions_of(kind, slug)
    texts = [revision for revision in revisions if revision.state == State.PUBLISHED]
    found = next((revision for revision in texts if revision.content_version == number), None)
    if found is None:
        raise Http404("There has never been such a version.")
    context = {
        **_place(kind, slug, _row_of(kind, slug), revisions),
        "version": found,
        "version_name": name_of(found),
        "is_current": found == revisions[0],
        "text": page_html(readable(found), stored_catalogue()),
    }
    return render(request, "changes/version.html", context)


def compare(old: Revision, new: Revision) -> Comparison:
    before, after, catalogue = readable(old), readable(new), stored_catalogue()
    rendered = html_diff(page_html(before, catalogue), page_html(after, catalogue), fold=True)
    return Comparison(
        name_of(old), name_of(new), mark_safe(rendered), text_diff(dump(before), dump(after))
    )  # made of clean pages


def readable(revision: Revision) -> Record:
    """The record without what no page shows."""
    record = revision.record
    return replace(record, fields={name: value for name, value in record.fields.items() if name not in HIDDEN})


def name_of(revision: Revision) -> str:
    """ "2. marts 2026, indholdsversion 12": two on one day are told apart by the number."""
    return f"{_day_of(revision)}, indholdsversion {revision.content_version}"


def _day_of(revision: Revision) -> str:
    return format_date(timezone.localdate(revision.published_at))


def withdrawn_at(address: str) -> Revision | None:
    """The revision that took away the record whose page was at `address`."""
    slug = address.strip("/").rpartition("/")[2]
    gone = Revision.objects.current().filter(slug=slug, state=State.WITHDRAWN)
    return next((revision for revision in gone if address_of(revision.record) == address), None)


def _revisions_of(kind: Kind, slug: str) -> list[Revision]:
    return list(Revision.objects.public().of(kind, slug).defer("text"))


def _row_of(kind: Kind, slug: str) -> RecordRow | None:
    return RecordRow.objects.named().filter(kind=kind, slug=slug).first()


def _place(kind: Kind, slug: str, row: RecordRow | None, revisions: Sequence[Revision]) -> dict[str, Any]:
    title = revisions[0].title if revisions else str(row)
    return {
        "kind": kind,
        "slug": slug,
        "kind_name": KIND_NAMES[kind][0],
        "record_title": title,
        "row": row,
        "steps": [(title, row.address)] if row else [],
    }
