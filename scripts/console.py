"""Talking to the person at the terminal: one line for each step, one line for what stops it."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A step that takes longer than this shows a dot, and one more for each such while.
DOT_SECONDS = 5.0
# A program and its arguments.
Command = list[str | Path]


class Stop(Exception):
    """Ends the task; its text is the one line that says what is wrong and what to do."""


def say(text: str) -> None:
    """Print a line at once, also where the output is a pipe."""
    print(text, flush=True)


def step(label: str, command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """Run `command`, with `env` on top of the environment, with a line of progress; give back what it printed.

    Its output is kept from the terminal unless it fails; then its end is shown, and the task stops. A single line of
    output is taken to say it all.
    """
    started = time.monotonic()
    print(f"{label} ...", end="", flush=True)
    code, output = _run(command, {**os.environ, **(env or {})}, cwd)
    print(f" {time.monotonic() - started:.1f} s", flush=True)
    if code:
        lines = output.strip().splitlines()
        if len(lines) == 1:
            raise Stop(lines[0])
        print("\n".join(f"    {line}" for line in lines[-20:]), file=sys.stderr, flush=True)
        raise Stop(f"{label}: failed (exit code {code}); the lines above say why.")
    return output


def _run(command: Sequence[str | Path], env: Mapping[str, str], cwd: Path) -> tuple[int, str]:
    """The exit code of `command` and what it printed; on the terminal, a dot for each while that it takes."""
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except FileNotFoundError as error:
        return 127, f"{error.filename}: not found"
    while True:
        try:
            output, _ = process.communicate(timeout=DOT_SECONDS)
        except subprocess.TimeoutExpired:
            print(".", end="", flush=True)
        else:
            return process.returncode, output
