"""One address on the web → what it answers: asked politely, never read further than the head of the answer."""

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from linkcheck.connecting import ForbiddenAddressError, Guard, ascii_host, connect, is_public
from linkcheck.models import Outcome

MOST_REDIRECTS = 10
# After these the server may well answer another time, or answers people and not programs.
_UNSURE = frozenset({401, 403, 407, 408, 421, 423, 425, 429, 451})
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
# OpenSSL's numbers for a certificate whose issuer the server forgot to send; browsers often know it all the same.
_CHAIN_INCOMPLETE = frozenset({20, 21})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Finding:
    """`reached`: some server answered, so that the fault is not our own connection. `text` is Danish."""

    outcome: Outcome
    text: str
    status: int | None = None
    final_url: str = ""
    reached: bool = True


class Pace:
    """Lets each host have some seconds of peace between two questions, whoever asks."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}

    def wait(self, host: str) -> None:
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next.get(host, 0))
            self._next[host] = turn + self._seconds
        time.sleep(turn - now)


@dataclass
class Asker:
    """How addresses are asked for. `timeout`: for each step of a connection. `guard`: which machines may be asked."""

    pace: Pace = field(default_factory=lambda: Pace(1.0))
    timeout: float = 15.0
    guard: Guard = is_public

    def ask(self, url: str) -> Finding:
        """What `url` answers, redirects followed; asked once more where the answer may be a passing one."""
        finding = self._follow(url)
        if finding.status in _AGAIN or not finding.reached:
            finding = self._follow(url)
        return finding

    def _follow(self, url: str) -> Finding:
        seen: list[str] = []
        here = url
        while here not in seen:
            seen.append(here)
            if len(seen) > MOST_REDIRECTS:
                return Finding(Outcome.DEAD, "Sender videre for mange gange.")
            try:
                status, location = self._answer(here)
            except ForbiddenAddressError:
                return Finding(Outcome.DEAD, "Fører til en maskine, der ikke er offentlig.", reached=False)
            except (ValueError, KeyError):
                return Finding(Outcome.DEAD, "Er ikke en gyldig webadresse.")
            except (OSError, http.client.HTTPException) as error:
                return _failure(error)
            if status not in _REDIRECTS or not location:
                return _judge(status, here if here != url else "")
            here, _ = urldefrag(urljoin(here, location))
        # Some servers do so until they get their cookie back, which a browser would send.
        return Finding(Outcome.UNSURE, "Sender videre i ring, i hvert fald uden cookies.")

    def _answer(self, url: str) -> tuple[int, str]:
        """Status and, of a redirect, where to. Asked without a body first; who dislikes that is asked in full."""
        parts = urlsplit(url)
        try:
            status, location = self._request("HEAD", parts)
        except ForbiddenAddressError:
            raise
        except (TimeoutError, ConnectionResetError, http.client.HTTPException):
            status, location = 0, ""
        if status and status < 400:
            return status, location
        return self._request("GET", parts)

    def _request(self, method: str, parts: SplitResult) -> tuple[int, str]:
        self.pace.wait(parts.hostname or "")
        connection = connect(parts, self.timeout, self.guard)
        try:
            path = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            connection.request(method, path, headers=_headers(parts))
            response = connection.getresponse()
            # The standard library reads headers as Latin-1, whatever they are.
            location = response.getheader("Location", "").encode("latin-1").decode(errors="replace")
            return response.status, location
        finally:
            connection.close()


def _headers(parts: SplitResult) -> dict[str, str]:
    host = ascii_host(parts)
    name = f"[{host}]" if ":" in host else host
    return {
        "Host": name if parts.port is None else f"{name}:{parts.port}",
        "User-Agent": f"Hjemvej check_links (+{settings.SITE_URL})",
        "Accept": "text/html,application/pdf,*/*;q=0.8",
        "Accept-Language": "da,en;q=0.5",
        "Connection": "close",
    }


def _judge(status: int, final_url: str) -> Finding:
    if status < 400:
        return Finding(Outcome.WORKS, "Svarer.", status, final_url)
    if status in _UNSURE or status >= 500:
        return Finding(Outcome.UNSURE, f"Svarer med fejl {status}; det kan være noget forbigående.", status, final_url)
    text = "Siden findes ikke længere." if status in (404, 410) else f"Svarer med fejl {status}."
    return Finding(Outcome.DEAD, text, status, final_url)


def _failure(error: Exception) -> Finding:
    """No answer at all, and why."""
    if isinstance(error, ssl.SSLCertVerificationError) and error.verify_code not in _CHAIN_INCOMPLETE:
        return Finding(Outcome.DEAD, "Har ikke et gyldigt certifikat, så browsere advarer mod siden.")
    if isinstance(error, ssl.SSLError):
        return Finding(Outcome.UNSURE, "Kan ikke bevise, hvem den er (TLS). Prøv den i en browser.")
    if isinstance(error, socket.gaierror):
        return Finding(Outcome.DEAD, "Der er ingen server med det navn.", reached=False)
    if isinstance(error, TimeoutError):
        return Finding(Outcome.UNSURE, "Svarer ikke inden for rimelig tid.", reached=False)
    if isinstance(error, ConnectionRefusedError):
        return Finding(Outcome.DEAD, "Serveren tager ikke imod.", reached=False)
    return Finding(Outcome.UNSURE, "Forbindelsen blev afbrudt.", reached=False)
