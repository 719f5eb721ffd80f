"""The lock files: how they are renewed, and what must hold of them.

Every lock in `requirements/` holds exact versions with hashes for all platforms and no download address.
Each of run, test, check and fuzz is compiled with those before it as constraints: test and check hold the earlier
ones whole, and fuzz holds run.
"""

from scripts.console import ROOT, Command, say, step
from scripts.environment import LOCKS, REQUIREMENTS, VENV, npm

# What of pyproject.toml is in each lock: the project itself with its dependencies, and dependency groups.
PROJECT = "pyproject.toml"
CONTENTS = {
    "run": [PROJECT],
    "test": [PROJECT, "--group", "test"],
    "check": [PROJECT, "--group", "test", "--group", "check"],
    "node": ["--group", "node"],
    "fuzz": [PROJECT, "--group", "fuzz"],
}


def renew(*, upgrade: bool) -> None:
    """Compile all locks again; versions stay where they fit, unless `upgrade` asks for the newest that do."""
    done: list[str] = []
    for name in (*LOCKS, "fuzz", "node"):
        _compile(name, constraints=done if name != "node" else [], upgrade=upgrade)
        done.append(name)
    verb = "update" if upgrade else "install"
    step("Locking npm packages", [*npm(), verb, "--package-lock-only", "--ignore-scripts"])
    say("The locks are new: commit requirements/ and package-lock.json.")


def _compile(name: str, *, constraints: list[str], upgrade: bool) -> None:
    command: Command = [VENV / "bin" / "uv", "pip", "compile", "--universal", "--generate-hashes", "--no-header"]
    for constraint in constraints:
        command += ["--constraint", REQUIREMENTS / f"{constraint}.txt"]
    if upgrade:
        command += ["--upgrade"]
    lock = (REQUIREMENTS / f"{name}.txt").relative_to(ROOT)
    step(f"Locking Python packages ({name})", [*command, "--output-file", lock, *CONTENTS[name]])
