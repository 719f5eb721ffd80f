"""Pages about Hjemvej itself, and about what it keeps of its readers."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from library.groups import by_kind, listed
from library.models import Record
from markup.kinds import Kind


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    counts = dict(Record.objects.order_by().values_list("kind").annotate(Count("pk")))
    # Reached from the record, because the library knows nothing of the apps above it.
    obligations = dict(
        Record.objects.filter(kind=Kind.GUIDELINE)
        .order_by()
        .values_list("guideline__instructions__obligation")
        .annotate(Count("guideline__instructions"))
    )
    unconfirmed = listed().exclude(review="")
    context = {
        "counts": counts,
        "obligations": obligations,
        "instruction_count": sum(obligations.values()),
        "unconfirmed": by_kind(unconfirmed),
    }
    return render(request, "library/about.html", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "library/privacy.html", {"steps": [("Om Hjemvej", reverse("library:about"))]})
