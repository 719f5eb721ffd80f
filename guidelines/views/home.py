"""The front page: search, situations, all guidelines, the planners' tools, and what is new in the law."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidelines.models import Guideline, Instruction, Situation, Theme
from library.models import Amendment

NEWEST = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    themes = list(
        Theme.objects.light().numbered().prefetch_related(Prefetch("guidelines", Guideline.objects.light().numbered()))
    )
    in_force = Amendment.objects.for_list().filter(date__lte=timezone.localdate(), is_proposed=False)
    context = {
        "own_search_form": True,
        "instruction_count": Instruction.objects.count(),
        "guideline_count": sum(len(theme.guidelines.all()) for theme in themes),
        "themes": themes,
        "situations": Situation.objects.light().numbered(),
        "amendments": in_force[:NEWEST],
    }
    return render(request, "guidelines/home.html", context)
