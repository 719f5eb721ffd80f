"""Acts and their provisions: what the law says in short, what has changed, and what rests on it."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from library.bases import by_subsection, citing_subsections, in_reading_order
from library.groups import by_kind, linking_to, listed
from library.models import Act, Provision
from markup.kinds import Kind, Obligation


@require_safe
def act_list(request: HttpRequest) -> HttpResponse:
    acts = Act.objects.light().annotate(
        provision_count=Count("provisions", distinct=True),
        instruction_count=Count("provisions__bases__instruction", distinct=True),
    )
    return render(request, "library/act_list.html", {"acts": acts.in_danish_order()})


@require_safe
def act(request: HttpRequest, slug: str) -> HttpResponse:
    act = get_object_or_404(Act, slug=slug)
    counts = {
        word.value: Count("bases__instruction", filter=Q(bases__instruction__obligation=word.value), distinct=True)
        for word in Obligation
    }
    amendments = act.amendments.for_list()
    context = {
        "steps": [("Love", reverse("library:acts"))],
        "act": act,
        "provisions": act.provisions.annotate(**counts).order_by("position"),
        "amendments": amendments,
        "links": by_kind(linking_to(act)),
    }
    return render(request, "library/act.html", context)


@require_safe
def provision(request: HttpRequest, act: str, key: str) -> HttpResponse:
    provision = get_object_or_404(Provision.objects.with_act(), act__slug=act, key=key)
    law = provision.act
    bases = list(in_reading_order(provision.bases.with_law_drift()))
    for basis in bases:
        # On this page, a row tells of changes in this provision.
        basis.instruction.law_changed = basis.law_changed
    shown = {basis.instruction.guideline_id for basis in bases}
    citing = listed().filter(citations__provision=provision).distinct()
    citing = citing.exclude(pk=law.pk)
    terms = [record for record in citing if record.kind == Kind.GLOSSARY]
    others = [record for record in citing if record.kind != Kind.GLOSSARY and record.pk not in shown]
    siblings = list(law.provisions.order_by("position"))
    place = siblings.index(provision)
    amendments = provision.amendments.for_list()
    context = {
        "steps": [("Love", reverse("library:acts")), (capfirst(law.short_title), law.address)],
        "provision": provision,
        "act": law,
        "amendments": amendments,
        "groups": by_subsection(bases, citing_subsections(provision)),
        "instruction_count": len({basis.instruction_id for basis in bases}),
        "terms": sorted(terms, key=lambda term: term.sort_key),
        "others": by_kind(others),
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
    }
    return render(request, "library/provision.html", context)
