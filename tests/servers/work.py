"""What an editor does over the wire, and readers who ask without pause meanwhile."""

import http.client
import re
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from types import SimpleNamespace

from scripts import instance
from scripts.console import ROOT
from scripts.environment import PYTHON
from tests.editorial.admin_form import Fields, fields_in
from tests.servers.site import Answer, Site, Visitor, eventually

GUIDELINE = "/retningslinjer/forebyggelse/generel-forebyggelse/"
TERM = "/begreber/herberg/"
SEARCH = "/soeg/?q=flodhest"
READ = (GUIDELINE, TERM, "/", "/begreber/", "/principper/")
# Publishes PUBLISHED, two terms at a time, each time with the same number in both, and says how far it has come.
_WRITER = """
from itertools import count
from content.store import store
from markup.kinds import Kind
from tests.editorial.writing import changed
for number in count(1):
    slugs = ("naloxon", "recovery")
    store([changed(Kind.GLOSSARY, slug, summary=f"Udgave {number} af teksten.") for slug in slugs])
    print(number, flush=True)
"""
PUBLISHED = ("/begreber/naloxon/", "/begreber/recovery/")
_FIND_TERM = "from library.models import GlossaryTerm; print(GlossaryTerm.objects.get(slug='herberg').pk)"


@dataclass
class Readings:
    """What readers met: how often each status, and for how long at most nobody was answered with a page."""

    statuses: Counter[int | str] = field(default_factory=Counter)
    longest_silence: float = 0.0
    # Answers other than a page, and why there was none.
    texts: list[str] = field(default_factory=list)
    _last: float = field(default_factory=time.monotonic)

    def note(self, answer: Answer | None) -> None:
        now = time.monotonic()
        self.statuses[answer.status if answer else "no answer"] += 1
        if answer and answer.status == 200:
            self.longest_silence = max(self.longest_silence, now - self._last)
            self._last = now
        elif answer:
            self.texts.append(answer.body.decode(errors="replace"))


@contextmanager
def readers(site: Site, *addresses: str) -> Iterator[Readings]:
    """Two people who ask for `addresses`, or some pages, one after the other."""
    readings, ended = Readings(), threading.Event()

    def read() -> None:
        for address in cycle(addresses or READ):
            if ended.is_set():
                return
            try:
                readings.note(site.get(address, timeout=10))
            except (OSError, http.client.HTTPException) as error:
                readings.note(None)
                readings.texts.append(f"{address}: {error!r}")
                time.sleep(0.05)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield readings
    finally:
        ended.set()
        for thread in threads:
            thread.join()
        print(*readings.texts[:3], sep="\n")  # shown where the test fails


@contextmanager
def publishing(site: Site) -> Iterator[list[int]]:
    """Somebody publishes all the time; what has been published so far."""
    writer = subprocess.Popen(
        [PYTHON, instance.MANAGE, "shell", "-v0", "-c", _WRITER],
        cwd=ROOT,
        env=site.environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    done: list[int] = []

    def listen() -> None:
        assert writer.stdout
        done.extend(map(int, writer.stdout))

    listener = threading.Thread(target=listen)
    listener.start()
    try:
        eventually("something is published", lambda: done)
        yield done
    finally:
        writer.kill()
        writer.wait()
        listener.join()


class Editor:
    """Somebody signed in who writes on the term Herberg."""

    def __init__(self, site: Site) -> None:
        self.visitor = Visitor(site.port).sign_in()
        number = site.manage("shell", "-v0", "-c", _FIND_TERM).stdout.split()[-1]
        self.form = f"/admin/library/glossaryterm/{number}/change/"

    def fields(self, sentence: str) -> Fields:
        """The form as it stands, with `sentence` put at the end of the text."""
        page = self.visitor.get(self.form)
        assert page.status == 200, page.text
        fields = fields_in(SimpleNamespace(content=page.body))
        return {**fields, "body": f"{fields['body'].rstrip()}\n\n{sentence}\n"}

    def save(self, sentence: str) -> Answer:
        return self.visitor.post(self.form, self.fields(sentence))

    def draft(self) -> str:
        """The text that the editor finds when opening the form."""
        body: str = self.fields("")["body"]
        return body


def publish(site: Site, sentence: str) -> None:
    """Put `sentence` at the end of a text, send it for approval and approve it, all at this node."""
    editor = Editor(site)
    note = {"significance": "minor", "public_note": "Gjort tydeligere.", "_submit": "1"}
    review = editor.visitor.post(editor.form, editor.fields(sentence) | note)
    number = re.search(r"/admin/gennemsyn/(\d+)/godkend/", review.text)
    assert number, review.text
    edition = fields_in(SimpleNamespace(content=review.body))["edition"]
    page = editor.visitor.post(number[0], {"edition": edition})
    assert "offentliggjort" in page.text.lower(), page.text
