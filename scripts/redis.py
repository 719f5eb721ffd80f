"""Redis for the tests: the one on the PATH, else Debian's; it keeps nothing on the disk."""

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from scripts import debian
from scripts.console import Stop

START_SECONDS = 20


def ensure() -> str | None:
    """The server's program, Valkey's or Redis's, installed where there is none; None where that does not help."""
    if not _find():
        try:
            debian.install("redis-server", "Redis")
        except Stop:
            return None
    return _find()


def _find() -> str | None:
    return shutil.which("valkey-server") or shutil.which("redis-server")


class Server:
    """A server at `port` of this machine."""

    def __init__(self, program: str, port: int) -> None:
        self.port = port
        self._command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, empty, and wait until it answers."""
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, stdin=quiet, stdout=quiet, stderr=quiet)
        for _ in range(START_SECONDS * 20):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise Stop("Redis does not start.")

    def kill(self) -> None:
        """End it at once, without a word."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def pause(self) -> None:
        """Have it stand still: it takes connections, and answers nothing."""
        if self._process:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def running(port: int) -> Iterator[Server]:
    """A server at `port`, killed at the end."""
    program = ensure()
    if program is None:
        raise Stop("There is no Valkey or Redis server.")
    server = Server(program, port)
    server.start()
    try:
        yield server
    finally:
        server.kill()
