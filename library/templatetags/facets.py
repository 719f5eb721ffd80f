"""Filters as HTML: in Python, because a page has hundreds of choices, and a template takes many times as long."""

from collections.abc import Iterable
from functools import cache, lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from library.facets import FacetList
from library.templatetags.hjemvej import badge, escaped

register = template.Library()


@register.simple_tag
def facet_fields(opened: Iterable[FacetList], folded: Iterable[FacetList], things: str = "") -> SafeString:
    """The filters of a form, those that are folded last.

    things: what is counted, one and several; instructions, where it is not said.
    """
    fields = [
        f"\n<fieldset>\n<legend>{escaped(facet.legend)}</legend>{facet_choices(facet, things)}\n</fieldset>"
        for facet in opened
    ]
    return SafeString("".join([*fields, *(_fold(facet, things) for facet in folded)]))


@register.simple_tag
def facet_choices(facet: FacetList, things: str = "") -> SafeString:
    """The choices of one filter with the number that each would give; `things` as for `facet_fields`."""
    one, several = (things or "anvisning,anvisninger").split(",")
    one, several = _end(one), _end(several)
    choices = []
    for choice in facet.choices:
        before, after = _around(facet.name, choice.slug, choice.label)
        checked = " checked" if choice.chosen else ""
        choices.append(f"{before}{checked}{after}{choice.count}{one if choice.count == 1 else several}")
    return SafeString("".join(choices))


def _fold(facet: FacetList, things: str) -> str:
    legend = escaped(facet.legend)
    note = f'\n<p class="quiet">{escaped(facet.note)}</p>' if facet.note else ""
    return (
        f'\n<details class="facet"{" open" if facet.chosen else ""}>\n<summary>{legend} {_chevron()}</summary>\n'
        f'<fieldset>\n<legend class="sr-only">{legend}</legend>{note}{facet_choices(facet, things)}\n</fieldset>\n'
        "</details>"
    )


@lru_cache(maxsize=10_000)
def _around(name: str, slug: str, label: str) -> tuple[str, str]:
    """What stands before the word `checked` and between it and the number: on many pages the same."""
    shown = badge(slug) if name == "forpligtelse" else f"<span>{escaped(label)}</span>"
    return (
        f'\n<label class="choice">\n<input type="checkbox" name="{name}" value="{escaped(slug)}"',
        f'>\n{shown}\n<span class="n">',
    )


@cache
def _chevron() -> str:
    return render_to_string("components/chevron.html").strip()


def _end(thing: str) -> str:
    return f'<span class="sr-only"> {thing}</span></span>\n</label>'
