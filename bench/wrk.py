"""wrk, the load generator for what answers thousands of times a second: a client in Python would be the limit there."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.client import BROWSER
from scripts.console import Stop, step

_SCRIPT = Path(__file__).with_suffix(".lua")
MISSING = "wrk is missing (Debian and Ubuntu: apt install wrk)"


@dataclass(frozen=True)
class Load:
    """How many answers came in so many seconds, and how many of them were errors."""

    requests: int
    seconds: float
    failed: int

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


def ensure() -> str:
    """The program, installed first where there is none and we may. Stop where that does not help."""
    apt = shutil.which("apt-get")
    if not shutil.which("wrk") and apt and os.geteuid() == 0 and Path("/etc/debian_version").exists():
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        step("Looking up Debian's packages", [apt, "update", "-qq"], env=quiet)
        step("Installing Debian's wrk", [apt, "install", "-y", "-qq", "--no-install-recommends", "wrk"], env=quiet)
    program = shutil.which("wrk")
    if program is None:
        raise Stop(MISSING)
    return program


def load(
    origin: str, addresses: Sequence[str], seconds: int, clients: int, headers: Mapping[str, str] | None = None
) -> Load:
    """Ask `origin` for `addresses` in turn over `clients` connections at once, for `seconds`."""
    with tempfile.NamedTemporaryFile("w", prefix="hjemvej-bench-", suffix=".txt", encoding="ascii") as file:
        file.write("\n".join(addresses) + "\n")
        file.flush()
        sent = {**BROWSER, **(headers or {})}
        given = [part for name, value in sent.items() for part in ("-H", f"{name}: {value}")]
        size = ["-t1", f"-c{clients}", f"-d{seconds}s"]
        output = subprocess.run(
            [ensure(), *size, *given, "-s", str(_SCRIPT), origin, "--", file.name],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    told = json.loads(output.splitlines()[-1])
    return Load(told["requests"], told["microseconds"] / 1e6, told["failed"])
