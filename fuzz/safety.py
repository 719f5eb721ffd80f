"""What no reader may meet in rendered HTML, found by reading it as a browser does and not as it was made."""

import re
from html.parser import HTMLParser

TAGS = {
    *("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img", "sup", "div"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("id", "class", "href", "title", "src", "alt", "start", "scope", "tabindex", "role", "aria-label"),
    *("width", "height", "loading"),
}
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
OWN_PATH = re.compile(r"/(?![/\\])")


class _Inspector(HTMLParser):
    """Gathers what a browser would act upon and a reader must not meet."""

    def __init__(self) -> None:
        super().__init__()
        self.offences: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.offences.append(tag)
        for name, value in attrs:
            # What a browser strips from an address before it looks at the scheme.
            address = re.sub("[\t\r\n]", "", value or "").lstrip("".join(map(chr, range(33)))).lower()
            scheme = SCHEME.match(address)
            if name not in ATTRIBUTES:
                self.offences.append(f"{tag} {name}")
            if name in {"href", "src"} and scheme and scheme[1] not in {"http", "https", "mailto"}:
                self.offences.append(f"{name}={value}")
            if name == "src" and not OWN_PATH.match(address):
                self.offences.append(f"{name}={value}")


def offences(html: str) -> list[str]:
    """Each tag, attribute, scheme and foreign image of `html` that must not be there."""
    inspector = _Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.offences
