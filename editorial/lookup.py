"""What the editor's toolbar can refer to: records, single instructions, provisions, found by words of their names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, JsonResponse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from content.catalogue import stored_catalogue
from content.registry import MODELS
from guidelines.models import Instruction
from library.danish import sort_key
from library.models import Provision
from markup.catalogue import Catalogue
from markup.kinds import Kind

MOST = 20
_LONGEST_QUERY = 100
LAW = "lov"


@dataclass(frozen=True)
class Target:
    """One thing to refer to.

    detail: what it is, for the list. slug: its name in the lines below an instruction's heading. link: what stands in
    `[[…]]`, with `label` where the link should show something else than the record's title; "" where `title` is
    written as it is, which is how law is cited.
    """

    title: str
    detail: str
    slug: str
    link: str = ""
    label: str = ""
    other_names: str = ""

    def as_json(self) -> dict[str, str]:
        """What the browser needs."""
        return {name: getattr(self, name) for name in ("title", "detail", "slug", "link", "label")}


@require_GET
@never_cache
def lookup(request: HttpRequest) -> JsonResponse:
    """At most `MOST` targets whose names hold every word of `q`; `hvad` is "lov" for provisions, else texts."""
    if not request.user.is_staff:
        return JsonResponse({"error": "Log ind for at slå op."}, status=403)
    targets = _provisions() if request.GET.get("hvad") == LAW else _texts(stored_catalogue())
    found = matching(targets, request.GET.get("q", "")[:_LONGEST_QUERY])
    return JsonResponse({"results": [target.as_json() for target in found[:MOST]]})


def matching(targets: Iterable[Target], query: str) -> list[Target]:
    """Those with every word of `query` in their names, in their order, but first those whose title fits best.

    A number or a letter must begin a word of theirs; of a longer word any part will do, for Danish compounds.
    """
    wanted = _key(query)
    words = [f" {word}" if word.isdigit() or len(word) == 1 else word for word in wanted.split()]
    found = []
    for target in targets:
        title = _key(target.title)
        names = f" {title} {_key(target.other_names)}"
        if words and all(word in names for word in words):
            elsewhere = sum(word not in f" {title}" for word in words)
            found.append((title != wanted, not title.startswith(wanted), elsewhere, target))
    return [target for *_, target in sorted(found, key=lambda item: item[:3])]


def _key(text: str) -> str:
    """What is compared: "SEL § 85a" and "sel 85 a" are the same."""
    return " ".join(re.sub(r"(\d)([a-z])", r"\1 \2", sort_key(text)).split())


def _texts(catalogue: Catalogue) -> list[Target]:
    """Records and instructions by title; the sources, which are many and seldom linked to, last."""
    source = _name(Kind.SOURCE)
    found = [*_records(catalogue), *_instructions()]
    return sorted(found, key=lambda target: (target.detail == source, _key(target.title)))


def _records(catalogue: Catalogue) -> Iterator[Target]:
    for kind in Kind:
        for entry in catalogue.of_kind(kind):
            is_alone = len(catalogue.candidates(entry.slug)) == 1
            link = entry.slug if is_alone else f"{kind}:{entry.slug}"
            yield Target(capfirst(entry.title), _name(kind), entry.slug, link, other_names=" ".join(entry.aliases))


def _name(kind: Kind) -> str:
    return capfirst(str(MODELS[kind]._meta.verbose_name))


def _instructions() -> Iterator[Target]:
    for instruction in Instruction.objects.select_related("guideline").defer("html", "guideline__text"):
        detail = f"{instruction.get_obligation_display()}-anvisning i {instruction.guideline.title}"
        identifier = instruction.identifier
        yield Target(instruction.title, detail, identifier, identifier, instruction.title)


def _provisions() -> Iterator[Target]:
    for provision in Provision.objects.with_act():
        title, names = str(provision), " ".join(provision.act.aliases)
        yield Target(title, provision.heading, title, other_names=f"{provision.heading} {names}")
