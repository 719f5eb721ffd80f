"""The small words of the templates: badges and signs, Danish dates and counts, law references that do not break."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from library.danish import format_date
from markup.kinds import Obligation

register = template.Library()

_NO_BREAK = "\N{NO-BREAK SPACE}"
# A blank after "§", "stk.", "nr." or "litra" and before a number, and between a number and its letter ("85 a").
_LAW_BLANK = re.compile(r"(?<=§) (?=\d)|(?<=\bstk\.) (?=\d)|(?<=\bnr\.) (?=\d)|(?<=\blitra) (?=\w)|(?<=\d) (?=[a-z]\b)")


@register.simple_tag
@cache
def badge(obligation: str, silent: bool = False) -> SafeString:
    """The word Skal, Bør or Kan as a badge; `silent` where the text beside it says the word too."""
    word = Obligation(obligation)
    hidden = SafeString(' aria-hidden="true"') if silent else ""
    return format_html('<span class="ob {}"{}>{}</span>', word.value, hidden, word.label)


@register.simple_tag
@cache
def pip(obligation: str) -> SafeString:
    """The small sign for Skal, Bør or Kan. It is silent: the text beside it says the word."""
    return format_html('<span class="pip {}" aria-hidden="true"></span>', Obligation(obligation).value)


@lru_cache(maxsize=10_000)
def escaped(text: str) -> str:
    """`text` as HTML that keeps a sign with its number. For what stands on many pages, such as the names of filters."""
    return escape(nbsp(text))


@register.filter
def obligation_word(obligation: str) -> str:
    """ "boer" → "Bør"."""
    return Obligation(obligation).label


@register.filter
def danish_date(day: date | datetime | None) -> str:
    """A day as "2. marts 2026"; of a moment, its day in Denmark; empty for nothing."""
    if day is None:
        return ""
    return format_date(timezone.localtime(day).date() if isinstance(day, datetime) else day)


@register.filter
def nbsp(text: object) -> str:
    """Keeps "§ 85 a, stk. 2" on one line as far as sense goes: each sign with its number."""
    return _LAW_BLANK.sub(_NO_BREAK, str(text))


@register.filter
def counted(count: int, words: str) -> str:
    """`2|counted:"anvisning,anvisninger"` → "2 anvisninger"."""
    one, several = words.split(",")
    return f"{count}{_NO_BREAK}{one if count == 1 else several}"


def _law_references(bases: Iterable[Any]) -> list[tuple[str, str]]:
    """(address, label) of the provisions among `bases`: "Serviceloven § 110, stk. 2", "stk. 5", "§ 85 a".

    Act and provision are named once where several in a row share them.
    """
    references = []
    last = None
    for base in bases:
        provision = base.provision
        if provision is None:
            continue
        parts = [base.subsection] if base.subsection else []
        if last is None or last.act_id != provision.act_id:
            parts.insert(0, f"{capfirst(provision.act.short_title)} {provision.label}")
        elif last.pk != provision.pk or not parts:
            parts.insert(0, provision.label)
        references.append((provision.get_absolute_url(), nbsp(", ".join(parts))))
        last = provision
    return references


@register.simple_tag
def law_links(bases: Iterable[Any]) -> SafeString:
    """The provisions among `bases` as links: "Serviceloven § 110, stk. 2, stk. 5, § 85 a"; else nothing."""
    return format_html_join(", ", '<a href="{}">{}</a>', _law_references(bases))


@register.simple_tag
def law_text(bases: Iterable[Any]) -> str:
    """The same without links, for a line of small print."""
    return ", ".join(label for _, label in _law_references(bases))


@register.simple_tag
def sources_of(bases: Iterable[Any]) -> list[Any]:
    """The sources among `bases`."""
    return [base.source for base in bases if base.source]


@register.simple_tag
def record_links(records: Iterable[Any]) -> SafeString:
    """Records as links with their short names, separated by commas."""
    return format_html_join(
        ", ",
        '<a href="{}">{}</a>',
        ((record.address, nbsp(getattr(record, "label", record.title))) for record in records),
    )


@register.simple_tag
def names(records: Iterable[Any]) -> str:
    """The titles of records, separated by commas."""
    return ", ".join(nbsp(record.title) for record in records)
