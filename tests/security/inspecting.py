"""What a browser would run, load or lead to on a whole page, and must not."""

import re
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from django.test import Client

# What the tests write where somebody could write. It breaks out of a text and of an attribute in either quotes, and is
# short enough for every field that has an end.
MARK = "ondskab"
ATTACK = f"\"><script src=//{MARK}.example></script><svg/onload={MARK}()>' onfocus={MARK}() x='</title>"
_RUNNING = ("javascript:", "vbscript:", "data:text", "data:image/svg")
_LOADING = frozenset({"script", "img", "iframe", "embed", "source", "video", "audio", "object"})
_NEVER = frozenset({"iframe", "object", "embed", "base", "style", "applet", "frame", "math"})


class Inspector(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.offences: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _NEVER or (tag == "script" and not given.get("src")):
            self.offences.append(f"<{tag}>")
        if tag in _LOADING and not given.get("src", "/").startswith(("/static/", "/media/", "/")):
            self.offences.append(f"<{tag} src={given['src']}>")
        for name, value in given.items():
            address = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or name == "style" or MARK in name:
                self.offences.append(f"<{tag} {name}>")
            if name in {"src", "href", "action", "formaction", "srcset"} and address.startswith(_RUNNING):
                self.offences.append(f"<{tag} {name}={value}>")
            if name == "src" and address.startswith("//"):
                self.offences.append(f"<{tag} src={value}>")


def offences(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.offences


def looked_at(client: Client, address: str) -> str:
    """The answer at `address` as text, after what is wrong in it has been looked for in the way that suits it."""
    answer: Any = client.get(address)
    kind = answer.get("Content-Type", "")
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer["X-Content-Type-Options"] == "nosniff", address
    text = body.decode(errors="replace")
    if kind.startswith("text/html"):
        assert offences(text) == [], address
    elif "xml" in kind:
        for element in ElementTree.fromstring(body).iter():
            assert element.get("type") != "html" or offences(element.text or "") == [], address
    return text
