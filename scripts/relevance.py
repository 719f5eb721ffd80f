"""`make relevance`: the judged queries asked of both engines and of their stock search, in one run.

On a database of its own for each, with the content as the files have it, so that the figures are those of the code.
"""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from scripts import postgres
from scripts.console import ROOT, Command, step
from scripts.environment import PYTHON
from scripts.instance import MANAGE


def run(arguments: Sequence[str]) -> int:
    """Measure, SQLite first. `arguments` are those of `manage.py relevance`; the exit code is its own."""
    with tempfile.TemporaryDirectory(prefix="hjemvej-relevance-") as folder, postgres.running() as url:
        found = Path(folder) / "found.json"
        return _measured("SQLite", Path(folder), "", [*arguments, "--save", str(found)]) or _measured(
            "PostgreSQL", Path(folder), url, [*arguments, "--beside", str(found)]
        )


def _measured(name: str, folder: Path, url: str, arguments: Sequence[str]) -> int:
    env: Mapping[str, str] = {"HJEMVEJ_VAR": str(folder), "DATABASE_URL": url, "DEBUG": "0", "LOG_LEVEL": "ERROR"}
    tasks = (["migrate", "--no-input", "--verbosity=0"], ["load_content"], ["rebuild_index"])
    for task in tasks:
        step(f"{name}: {task[0]}", [PYTHON, MANAGE, *task], env=env)
    command: Command = [PYTHON, MANAGE, "relevance", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **env}, check=False).returncode
