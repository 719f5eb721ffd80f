"""Resources, glossary and sources: where more is found, what words mean, what statements rest on."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from library.bases import in_reading_order
from library.facets import Facet, select
from library.forms import ResourceFilter, SourceFilter
from library.groups import by_initial, by_kind, by_publisher, linking_to
from library.models import GlossaryTerm, Resource, Source

FACETS: tuple[Facet[Resource], ...] = (
    Facet("princip", "Princip", lambda resource: resource.principles.all()),
    Facet("aktoer", "Aktør", lambda resource: resource.actors.all()),
    Facet("retningslinje", "Retningslinje", lambda resource: resource.guidelines.all()),
)


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    resources = list(Resource.objects.light().in_danish_order().prefetch_related("principles", "actors", "guidelines"))
    form = ResourceFilter(request.GET, known={facet.name: facet.known(resources) for facet in FACETS})
    chosen = form.chosen()
    selected, facets = select(resources, FACETS, chosen)
    groups = [
        (category.label, [resource for resource in selected if resource.category == category])
        for category in Resource.Category
    ]
    context = {
        "groups": [(label, members) for label, members in groups if members],
        "count": len(selected),
        "total": len(resources),
        "facets": facets,
        "is_filtered": any(chosen.values()),
        "unknown": form.unknown(),
    }
    return render(request, "library/resource_list.html", context)


@require_safe
def resource(request: HttpRequest, slug: str) -> HttpResponse:
    resource = get_object_or_404(Resource, slug=slug)
    guidelines = {*resource.guidelines.light(), *resource.used_by.light()}
    context = {
        "steps": [("Materialer", reverse("library:resources"))],
        "resource": resource,
        "guidelines": sorted(guidelines, key=lambda guideline: guideline.sort_key),
        "principles": resource.principles.light().numbered(),
        "actors": resource.actors.light().in_danish_order(),
        "tags": resource.tags.all(),
        "sources": resource.sources.light().in_danish_order(),
        "links": by_kind(linking_to(resource)),
    }
    return render(request, "library/resource.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    terms = GlossaryTerm.objects.light().in_danish_order()
    return render(request, "library/glossary.html", {"groups": by_initial(terms)})


@require_safe
def term(request: HttpRequest, slug: str) -> HttpResponse:
    term = get_object_or_404(GlossaryTerm, slug=slug)
    others = GlossaryTerm.objects.light()
    context = {
        "steps": [("Begreber", reverse("library:glossary"))],
        "term": term,
        "sources": term.sources.light().in_danish_order(),
        "links": by_kind(linking_to(term)),
        "previous": others.filter(sort_key__lt=term.sort_key).order_by("-sort_key").first(),
        "next": others.filter(sort_key__gt=term.sort_key).order_by("sort_key").first(),
    }
    return render(request, "library/term.html", context)


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    form = SourceFilter(request.GET)
    words = form.query().casefold().split()
    order = form.order()
    counted = Source.objects.light().annotate(uses=Count("bases__instruction", distinct=True)).in_danish_order()
    # Here and not in SQL: SQLite knows no upper and lower case of æ, ø and å.
    found = [source for source in counted if _has_words(source, words)]
    context = {
        "form": form,
        "query": form.query(),
        "order": order,
        "orders": SourceFilter.ORDERS,
        "count": len(found),
        "groups": by_publisher(found) if order == "udgiver" else by_initial(found),
    }
    return render(request, "library/source_list.html", context)


@require_safe
def source(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source, slug=slug)
    amendments = source.amendments.for_list()
    bases = in_reading_order(source.bases.all())
    context = {
        "steps": [("Kilder", reverse("library:sources"))],
        "source": source,
        "instructions": list(dict.fromkeys(basis.instruction for basis in bases)),
        "amendments": amendments,
        "records": by_kind(
            [
                *source.guidelines.light(),
                *source.terms.light(),
                *source.resources.light(),
            ]
        ),
        "links": by_kind(linking_to(source)),
    }
    return render(request, "library/source.html", context)


def _has_words(source: Source, words: list[str]) -> bool:
    text = f"{source.title} {source.publisher} {source.year or ''}".casefold()
    return all(word in text for word in words)
