"""The preview beside the editor: the text as its public page will show it, what would stop it, and advice on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from content.catalogue import stored_catalogue
from content.plan import problems_while_writing, record_of
from content.registry import MODELS
from editorial.problems import problem_list
from guidelines.models import Actor, Basis, Obligation
from guidelines.views.guidelines import CHANGED_SECTION
from library.models import Provision, Source
from library.models import Record as RecordRow
from markup.body import body_problems
from markup.catalogue import Catalogue, number_key
from markup.guideline import InstructionText, split, with_anchors
from markup.kinds import Kind
from markup.normal import normal_body
from markup.problems import ContentError, Problem
from markup.record import Record
from markup.render import render, render_record
from principles.models import Principle


class Rows(list[RecordRow | Basis]):
    """A list that templates can treat as a relation."""

    def all(self) -> "Rows":
        return self


@dataclass
class PreviewInstruction:
    """What `components/instruction.html` shows of an instruction, of one that is not stored."""

    title: str
    anchor: str
    obligation: str
    html: str
    actors: Rows
    principles: Rows
    bases: Rows

    def get_obligation_display(self) -> str:
        return str(Obligation(self.obligation).label)


@require_POST
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """The text in `content` as HTML; `slags` and `navn` in the address say of which record it is the text."""
    kind = next((kind for kind in Kind if kind == request.GET.get("slags")), None)
    if kind is None or not _may_edit(request.user, kind):
        return HttpResponseForbidden("Du har ikke adgang til at rette denne tekst.")
    return HttpResponse(preview_html(kind, request.GET.get("navn", ""), request.POST.get("content", "")))


def preview_html(kind: Kind, slug: str, body: str) -> str:
    """`body` rendered as that of the record (`slug` is "" for a new one), below a list of its problems."""
    catalogue = stored_catalogue()
    record = _as_typed(kind, slug, body)
    problems = list(body_problems(record.body, "", record.offset))
    try:
        rendered = render_record(record, catalogue)
    except ContentError as error:
        plain = render(record.body, catalogue, own=(kind, slug))
        return _page([*problems, *error.problems], html=plain.html)
    instructions: Sequence[PreviewInstruction] = ()
    if kind is Kind.GUIDELINE:
        instructions = _instructions(split(record.body).instructions, rendered.instructions, catalogue)
    return _page(
        [*problems, *rendered.problems, *problems_while_writing(record, catalogue)],
        html=rendered.html,
        sections=rendered.sections,
        instructions=instructions,
        is_guideline=kind is Kind.GUIDELINE,
        guideline={"slug": slug},
        changed_section=CHANGED_SECTION,
    )


def _as_typed(kind: Kind, slug: str, body: str) -> Record:
    """The record with the text in the editor, its other fields as they are stored; lines count as the editor does."""
    lines = body.splitlines()
    offset = next((place for place, line in enumerate(lines) if line.strip()), 0)
    row = RecordRow.objects.filter(kind=kind, slug=slug).first()
    record = record_of(row) if row else Record(kind, slug, {})
    if kind is Kind.GUIDELINE:
        body = with_anchors(normal_body(body))
    return replace(record, body=body, offset=offset, lines={})


def markdownify(text: str) -> str:
    """Markdownx's hook for text that belongs to no record."""
    return render(text, stored_catalogue()).html


def _may_edit(user: User | AnonymousUser, kind: Kind) -> bool:
    options = MODELS[kind]._meta
    return user.is_staff and any(
        user.has_perm(f"{options.app_label}.{action}_{options.model_name}") for action in ("add", "change")
    )


def _page(problems: Iterable[Problem], **context: object) -> str:
    return render_to_string("editorial/preview.html", {"problems": problem_list(problems), **context})


def _instructions(
    parts: Sequence[InstructionText], html: dict[str, str], catalogue: Catalogue
) -> list[PreviewInstruction]:
    """The instructions with what they name, as far as it exists, in the orders of the page; four queries."""
    actors = list(Actor.objects.light().in_danish_order())
    principles = list(Principle.objects.light().numbered())
    slugs = {basis.source for part in parts for basis in part.bases}
    sources = {source.slug: source for source in Source.objects.light().filter(slug__in=slugs)}
    provisions = {
        (provision.act.slug, provision.key): provision
        for provision in Provision.objects.select_related("act").defer("act__text", "act__html")
    }

    def bases(part: InstructionText) -> Iterable[Basis]:
        for basis in part.bases:
            act = catalogue.act_named(basis.act) if basis.act else None
            provision = provisions.get((act.slug, number_key(basis.number))) if act else None
            source = sources.get(basis.source)
            if provision or source:
                yield Basis(provision=provision, source=source, subsection=basis.subsection)

    return [
        PreviewInstruction(
            title=part.title,
            anchor=part.anchor,
            obligation=part.obligation.value,
            html=html[part.anchor],
            actors=Rows(actor for actor in actors if actor.slug in part.actors),
            principles=Rows(principle for principle in principles if principle.number in part.principles),
            bases=Rows(bases(part)),
        )
        for part in parts
    ]
