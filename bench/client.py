"""Asking where each answer and its time count: plain blocking sockets that stay open, each in a thread of its own."""

import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# What browsers of today accept.
BROWSER = {"Host": "127.0.0.1", "Accept-Encoding": "gzip, deflate, br, zstd"}
# Stands for a connection that broke off before it gave an answer.
BROKEN = 0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Outcome:
    """How many answers of each status came in so many seconds, and how long each took, sorted, in seconds."""

    statuses: Counter[int]
    seconds: float
    latencies: list[float]

    @property
    def count(self) -> int:
        return self.statuses.total()

    @property
    def errors(self) -> int:
        """Requests that did not get what they asked for."""
        return self.count - self.statuses[200] - self.statuses[304]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.count / self.seconds

    def percentile(self, percent: int) -> float:
        """The milliseconds that `percent` of 100 requests took at most."""
        return self.latencies[min(self.count * percent // 100, self.count - 1)] * 1000


class Connection:
    """A connection to a server on this machine that is kept open from request to request."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._buffer = b""

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Send `request`; give the status, the raw head and the body of its answer."""
        self._socket.sendall(request)
        while (end := self._buffer.find(b"\r\n\r\n")) < 0:
            self._receive()
        head, status = self._buffer[:end], int(self._buffer[9:12])
        start = end + 4
        stop = start + (0 if status == 304 else _length(head))
        while len(self._buffer) < stop:
            self._receive()
        body, self._buffer = self._buffer[start:stop], self._buffer[stop:]
        return status, head, body

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> None:
        chunk = self._socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("The server closed the connection.")
        self._buffer += chunk


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise ValueError("An answer that does not tell its length cannot be told from the next one.")


def request(path: str, headers: Mapping[str, str] | None = None) -> bytes:
    """A GET request for `path`, as it goes over the wire."""
    lines = [f"{name}: {value}" for name, value in {**BROWSER, **(headers or {})}.items()]
    return "\r\n".join([f"GET {path} HTTP/1.1", *lines, "", ""]).encode("ascii")


def fetch(port: int, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    """One answer, taken apart; the names of its headers in lower case."""
    connection = Connection(port)
    status, head, body = connection.ask(request(path, headers))
    connection.close()
    pairs = (line.split(": ", 1) for line in head.decode("latin-1").split("\r\n")[1:])
    return Answer(status, {name.lower(): value for name, value in pairs}, body)


def load(port: int, requests: Sequence[bytes], seconds: float, clients: int) -> Outcome:
    """Ask for `requests` in turn over `clients` connections at once, for `seconds`; each connection takes its share."""
    outcomes: list[tuple[Counter[int], list[float]]] = []
    start = time.perf_counter()
    shares = [requests[first::clients] or requests for first in range(clients)]
    threads = [
        threading.Thread(target=lambda share=share: outcomes.append(_ask_on(port, share, start + seconds)))
        for share in shares
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - start
    if len(outcomes) < clients:
        raise ConnectionError("The server took no more connections.")
    statuses = sum((statuses for statuses, _ in outcomes), Counter[int]())
    return Outcome(statuses, taken, sorted(latency for _, latencies in outcomes for latency in latencies))


def _ask_on(port: int, requests: Sequence[bytes], deadline: float) -> tuple[Counter[int], list[float]]:
    connection = Connection(port)
    statuses: Counter[int] = Counter()
    latencies = []
    position, now = 0, time.perf_counter()
    while now < deadline:
        try:
            status, _, _ = connection.ask(requests[position % len(requests)])
        except OSError:
            status, connection = BROKEN, Connection(port)
        done = time.perf_counter()
        latencies.append(done - now)
        statuses[status] += 1
        position, now = position + 1, done
    connection.close()
    return statuses, latencies
