"""Processes are killed, or hang, while readers read and editors write: what was stored stays; the site comes back."""

import json
import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from scripts import instance
from scripts.console import ROOT, Command
from scripts.environment import PYTHON
from tests.servers.conftest import MakeSite
from tests.servers.site import Site, eventually
from tests.servers.work import GUIDELINE, READ, TERM, Editor, readers

pytestmark = pytest.mark.servers
# So that a process is caught at another moment each time; the same moments in every run.
FIND = "/api/v1/search?q=flodhest"
CHANCES = random.Random(4).sample(range(100), 4)


@pytest.fixture
def site(make_site: MakeSite) -> Iterator[Site]:
    site = make_site().start()
    yield site
    site.kill()


def integrity(site: Site) -> str:
    """What SQLite says of its file, read anew."""
    code = "from django.db import connection as c; print(c.cursor().execute('PRAGMA integrity_check').fetchall())"
    return site.manage("shell", "-v0", "-c", code).stdout.strip()


def test_what_an_editor_was_told_is_saved_is_there_after_a_kill(site: Site) -> None:
    editor = Editor(site)
    told: list[str] = []

    def write() -> None:
        for number in range(1000):
            try:
                if editor.save(f"Sætning nummer {number} om flodheste.").status != 200:
                    return
            except (OSError, HTTPException, AssertionError):
                return
            told.append(f"Sætning nummer {number} om flodheste.")

    writer = threading.Thread(target=write)
    with readers(site) as readings:
        writer.start()
        eventually("some is saved", lambda: len(told) >= 3)
        site.kill()
        started = time.monotonic()
        site.start()
        seconds = eventually("a page is read", lambda: site.get(GUIDELINE).status == 200)
        print(f"server killed during saves: pages again {time.monotonic() - started:.1f} s later ({seconds:.1f})")
    writer.join()
    assert set(readings.statuses) <= {200, "no answer"}
    draft = Editor(site).draft()
    missing = [sentence for sentence in told if sentence not in draft]
    assert not missing
    assert integrity(site) == "[('ok',)]"
    assert "flodheste" not in site.get(TERM).text, "a draft is nothing for readers"


def test_a_load_that_is_killed_is_done_as_a_whole_or_not_at_all(site: Site, tmp_path: Path) -> None:
    fixtures = tmp_path / "fixtures"
    shutil.copytree(ROOT / "content" / "fixtures", fixtures)
    changed = sorted((fixtures / "glossary").glob("*.md"))[:20]
    for file in changed:
        file.write_text(file.read_text(encoding="utf-8") + "\nHer bor en flodhest.\n", encoding="utf-8")
    pages = [f"/begreber/{file.stem.split('-', 1)[-1] if file.stem[0].isdigit() else file.stem}/" for file in changed]
    command: Command = [PYTHON, instance.MANAGE, "load_content", str(fixtures)]
    before = {page: site.get(page).text for page in pages}
    assert not any("flodhest" in text for text in before.values())
    whole = time.monotonic()
    with readers(site) as readings:
        for chance in CHANCES:
            process = subprocess.Popen(
                command, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            # The process needs about so long to start, and then to load.
            try:
                process.wait(2 + chance / 25)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            eventually("readers see all of it or nothing", lambda: len(told_of_it(site, pages)) in (0, len(pages)), 10)
        site.manage("load_content", str(fixtures))
        eventually("all pages are the new ones", lambda: len(told_of_it(site, pages)) == len(pages))
    print(f"loads killed {len(CHANCES)} times within {time.monotonic() - whole:.0f} s")
    assert set(readings.statuses) == {200}
    # Killed between its commit and the index, a load leaves the index behind; the searches that find it so mend it.
    eventually("they are found", lambda: json.loads(site.get(FIND).body).get("count") == len(pages))
    eventually("all is in order", lambda: site.get("/readyz").status == 200)


def told_of_it(site: Site, pages: list[str]) -> list[str]:
    return [page for page in pages if "flodhest" in site.get(page).text]


def test_an_index_that_is_being_made_when_its_process_is_killed_leaves_the_old_one(site: Site) -> None:
    command: Command = [PYTHON, instance.MANAGE, "rebuild_index"]
    with readers(site, "/soeg/?q=herberg", "/soeg/?q=handleplan", *READ) as readings:
        for chance in CHANCES:
            process = subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.DEVNULL)
            try:
                process.wait(1.5 + chance / 40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            assert "/begreber/herberg/" in site.get(f"/soeg/?q=herberg&nr={chance}").text
        assert site.manage("rebuild_index").returncode == 0
    assert set(readings.statuses) == {200}


def test_a_killed_worker_is_replaced_while_the_other_answers(make_site: MakeSite) -> None:
    site = make_site().start(workers=2)
    eventually("two workers", lambda: len(site.workers()) == 2)
    with readers(site) as readings:
        eventually("readers are served", lambda: readings.statuses[200] > 10)
        victim = site.workers()[0]
        os.kill(victim, signal.SIGKILL)
        seconds = eventually("a new worker", lambda: len(set(site.workers()) - {victim}) == 2)
        print(f"worker killed: replaced after {seconds:.1f} s, {dict(readings.statuses)}")
        served = readings.statuses[200]
        eventually("readers are served on", lambda: readings.statuses[200] > served + 20)
    assert set(readings.statuses) <= {200, "no answer"}
    # Only the requests that the dead one had in its hands.
    assert readings.statuses["no answer"] <= 2


def test_a_worker_that_hangs_does_not_keep_readers_from_the_other(make_site: MakeSite) -> None:
    site = make_site().start(workers=2)
    eventually("two workers", lambda: len(site.workers()) == 2)
    stopped = site.workers()[0]
    os.kill(stopped, signal.SIGSTOP)
    try:
        answered = 0
        for _ in range(20):
            try:
                answered += site.get(GUIDELINE, timeout=2).status == 200
            except OSError:
                pass
        print(f"one of two workers hangs: {answered} of 20 requests answered within 2 s")
        assert answered >= 5
    finally:
        os.kill(stopped, signal.SIGCONT)
    eventually("all is well again", lambda: all(site.get(GUIDELINE).status == 200 for _ in range(20)))
    os.kill(stopped, signal.SIGSTOP)
    started = time.monotonic()
    site.stop()
    assert time.monotonic() - started < 20, "an operator can stop it all the same"


def test_the_database_file_is_taken_away_and_put_back(site: Site) -> None:
    database, aside = site.var / "hjemvej.sqlite3", site.var / "aside.sqlite3"
    with readers(site) as readings:
        eventually("readers are served", lambda: readings.statuses[200] > 10)
        database.rename(aside)
        answer = site.get("/begreber/handleplan/?nr=1")
        assert answer.status in (200, 503)
        assert "Traceback" not in answer.text
        aside.rename(database)
        eventually("all is well again", lambda: site.get("/begreber/handleplan/?nr=2").status == 200)
    assert set(readings.statuses) <= {200, 503}
    assert integrity(site) == "[('ok',)]"
