"""nginx as in production (deploy/nginx) in front of real sites, and people who ask it from different addresses."""

import http.client
import re
import socket
import ssl
import struct
import subprocess
import urllib.parse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scripts import nginx
from scripts.nginx import HOST
from tests.servers.site import EDITOR, PASSWORD, Answer, Site, free_port

# What a site must know to be served there.
BEHIND_NGINX = {"SITE_URL": f"https://{HOST}", "ALLOWED_HOSTS": f"{HOST},127.0.0.1", "BEHIND_PROXY": "1"}
# How nginx 1.11.10 and newer begin a file of the cache: version of the format, good until, and for how long it may be
# used beyond that, while it is fetched anew and when that fails.
_CACHE_HEAD = struct.Struct("@Nqqq")


@dataclass
class Front:
    """A running nginx; `folder` has its cache, its logs and its certificate."""

    folder: Path
    http: int
    https: int
    process: "subprocess.Popen[bytes]"

    def get(self, path: str, *, method: str = "GET", sender: str = "127.0.0.1", **headers: str) -> Answer:
        """What a reader at the address `sender` gets; `Accept_Language="da"` sends the header Accept-Language."""
        return self.ask(method, path, {name.replace("_", "-"): value for name, value in headers.items()}, sender=sender)

    def ask(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        *,
        sender: str = "127.0.0.1",
    ) -> Answer:
        """One request over TLS, over a connection of its own."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.https, timeout=30)
        connection.sock = self.connect(sender)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": HOST, **(headers or {})}.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            try:
                connection.endheaders(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # turned away before all of it was sent; the answer is there
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()

    def ask_often(self, method: str, path: str, times: int, *, sender: str) -> list[Answer]:
        """The same request again and again over one connection, as fast as it goes."""
        connection = http.client.HTTPSConnection("127.0.0.1", self.https, timeout=30)
        connection.sock = self.connect(sender)
        answers = []
        try:
            for _ in range(times):
                connection.putrequest(method, path, skip_host=True)
                connection.putheader("Host", HOST)
                connection.putheader("Content-Length", "0")
                connection.endheaders()
                response = connection.getresponse()
                found = {name.lower(): value for name, value in response.getheaders()}
                answers.append(Answer(response.status, found, response.read()))
        finally:
            connection.close()
        return answers

    def connect(
        self, sender: str = "127.0.0.1", name: str = HOST, protocols: Sequence[str] = ("http/1.1",)
    ) -> ssl.SSLSocket:
        """A connection to the TLS port from the address `sender`, asking for the host `name`."""
        plain = socket.create_connection(("127.0.0.1", self.https), timeout=30, source_address=(sender, 0))
        context = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        context.check_hostname = name == HOST
        context.set_alpn_protocols(list(protocols))
        try:
            return context.wrap_socket(plain, server_hostname=name)
        except BaseException:
            plain.close()
            raise

    def kept_pages(self) -> list[Path]:
        """The files of the cache."""
        return [path for path in (self.folder / "hjemvej").rglob("*") if path.is_file()]

    def let_time_pass(self, seconds: int) -> None:
        """As if everything in the cache had been put there `seconds` earlier."""
        for path in self.kept_pages():
            with path.open("r+b") as file:
                version, *times = _CACHE_HEAD.unpack(file.read(_CACHE_HEAD.size))
                assert version == 5, "nginx has another format of its cache."
                file.seek(0)
                file.write(_CACHE_HEAD.pack(version, *(max(time - seconds, 0) for time in times)))


@contextmanager
def nginx_before(*sites: Site, folder: Path, changes: Mapping[str, str] | None = None) -> Iterator[Front]:
    """nginx in front of `sites`, over `folder`."""
    make_certificate(folder)
    http_port, https_port = free_port(), free_port()
    ports: Sequence[int] = [site.port for site in sites]
    text = nginx.production(folder, ports, http=http_port, https=https_port, changes=changes)
    with nginx.running(text, folder) as process:
        yield Front(folder, http_port, https_port, process)


def make_certificate(folder: Path) -> None:
    """A certificate for HOST that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


class Guest:
    """A browser with cookies that asks nginx, from an address of its own."""

    def __init__(self, front: Front, sender: str = "127.0.0.1", **headers: str) -> None:
        self._front, self._sender, self._headers = front, sender, headers
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return self._ask("POST", path, {"Content-Type": "application/x-www-form-urlencoded"}, body)

    def upload(self, path: str, fields: Mapping[str, str], name: str, data: bytes) -> Answer:
        """Send the file `data` in the field `name`, as a form with a file does."""
        edge = "en-kant-mellem-felterne"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in {"csrfmiddlewaretoken": self.token, **fields}.items()
        ]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="billede.png"\r\n'.encode())
        parts.append(b"Content-Type: image/png\r\n\r\n" + data + f"\r\n--{edge}--\r\n".encode())
        return self._ask("POST", path, {"Content-Type": f"multipart/form-data; boundary={edge}"}, b"".join(parts))

    @property
    def token(self) -> str:
        return self.cookies["csrftoken"].value if "csrftoken" in self.cookies else ""

    def try_password(self, password: str, name: str = EDITOR) -> Answer:
        address = "/admin/konto/log-ind/"
        self.get(address)
        return self.post(address, {"login": name, "password": password})

    def sign_in(self) -> "Guest":
        answer = self.try_password(PASSWORD)
        assert "sessionid" in self.cookies, answer.text
        return self

    def _ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        sent = {"Referer": f"https://{HOST}{path}", "Cookie": cookies, **self._headers, **(headers or {})}
        answer = self._front.ask(method, path, sent, body, sender=self._sender)
        for cookie in re.split(r",\s*(?=\w+=)", answer.headers.get("set-cookie", "")):
            self.cookies.load(cookie)
        return answer
