"""The part "search": both engines over a large corpus, beside their stock search over the same one in the same run."""

import json
import os
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import table
from scripts import instance, postgres
from scripts.console import ROOT, say
from scripts.environment import PYTHON

# Indexed documents; the smaller number where other parts are measured too, so that all of it takes a few minutes.
WHOOSH = 10_000
POSTGRES = 100_000
POSTGRES_BESIDE_OTHERS = 10_000


def measure(documents: int | None, *, alone: bool) -> None:
    """documents: how many to index, where it is not the usual number. alone: whether there is time for all of it."""
    on_disk = documents or WHOOSH
    in_database = documents or (POSTGRES if alone else POSTGRES_BESIDE_OTHERS)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hjemvej-bench-search-")))
        url = stack.enter_context(postgres.running())
        results = {
            "Whoosh": _result(folder / "whoosh", "", on_disk),
            "PostgreSQL": _result(folder / "postgres", url, in_database),
        }
    table.print_engines(results)


def _result(folder: Path, url: str, count: int) -> dict[str, Any]:
    folder.mkdir()
    env = {"HJEMVEJ_VAR": str(folder), "DATABASE_URL": url, "DEBUG": "0", "LOG_LEVEL": "ERROR"}
    instance.prepare(env)
    say(f"Indexing and searching {count:,} documents")
    ours = {**_step(env, "index", str(count)), **_step(env, "ask")}
    return {"documents": count, "ours": ours, "stock": _step(env, "stock", str(count))}


def _step(env: dict[str, str], *step: str) -> dict[str, Any]:
    """What a step of `bench.search_worker` printed."""
    output = subprocess.run(
        [PYTHON, "-m", "bench.search_worker", *step],
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result
