"""The part "wagtail": the same texts as pages of a plain Wagtail site, under the same server, in the same run.

The site is in bench/wagtail/ and gets an environment of its own. Where there was a doubt, it got what is cheaper for
it: names instead of relations, links as plain addresses, no compression, no finding of related pages.
"""

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from bench import client, servers
from bench.mix import judged_queries
from bench.pages import PAGE
from bench.scenarios import Effort, Scenario, ratio, take_turns
from bench.servers import Server
from bench.sites import Environment, Sites
from bench.table import Finding, Note
from scripts.console import ROOT, Command, step
from scripts.environment import PYTHON

PROJECT = ROOT / "bench" / "wagtail"
APPLICATION = "peer.wsgi:application"


def measure(sites: Sites, effort: Effort) -> list[Finding]:
    folder = sites.folder / "wagtail"
    python, environment = _installed(folder, sites.on_disk)
    searches = [f"/soeg/?{urlencode({'q': query})}" for query in judged_queries()]
    with ExitStack() as stack:
        theirs = stack.enter_context(servers.running(environment, APPLICATION, python=python))
        kept = stack.enter_context(servers.running({**sites.on_disk, "PAGE_CACHE": "1"}))
        made = stack.enter_context(servers.running({**sites.on_disk, "PAGE_CACHE": "0"}))
        scenarios = [
            Scenario(theirs, [PAGE]),
            Scenario(made, [PAGE]),
            Scenario(kept, [PAGE]),
            Scenario(theirs, searches),
            Scenario(made, searches),
            Scenario(kept, searches),
        ]
        # Before the rounds, so that the page cache has every search.
        misses = _misses(theirs, searches, b"<h1>0 resultater"), _misses(kept, searches, b"<h1>Intet fundet")
        page, from_database, from_cache, their_search, our_search, again = take_turns(scenarios, effort)
        plain = {"Accept-Encoding": "identity"}
        sizes = [len(client.fetch(server.port, PAGE, plain).body) for server in (theirs, made)]
    return [
        ratio("(h) page from the database ÷ page of a plain Wagtail site", from_database, page, 5),
        ratio("(h) page from the page cache ÷ page of a plain Wagtail site", from_cache, page, 15),
        ratio("(h) search, page cache off ÷ search of a plain Wagtail site", our_search, their_search, 3),
        ratio("(h) search asked again, page cache on ÷ the same", again, their_search),
        Note(
            f"(h) Wagtail {_pinned('wagtail')} with Django {_pinned('django')} under the same server, on SQLite: "
            f"the same texts at the same addresses, menu, breadcrumbs, StreamField, its database search; "
            f"{sizes[0]:,} bytes for the page, ours {sizes[1]:,}, uncompressed. {len(searches)} judged queries in "
            f"turn; it finds nothing for {misses[0]} of them, Hjemvej for {misses[1]}."
        ),
    ]


def _misses(server: Server, searches: Sequence[str], sign: bytes) -> int:
    """How many of `searches` find nothing, which their pages say with `sign`."""
    plain = {"Accept-Encoding": "identity"}
    return sum(sign in client.fetch(server.port, search, plain).body for search in searches)


def _installed(folder: Path, ours: Environment) -> tuple[Path, Environment]:
    """The peer with our texts, made in `folder`: the Python and the environment that it runs with."""
    migrations = folder / "peer_migrations"
    migrations.mkdir(parents=True)
    (migrations / "__init__.py").touch()
    texts, venv = folder / "texts.json", folder / "venv"
    python = venv / "bin" / "python"
    environment = {
        "PEER_VAR": str(folder),
        "PYTHONPATH": os.pathsep.join(map(str, (PROJECT, folder))),
        "DJANGO_SETTINGS_MODULE": "peer.settings",
    }
    step("Reading our texts", [PYTHON, "-m", "bench.texts", texts], env=ours)
    step("Making an environment for Wagtail", [PYTHON, "-m", "venv", venv])
    pip: Command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    step("Installing Wagtail", [*pip, "--require-hashes", "-r", PROJECT / "requirements.txt"])
    manage: Command = [python, "-m", "django"]
    # Its migrations belong to the Wagtail that was just installed.
    step("Making the tables of the Wagtail site", [*manage, "makemigrations", "peer"], env=environment)
    step("Preparing its database", [*manage, "migrate", "--no-input", "--verbosity=0"], env=environment)
    step("Making its pages", [*manage, "load_texts", texts], env=environment)
    return python, environment


def _pinned(name: str) -> str:
    """The version of a package in the peer's requirements."""
    lines = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return next(line.split("==")[1].split()[0] for line in lines if line.startswith(f"{name}=="))
