"""The peer's content: each text of a file that bench/texts.py has made becomes a page at the same address.

Links in the texts stay plain addresses, which spares the peer what it would take to look up a page for each.
"""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from wagtail.models import Page, Site

from peer.models import GuidelinePage, TextPage


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_: Any, **options: Any) -> None:
        texts = json.loads(options["file"].read_text(encoding="utf-8"))
        Page.objects.filter(depth=2).delete()
        home = Page.objects.get(depth=1).add_child(instance=TextPage(title="Hjemvej", slug="hjem"))
        Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "127.0.0.1", "root_page": home})
        tree = {"/": home}
        for text in sorted(texts, key=lambda text: text["address"].count("/")):
            _place(text, tree)
        self.stdout.write(f"{len(tree)} pages")


def _place(text: dict[str, Any], tree: dict[str, Page]) -> None:
    """A page for `text` below that of the address above it, which is made where there is none."""
    above, slug = text["address"].strip("/").rpartition("/")[::2]
    parent = f"/{above}/" if above else "/"
    if parent not in tree:
        _place({"address": parent, "title": above.capitalize(), "summary": "", "html": ""}, tree)
    page = _page(text, slug, in_menu=not above)
    tree[text["address"]] = Page.objects.get(pk=tree[parent].pk).add_child(instance=page)


def _page(text: dict[str, Any], slug: str, *, in_menu: bool) -> Page:
    names = {"title": text["title"][:255], "slug": slug, "summary": text["summary"], "show_in_menus": in_menu}
    names["search_description"] = text["summary"]
    if "instructions" not in text:
        return TextPage(**names, body=text["html"])
    return GuidelinePage(
        **names,
        introduction=text["introduction"],
        instructions=json.dumps([{"type": "instruction", "value": value} for value in text["instructions"]]),
        sections=json.dumps([{"type": "section", "value": value} for value in text["sections"]]),
    )
