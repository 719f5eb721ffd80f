"""Upkeep on the desk: what has grown old, what readers say and miss, and what leads nowhere."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from editorial.admin.law_drift import queue
from editorial.desk.sections import Line, Section, change_address, complete, kinds_changed_by, short
from editorial.images import may_upload, uses
from editorial.publishing import APPROVE
from editorial.statement import is_due_soon, last_day
from feedback.models import Reply
from images.models import Image
from library.danish import format_date
from library.models import Record
from linkcheck.dead import dead_links
from search.learning import found_nothing

# How long a reader's reply is new.
NEW = timedelta(days=14)


def sections(user: User) -> Iterator[Section]:
    yield from _statement(user)
    yield from _overdue(user)
    yield from _law(user)
    yield from _replies(user)
    yield from _searches(user)
    yield from _links(user)
    yield from _images(user)


def _statement(user: User) -> Iterator[Section]:
    """The accessibility statement, from a month before it is due."""
    day = last_day()
    if day and user.has_perm(APPROVE) and is_due_soon(timezone.localdate()):
        detail = f"Skal være gennemgået senest {format_date(day)}. Dagen sættes af den, der driver siden."
        line = Line("Gennemgå tilgængelighedserklæringen", settings.ACCESSIBILITY_STATEMENT_URL, detail)
        yield complete("Tilgængelighedserklæring", [line])


def _overdue(user: User) -> Iterator[Section]:
    if kinds := kinds_changed_by(user):
        rows = Record.objects.filter(kind__in=kinds, review_by__lt=timezone.localdate())
        ordered = rows.order_by("review_by", "sort_key").values_list("kind", "pk", "title", "review_by")
        lines = [
            Line(title, change_address(kind, pk), f"Skulle være gennemgået senest {format_date(day)}")
            for kind, pk, title, day in ordered
            if day
        ]
        yield complete("Skal læses igennem igen", lines)


def _law(user: User) -> Iterator[Section]:
    if user.has_perm("guidelines.view_instruction"):
        found = [entry for entry in queue() if entry[1]]
        lines = [Line(f"{name} ({count})", address) for name, count, address in found]
        yield Section("Lov, der skal læses igen", lines, sum(count for _, count, _ in found))


def _replies(user: User) -> Iterator[Section]:
    if user.has_perm("feedback.view_reply"):
        since = timezone.localdate() - NEW
        replies = list(Reply.objects.filter(day__gte=since).order_by("-day", "-pk"))
        lines = [
            Line(
                short(reply.text) or ("Ja, uden ord" if reply.helpful else "Nej, uden ord"),
                reverse("admin:feedback_reply_change", args=[reply.pk]),
                f"{reply.page}, {format_date(reply.day)}",
            )
            for reply in replies
        ]
        list_address = f"{reverse('admin:feedback_reply_changelist')}?{urlencode({'day__gte': since.isoformat()})}"
        yield Section("Nyt fra læserne de sidste 14 dage", lines, len(lines), list_address)


def _searches(user: User) -> Iterator[Section]:
    if user.has_perm("search.view_searchcount"):
        may_help = user.has_perm("search.add_synonym")
        everything = reverse("admin:search_searchcount_changelist")
        form = reverse("admin:search_synonym_add")
        lines = [
            Line(
                f"»{row['text']}«",
                f"{form}?{urlencode({'term': row['text']})}" if may_help else everything,
                f"Søgt {row['sum']} gange",
            )
            for row in found_nothing()
        ]
        yield Section("Søgninger, der intet finder", lines, len(lines), everything)


def _links(user: User) -> Iterator[Section]:
    if user.has_perm("linkcheck.view_externallink"):
        lines = [
            Line(link.url, change_address(holder.kind, holder.pk), f"{link.finding}. Står i {holder.title}")
            for link in dead_links()
            for holder in link.records[:1]
        ]
        yield Section(
            "Døde henvisninger til andre sider", lines, len(lines), reverse("admin:linkcheck_externallink_changelist")
        )


def _images(user: User) -> Iterator[Section]:
    if may_upload(user) or user.has_perm("images.view_image"):
        images = list(Image.objects.all())
        used = uses() if images else {}
        lines = [
            Line(str(image), reverse("admin:images_image_change", args=[image.pk]))
            for image in images
            if image.name not in used
        ]
        address = f"{reverse('admin:images_image_changelist')}?{urlencode({'brug': 'ubrugt'})}"
        yield Section("Billeder, som ingen tekst viser", lines, len(lines), address)
