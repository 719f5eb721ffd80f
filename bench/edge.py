"""The part "nginx": a page from the cache of deploy/nginx, held against nginx serving the same bytes as a file.

Both over TLS, in one nginx with one worker. Of deploy/nginx, places are changed, and the limit of requests from one
address, which one client that measures would be at once; nginx still looks it up.
"""

import http.client
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bench import client, servers, wrk
from bench.pages import PAGE, capture
from bench.scenarios import Effort, Scenario, ratio, take_turns
from bench.servers import Server, free_port
from bench.sites import Sites
from bench.table import Finding, Note
from scripts import nginx
from scripts.console import Stop, step

# wrk asks for the certificate of the name in the address, which must be one that leads here.
NAME = "localhost"
BEHIND = {"SITE_URL": f"https://{NAME}", "ALLOWED_HOSTS": f"{NAME},127.0.0.1", "BEHIND_PROXY": "1"}
_CHANGES = {nginx.HOST: NAME, "zone=hjemvej_pages:10m rate=50r/s": "zone=hjemvej_pages:10m rate=1000000r/s"}
# The same TLS and the same log as the site; the file has been compressed beforehand.
_FILE_SERVER = """
server {{
    listen 127.0.0.1:{port} ssl http2;
    server_name {name};
    ssl_certificate {folder}/fullchain.pem;
    ssl_certificate_key {folder}/privkey.pem;
    include {deploy}/tls.conf;
    access_log {folder}/file.access.log hjemvej buffer=32k flush=5s;
    root {folder};
    default_type "text/html; charset=utf-8";
    add_header Content-Encoding br;
}}
"""
_WORKER_SECONDS = 10
_CERTIFICATE = "fullchain.pem"


def measure(sites: Sites, effort: Effort) -> list[Finding]:
    wrk.ensure()
    folder = sites.folder / "nginx"
    folder.mkdir()
    with ExitStack() as stack:
        site = stack.enter_context(servers.running({**sites.on_disk, **BEHIND, "PAGE_CACHE": "1"}))
        page, file = stack.enter_context(_running(folder, site))
        fetch = partial(_fetch, folder / _CERTIFICATE)
        wanted = fetch(page, PAGE)
        capture(wanted, folder)
        _see_that_same(wanted, fetch(page, PAGE), {"x-cache": "HIT", "content-encoding": "br"})
        _see_that_same(wanted, fetch(file, "/page.bin"), {"content-encoding": "br"})
        host = {"Host": NAME}
        from_file, from_cache = take_turns([Scenario(file, ["/page.bin"], host), Scenario(page, [PAGE], host)], effort)
        _see_that_same(wanted, fetch(page, PAGE), {"x-cache": "HIT"})
    return [
        ratio("(d) page from nginx's cache ÷ the same bytes as a file", from_cache, from_file, 0.7),
        Note("(d) deploy/nginx over TLS, HTTP/1.1, limits looked up but not reached; the file in the same nginx."),
    ]


@contextmanager
def _running(folder: Path, site: Server) -> Iterator[tuple[Server, Server]]:
    """nginx in front of `site`, and beside it the server of files below `folder`."""
    key, certificate = folder / "privkey.pem", folder / _CERTIFICATE
    request = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={NAME}"]
    request += ["-addext", f"subjectAltName=DNS:{NAME}"]
    step("Making a certificate", [*request, "-keyout", key, "-out", certificate])
    unencrypted, page, file = free_port(), free_port(), free_port()
    whole = nginx.production(folder, [site.port], http=unencrypted, https=page, changes=_CHANGES)
    files = _FILE_SERVER.format(port=file, name=NAME, folder=folder, deploy=nginx.DEPLOY)
    with nginx.running(whole.rstrip().removesuffix("}") + files + "}\n", folder) as process:
        worker = _worker(process.pid)
        yield Server(f"https://{NAME}:{page}", worker), Server(f"https://{NAME}:{file}", worker)


def _worker(master: int) -> int:
    """The process below `master` that serves; others look after the cache."""
    deadline = time.monotonic() + _WORKER_SECONDS
    while time.monotonic() < deadline:
        for child in Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii").split():
            if b"worker process" in Path(f"/proc/{child}/cmdline").read_bytes():
                return int(child)
        time.sleep(0.05)
    raise Stop("nginx has no worker.")


def _fetch(certificate: Path, server: Server, address: str) -> client.Answer:
    trusting = ssl.create_default_context(cafile=str(certificate))
    connection = http.client.HTTPSConnection(NAME, server.port, timeout=30, context=trusting)
    try:
        connection.request("GET", address, headers={**client.BROWSER, "Host": NAME})
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        return client.Answer(response.status, headers, response.read())
    finally:
        connection.close()


def _see_that_same(wanted: client.Answer, got: client.Answer, headers: dict[str, str]) -> None:
    """Stop unless both have the same bytes, and `got` has these `headers`."""
    found = {name: got.headers.get(name) for name in headers}
    if (got.status, got.body) != (200, wanted.body) or found != headers:
        raise Stop(f"nginx answers {got.status}, {len(got.body)} bytes of {len(wanted.body)}, {found}.")
