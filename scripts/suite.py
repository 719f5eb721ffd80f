"""`make test`: the suite on SQLite, then on PostgreSQL, then against real servers, then in a browser."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from scripts import browser, nginx, postgres, redis
from scripts.console import ROOT, Command, Stop, say
from scripts.environment import PYTHON

# pytest's last line, such as `==== 412 passed, 1 skipped in 9.87s ====`.
CLOSING = re.compile(r"^=+ .*\bin \d[\d.:s() ]*=+$", re.MULTILINE)
NO_TESTS = 5
MOST_WORKERS = 4
# What says something on each database, and needs no server but that.
QUICK = "not browser and not servers"


@dataclass(frozen=True)
class Outcome:
    """How one run of pytest ended."""

    name: str
    code: int
    closing: str

    @property
    def failed(self) -> bool:
        return self.code != 0

    @property
    def skipped(self) -> bool:
        return re.search(r"\b\d+ skipped\b", self.closing) is not None


def run(arguments: Sequence[str], *, strict: bool) -> int:
    """Run everything, or what `arguments` for pytest select; `strict` makes a skipped test a failure.

    The exit code is 0 when every run passed. Where there is no PostgreSQL, nginx, Redis or browser to be had, the last
    line says so.
    """
    absent: list[str] = []
    outcomes = [_pytest("SQLite", QUICK, {}, arguments)]
    with ExitStack() as stack:
        try:
            url = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(postgres.running())
        except Stop as reason:
            absent.append(f"PostgreSQL ({reason})")
        else:
            outcomes.append(_pytest("PostgreSQL", QUICK, {"DATABASE_URL": url}, arguments))
    missing = [name for name, program in (("nginx", nginx.ensure()), ("Redis", redis.ensure())) if not program]
    absent += [f"{name} (none on the PATH, and none could be installed)" for name in missing]
    if not missing:
        outcomes.append(_pytest("servers", "servers", {}, arguments))
    program = browser.ensure()
    if program:
        outcomes.append(_pytest("browser", "browser", {browser.VARIABLE: program}, arguments))
    else:
        absent.append("browser (none on the PATH, and none could be installed)")
    return report(outcomes, absent, strict=strict)


def _pytest(name: str, markers: str, env: Mapping[str, str], arguments: Sequence[str]) -> Outcome:
    """One run of pytest, its output passed through as it comes."""
    say(f"\nTests: {name}")
    workers = min(os.cpu_count() or 1, MOST_WORKERS)
    surroundings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | dict(env)
    command: Command = [PYTHON, "-m", "pytest", "-n", str(workers), "-m", markers, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    output = b""
    while process.stdout and (chunk := os.read(process.stdout.fileno(), 65536)):
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
        output = (output + chunk)[-10_000:]
    code = process.wait()
    closing = CLOSING.findall(output.decode(errors="replace"))
    if code == NO_TESTS and arguments:
        code = 0
    return Outcome(name, code, closing[-1] if closing else f"no closing line; exit code {code}")


def report(outcomes: Sequence[Outcome], absent: Sequence[str], *, strict: bool) -> int:
    """Repeat the closing lines of all runs, say what is wrong, and give the exit code."""
    say("")
    for outcome in outcomes:
        say(f"{outcome.name + ':':<12} {outcome.closing}")
    failed = any(outcome.failed for outcome in outcomes)
    if absent:
        say(f"!!!!! NOT ALL TESTS WERE RUN: there was no {' and no '.join(absent)}. !!!!!")
    skipped = [outcome.name for outcome in outcomes if outcome.skipped]
    if strict and skipped:
        say(f"Skipped tests count as failures here: {', '.join(skipped)}.")
    return int(failed or (strict and bool(absent or skipped)))
