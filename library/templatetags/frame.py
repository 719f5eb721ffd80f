"""The frame of a page, which is the same on all: made once in a process, because a page has hundreds of such lines."""

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
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
