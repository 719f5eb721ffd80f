"""The servers that are measured: the same application server with the same options, started beside each other."""

import os
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from scripts.console import ROOT
from scripts.instance import server_command

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
# With two processors or more, the servers have the first for themselves and the client the others.
SERVER_CPU = {0}
SEPARATE = hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1


class Server:
    """A running application server of one worker process."""

    def __init__(self, application: str, environment: Mapping[str, str]) -> None:
        self.port = _free_port()
        command = server_command("127.0.0.1", self.port)
        self._process = subprocess.Popen(  # noqa: S603 - the command is the project's own
            [*map(str, command[:-1]), application], cwd=ROOT, env={**os.environ, **environment}
        )
        self._wait()
        self._worker = _child_of(self._process.pid)
        if SEPARATE:
            for thread in Path(f"/proc/{self._worker}/task").iterdir():
                os.sched_setaffinity(int(thread.name), SERVER_CPU)

    def cpu_seconds(self) -> float:
        """Processor time that the worker has used so far."""
        fields = Path(f"/proc/{self._worker}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def megabytes(self) -> float:
        """Memory that the worker has in use now."""
        resident = Path(f"/proc/{self._worker}/statm").read_text(encoding="ascii").split()[1]
        return int(resident) * _PAGE / 1e6

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)

    def _wait(self) -> None:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                if self._process.poll() is not None:
                    raise SystemExit("The server stopped while starting.") from None
                time.sleep(0.1)
            else:
                return
        self.stop()
        raise SystemExit("The server does not answer.")


def keep_client_apart() -> None:
    """Keep this process, the client, off the servers' processor."""
    if SEPARATE:
        os.sched_setaffinity(0, set(range(os.cpu_count() or 1)) - SERVER_CPU)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _child_of(pid: int) -> int:
    """The worker that the server started, the one process below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return int(children[-1])
