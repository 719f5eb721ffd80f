"""A search as HTML: its hits, and how it was understood. In Python, for a template takes many times as long."""

from collections.abc import Iterable, Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from library.templatetags.hjemvej import badge, counted, escaped, obligation_word
from search.explaining import Line
from search.presenting import ShownGroup, ShownHit

register = template.Library()

# Of a page with more hits than this, the others unfold.
MOST_OPEN = 3
_LAW_SIGN = '<span class="sign" aria-hidden="true">§</span>'


@register.simple_tag
def hit_groups(groups: Iterable[ShownGroup]) -> SafeString:
    """Pages, each under its title with its hits: the page's own, the best instructions or provisions, the others."""
    return SafeString("\n".join(map(_group, groups)))


@register.simple_tag
def explanation(lines: Iterable[Line]) -> SafeString:
    """How the query was understood, each step with a link that undoes it."""
    return SafeString("\n".join(map(_line, lines)))


def _line(line: Line) -> str:
    others = ", ".join(_link(url, other) if url else f"<b>{escape(other)}</b>" for other, url in line.others)
    undoing = f" {_link(line.url, line.undo)}" if line.url else ""
    return f"<p><b>{escape(line.word)}</b>{escape(line.after)}{others}{escape(line.end)}{undoing}</p>"


def _link(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" rel="nofollow">{escape(text)}</a>'


def _group(group: ShownGroup) -> str:
    own, hits = group.own, group.hits
    title = own.marked_title if own else escaped(group.title)
    count = f" · {counted(len(hits), group.members)}" if hits else ""
    excerpt = f'\n<p class="excerpt">{own.snippet}</p>' if own and own.snippet else ""
    return (
        f'<section class="group">\n<h2><a href="{escaped(group.url)}">{title}</a></h2>\n'
        f'<p class="quiet">{escaped(group.place)}{count}</p>{excerpt}'
        f"{_list(hits[:MOST_OPEN])}{_folded(group)}\n</section>"
    )


def _folded(group: ShownGroup) -> str:
    more = _list(group.hits[MOST_OPEN:])
    summary = f"<summary>Vis alle {len(group.hits)} i {escaped(group.title)}</summary>"
    return f'\n<details class="more">\n{summary}{more}\n</details>' if more else ""


def _list(hits: Sequence[ShownHit]) -> str:
    return f'\n<ol class="plain">{"".join(map(_hit, hits))}\n</ol>' if hits else ""


def _hit(hit: ShownHit) -> str:
    sign, spoken = _LAW_SIGN, ""
    if hit.obligation:
        sign = badge(hit.obligation, silent=True)
        spoken = f'<span class="sr-only">{obligation_word(hit.obligation)}: </span>'
    snippet = f"\n<p>{hit.snippet}</p>" if hit.snippet else ""
    note = f'\n<p class="quiet">{escaped(hit.note)}</p>' if hit.note else ""
    return (
        f'\n<li class="hit">{sign}\n<div>\n'
        f'<h3><a href="{escaped(hit.url)}">{spoken}{hit.marked_title}</a></h3>{snippet}{note}\n</div></li>'
    )
