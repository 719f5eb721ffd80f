"""The texts of a site as JSON, for the peer: `python -m bench.texts FILE`.

Each page as {address, title, summary, html}; a guideline also has {introduction, instructions, sections}, in the order
in which readers see them.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps([*_records(), *_provisions(), *_guidelines()]), encoding="utf-8")


def _records() -> Iterator[dict[str, Any]]:
    from library.models import Record
    from markup.kinds import Kind

    for record in Record.objects.exclude(kind=Kind.GUIDELINE.value).order_by("address"):
        html = record.html + "".join(f"<h2>{section['title']}</h2>{section['html']}" for section in record.sections)
        yield {"address": record.address, "title": record.title, "summary": record.summary, "html": html}


def _provisions() -> Iterator[dict[str, Any]]:
    from library.models import Provision

    for provision in Provision.objects.select_related("act"):
        title = f"{provision.label} {provision.heading}"
        yield {
            "address": provision.get_absolute_url(),
            "title": title,
            "summary": provision.summary,
            "html": f"<p>{provision.html}</p>",
        }


def _guidelines() -> Iterator[dict[str, Any]]:
    from guidelines.models import Guideline

    for guideline in Guideline.objects.select_related("theme"):
        yield {
            "address": guideline.address,
            "title": guideline.title,
            "summary": guideline.summary,
            "introduction": guideline.html,
            "instructions": [
                {
                    "obligation": instruction.get_obligation_display(),
                    "title": instruction.title,
                    "anchor": instruction.anchor,
                    "text": instruction.html,
                    "actors": [str(actor) for actor in instruction.actors.all()],
                    "principles": [str(principle) for principle in instruction.principles.all()],
                    "law": [str(basis.provision or basis.source) for basis in instruction.bases.all()],
                }
                for instruction in guideline.instructions.order_by("position")
            ],
            "sections": [{"title": section["title"], "text": section["html"]} for section in guideline.sections],
        }


if __name__ == "__main__":
    main()
