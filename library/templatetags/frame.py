"""What stands around the contents of a page: what is the same on all is made once, for it is hundreds of lines."""

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import escape
from django.utils.safestring import SafeString

register = template.Library()


class OnceNode(template.Node):
    """kept: what of → the HTML within, as it was rendered the first time."""

    def __init__(self, what: FilterExpression, nodelist: NodeList) -> None:
        self.what, self.nodelist = what, nodelist
        self.kept: dict[str, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        what = self.what.resolve(context, ignore_failures=True)
        # With DEBUG, a file that is changed gets another address while the process runs.
        if what is None or settings.DEBUG:
            return self.nodelist.render(context)
        html = self.kept.get(what)
        if html is None:
            html = self.kept[what] = self.nodelist.render(context)
        return html


@register.tag
def once(parser: Parser, token: Token) -> OnceNode:
    """`{% once what %}…{% endonce %}`: what stands within depends on `what` alone, of which there are few."""
    try:
        _, what = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("{% once %} needs to be told what its contents depend on.") from None
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return OnceNode(parser.compile_filter(what), nodelist)


# In Python, because Django's own page of a list is slow to be asked by a template.
@register.simple_tag
def pager(page: "Page[Any]", base: str) -> SafeString:
    """Links to the pages before and after, where there are several. base: their address up to the number."""
    last = page.paginator.num_pages
    if last == 1:
        return SafeString("")
    start, number = escape(base), page.number
    before = f'\n<a rel="prev" href="{start}{number - 1}">Forrige side</a>' if number > 1 else ""
    after = f'\n<a rel="next" href="{start}{number + 1}">Næste side</a>' if number < last else ""
    return SafeString(
        f'<nav class="pager" aria-label="Sider">{before}\n<span>Side {number} af {last}</span>{after}\n</nav>'
    )
