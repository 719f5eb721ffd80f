"""The servers that are measured: the same application server with the same options, started beside each other."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.console import ROOT, Stop
from scripts.environment import PYTHON
from scripts.instance import server_command

APPLICATION = "config.wsgi:application"
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_START_SECONDS = 60
_STOP_SECONDS = 20
# With two processors or more, the servers have the first for themselves and the client the others.
SERVER_CPU = {0}
SEPARATE = hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1


class Server:
    """A server that listens at `origin`; `pid` is that of its one worker process."""

    def __init__(self, origin: str, pid: int) -> None:
        self.origin = origin
        self._process = Path(f"/proc/{pid}")
        if SEPARATE:
            for thread in (self._process / "task").iterdir():
                os.sched_setaffinity(int(thread.name), SERVER_CPU)

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def cpu_seconds(self) -> float:
        """Processor time that the worker has used so far."""
        fields = (self._process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def megabytes(self) -> float:
        """Memory that the worker has in use now."""
        resident = (self._process / "statm").read_text(encoding="ascii").split()[1]
        return int(resident) * _PAGE / 1e6


@contextmanager
def running(
    environment: Mapping[str, str], application: str = APPLICATION, *, python: Path = PYTHON
) -> Iterator[Server]:
    """`application` under the application server, with one worker, and stopped at the end."""
    port = free_port()
    command = [str(python), *map(str, server_command("127.0.0.1", port)[1:-1]), application]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})
    try:
        _wait(process, port)
        yield Server(f"http://127.0.0.1:{port}", child_of(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Until it answers a request: granian listens before it has loaded the application."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Stop("The server stopped while starting.")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=_START_SECONDS) as probe:
                probe.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                if probe.recv(1):
                    return
        except OSError:
            time.sleep(0.1)
    raise Stop("The server does not answer.")


def keep_client_apart() -> None:
    """Keep this process, the client, and those that it starts off the servers' processor."""
    if SEPARATE:
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)) - SERVER_CPU)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def child_of(pid: int) -> int:
    """The worker that a server started, the last process below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return int(children[-1])
