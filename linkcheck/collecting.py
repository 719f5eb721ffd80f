"""All addresses on the web that texts lead to, and which texts: read anew each time, so that it is never stale."""

from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag

from django.conf import settings

from guidelines.models import Instruction
from library.models import Act, Record, Resource, Source
from linkcheck.models import MOST_SIGNS

# What a link to a record needs, and the pages on which addresses can stand.
_COLUMNS = ("kind", "slug", "title", "address")


def holders() -> dict[str, list[Record]]:
    """Address, without its fragment → the records that hold it: in their text, or as that of what they describe."""
    found: defaultdict[str, dict[int, Record]] = defaultdict(dict)
    for record, address in _all():
        url, _ = urldefrag(address)
        if len(url) <= MOST_SIGNS and not url.startswith(f"{settings.SITE_URL}/"):
            found[url][record.pk] = record
    return {url: list(records.values()) for url, records in found.items()}


def _all() -> Iterator[tuple[Record, str]]:
    for model in (Source, Act, Resource):
        for described in model.objects.exclude(url="").only(*_COLUMNS, "url"):
            yield described, described.url
    for record in Record.objects.only(*_COLUMNS, "html", "sections"):
        for html in (record.html, *(section["html"] for section in record.sections)):
            yield from ((record, address) for address in addresses_in(html))
    instructions = Instruction.objects.filter(html__contains="http").select_related("guideline")
    for instruction in instructions.only("html", *(f"guideline__{column}" for column in _COLUMNS)):
        yield from ((instruction.guideline, address) for address in addresses_in(instruction.html))


def addresses_in(html: str) -> list[str]:
    """The addresses of other sites that the links in `html` lead to."""
    if "http" not in html:
        return []
    reader = _LinkReader()
    reader.feed(html)
    reader.close()
    return reader.found


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.found.append(address)
