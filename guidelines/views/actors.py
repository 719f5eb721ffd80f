"""Who acts: the list of actors, and what each must, should and may do."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guidelines.models import Actor, Instruction, Obligation
from library.demands import demands
from library.groups import by_kind, linking_to


@require_safe
def actor_list(request: HttpRequest) -> HttpResponse:
    """By category in the order of the model; an actor that belongs to another stands after it."""
    counts = {
        word.value: Count("instructions", filter=Q(instructions__obligation=word.value), distinct=True)
        for word in Obligation
    }
    actors = list(Actor.objects.light().select_related("parent").annotate(**counts).in_danish_order())
    categories = [
        (label, _parents_first([actor for actor in actors if actor.category == value]))
        for value, label in Actor.Category.choices
    ]
    return render(request, "guidelines/actor_list.html", {"categories": [pair for pair in categories if pair[1]]})


def _parents_first(actors: list[Actor]) -> list[Actor]:
    """Each actor followed by those that belong to it; one whose parent is of another category stands by itself."""
    known = {actor.pk for actor in actors}
    ordered = []
    for actor in actors:
        if actor.parent_id in known:
            continue
        ordered.append(actor)
        ordered += [child for child in actors if child.parent_id == actor.pk]
    return ordered


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Actor.objects.select_related("parent"), slug=slug)
    instructions = list(Instruction.objects.for_list().defer("html").filter(actors=chosen).in_reading_order())
    steps = [("Aktører", reverse("guidelines:actors"))]
    if chosen.parent:
        steps.append((chosen.parent.title, chosen.parent.address))
    context = {
        "steps": steps,
        "actor": chosen,
        "children": chosen.children.light().in_danish_order(),
        "instructions": instructions,
        "demands": demands(instructions, lambda first: f"#{first.obligation}"),
        "parts": [
            (word, [instruction for instruction in instructions if instruction.obligation == word.value])
            for word in Obligation
        ],
        "links": by_kind(linking_to(chosen)),
    }
    return render(request, "guidelines/actor.html", context)
