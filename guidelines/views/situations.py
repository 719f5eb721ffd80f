"""Situations: the instructions that matter now, in the order in which to read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.models import Instruction, Situation


@require_safe
def situation_list(request: HttpRequest) -> HttpResponse:
    return render(request, "guidelines/situation_list.html", {"situations": Situation.objects.light().numbered()})


@require_safe
def situation(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Situation, slug=slug)
    context = {
        "steps": [("Situationer", reverse("guidelines:situations"))],
        "situation": chosen,
        "instructions": Instruction.objects.for_list().filter(steps__situation=chosen).order_by("steps__position"),
        "others": Situation.objects.light().numbered().exclude(pk=chosen.pk),
    }
    return render(request, "guidelines/situation.html", context)
