"""`make check`: all that can be said about the code without running the suite."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from scripts import bill
from scripts.console import ROOT, Command, Stop, say
from scripts.environment import PYTHON, REQUIREMENTS

PRODUCTION_EXAMPLE = ROOT / "deploy" / "production.env.example"


@dataclass(frozen=True)
class Check:
    """A command that must succeed, with what it needs in its environment."""

    name: str
    command: Command
    env: Mapping[str, str] = field(default_factory=dict)


def checks(var: Path) -> list[Check]:
    """All commands, quick ones first; `var` is an empty folder for the state of those that start Django."""
    state = {"HJEMVEJ_VAR": str(var)}
    return [
        Check("ruff", _module("ruff", "check", ".")),
        Check("format", _module("ruff", "format", "--check", ".")),
        Check("import contracts", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as m; m()"]),
        Check("templates", _module("djlint", "templates", "--lint", "--quiet")),
        Check("locks and sizes", _module("pytest", "-q", "tests/test_locks.py", "tests/test_code_limits.py")),
        Check("Django", _manage("check", "--fail-level", "WARNING"), state),
        Check("Django in production", _manage("check", "--deploy", "--fail-level", "WARNING"), production(var)),
        Check("migrations", _manage("makemigrations", "--check", "--dry-run"), state),
        Check("types", _module("mypy", "."), state),
    ]


def _module(*arguments: str) -> Command:
    return [PYTHON, "-m", *arguments]


def _manage(*arguments: str) -> Command:
    return [PYTHON, ROOT / "manage.py", *arguments]


def production(var: Path) -> dict[str, str]:
    """The environment that the production example sets, with its state in `var`."""
    lines = PRODUCTION_EXAMPLE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.lstrip().startswith("#"))
    given = {key.strip(): value.strip().strip("\"'") for key, value in pairs}
    # A day written into the example would one day be too long ago.
    return given | {"HJEMVEJ_VAR": str(var), "ACCESSIBILITY_STATEMENT_DATE": date.today().isoformat()}


def run() -> None:
    """Run every check and show what each failing one said; Stop names those that failed."""
    with tempfile.TemporaryDirectory(prefix="hjemvej-check-") as folder:
        failed = [check.name for check in checks(Path(folder)) if not _passes(check)]
    if not _bill_is_made():
        failed.append("bill of materials")
    if not _no_known_vulnerability():
        failed.append("advisories")
    if failed:
        raise Stop(f"Failed: {', '.join(failed)}.")
    say("All checks passed.")


def _passes(check: Check) -> bool:
    result, seconds = _timed(check.command, check.env)
    say(f"{'ok    ' if result.returncode == 0 else 'FAILED'} {check.name} ({seconds:.1f} s)")
    if result.returncode:
        say(result.stdout + result.stderr)
    return result.returncode == 0


def _timed(command: Command, env: Mapping[str, str]) -> tuple[subprocess.CompletedProcess[str], float]:
    started = time.monotonic()
    result = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    return result, time.monotonic() - started


def _bill_is_made() -> bool:
    started = time.monotonic()
    try:
        packages = bill.make()
    except Stop as reason:
        say(f"FAILED bill of materials\n{reason}")
        return False
    counted = ", ".join(f"{number} of {name}" for name, number in packages.items())
    say(f"ok     bill of materials ({counted}, in {bill.FOLDER.relative_to(ROOT)}, {time.monotonic() - started:.1f} s)")
    return True


def _no_known_vulnerability() -> bool:
    """Ask the advisory service about what the site runs with; not to get an answer is said, but is no failure."""
    command = _module("pip_audit", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "10")
    result, seconds = _timed([*command, "--requirement", REQUIREMENTS / "run.txt"], {})
    try:
        packages = json.loads(result.stdout)["dependencies"]
    except (ValueError, KeyError):
        packages = []
    answered = [package for package in packages if "vulns" in package]
    found = [
        f"{package['name']} {package['version']}: {flaw['id']}" for package in answered for flaw in package["vulns"]
    ]
    if found:
        say("\n".join([f"FAILED advisories ({seconds:.1f} s)", *found]))
    elif answered:
        say(f"ok     advisories ({len(answered)} of {len(packages)} packages, {seconds:.1f} s)")
    else:
        say("-      advisories: not checked, for the advisory service gave no answer")
    return not found
