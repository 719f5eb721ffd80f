"""Connections to public servers only: whatever a text says, the machine that checks is no way into its network."""

import ipaddress
import socket
import ssl
from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import SplitResult

# Addresses of IPv4 inside IPv6, where a network translates them.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}

Guard = Callable[[str], bool]


class ForbiddenAddressError(OSError):
    """The host is, or is among others, a machine that is not public."""


def is_public(number: str) -> bool:
    """Whether an IP address belongs to the web that everybody can reach."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast


def connect(parts: SplitResult, timeout: float, guard: Guard) -> HTTPConnection:
    """An open connection to the server of an address, with its certificate checked where it is https.

    The number that was looked at is the number that is connected to: a name cannot change its mind in between.
    Raises OSError in all the ways in which that can fail.
    """
    host, port = ascii_host(parts), parts.port or _PORTS[parts.scheme]
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(guard(str(place[0])) for *_, place in found):
        raise ForbiddenAddressError(host)
    connection = HTTPConnection(host, port, timeout=timeout)
    connection.sock = _first_that_answers([place for *_, place in found], timeout)
    if parts.scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(connection.sock, server_hostname=host)
        except OSError:
            connection.close()
            raise
    return connection


def ascii_host(parts: SplitResult) -> str:
    """The host as the net knows it: "ældre.dk" → "xn--ldre-koa.dk". Raises UnicodeError for what is none."""
    if not parts.hostname:
        raise UnicodeError("there is no host")
    return parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode()


def _first_that_answers(places: list[tuple[object, ...]], timeout: float) -> socket.socket:
    for place in places[:-1]:
        try:
            return socket.create_connection((str(place[0]), int(str(place[1]))), timeout)
        except OSError:
            continue
    last = places[-1]
    return socket.create_connection((str(last[0]), int(str(last[1]))), timeout)
