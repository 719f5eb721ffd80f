"""nginx for the tests and the benchmark: the one on the PATH, else Debian's; started without root's rights or ports."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts import debian
from scripts.console import ROOT, Stop

# Where Debian puts it, which is not on everybody's PATH.
SBIN = "/usr/sbin"
START_SECONDS = 20
DEPLOY = ROOT / "deploy" / "nginx"
# The name in deploy/nginx/hjemvej.conf that a site behind it must be asked for.
HOST = "hjemvej.example.dk"


def find() -> str | None:
    """The program, or None."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:{SBIN}")


def ensure() -> str | None:
    """The program that `find` finds, installed first where there is none; None where that does not help."""
    if not find():
        try:
            debian.install("nginx-light", "nginx")
        except Stop:
            return None
    return find()


@contextmanager
def running(configuration: str, folder: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """nginx with a whole `configuration`, in the foreground, its working folder being `folder` or a temporary one.

    Stop with what it says where it does not start.
    """
    program = ensure()
    if program is None:
        raise Stop("There is no nginx.")
    with tempfile.TemporaryDirectory(prefix="hjemvej-nginx-") as temporary:
        place = folder or Path(temporary)
        file, errors, pid = place / "nginx.conf", place / "error.log", place / "nginx.pid"
        head = f"daemon off;\npid {pid};\nerror_log {errors} warn;\n"
        file.write_text(head + configuration, encoding="utf-8")
        command = [program, "-p", str(place), "-e", str(errors), "-c", str(file)]
        tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        if tried.returncode:
            raise Stop(f"nginx refuses its configuration: {tried.stderr.strip()}")
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            _wait(process, pid, errors)
            yield process
        finally:
            process.terminate()
            process.wait(timeout=START_SECONDS)


def _wait(process: "subprocess.Popen[bytes]", pid: Path, errors: Path) -> None:
    """Until it has written its pid, which it does when it listens."""
    for _ in range(START_SECONDS * 20):
        if process.poll() is not None:
            break
        if pid.exists() and pid.stat().st_size:
            return
        time.sleep(0.05)
    raise Stop(f"nginx does not start: {errors.read_text(encoding='utf-8') if errors.exists() else ''}")


def production(
    folder: Path, nodes: Sequence[int], *, http: int, https: int, changes: Mapping[str, str] | None = None
) -> str:
    """The whole configuration for `running`: deploy/nginx in front of the sites at the ports `nodes`, kept in `folder`.

    Only places are others than in production: ports, folders, and the certificate, which is `fullchain.pem` and
    `privkey.pem` in `folder`. `changes` says what else is to be other, as text → text. Stop where the file has no such
    text, so that nothing is changed that is no longer there.
    """
    [of_each] = re.findall(r"^server 127\.0\.0\.1:8001 (.*)", (DEPLOY / "nodes.conf").read_text(encoding="utf-8"), re.M)
    servers = "\n".join(f"server 127.0.0.1:{port} {of_each}" for port in nodes)
    (folder / "nodes.conf").write_text(servers, encoding="utf-8")
    site = (DEPLOY / "hjemvej.conf").read_text(encoding="utf-8")
    for old, new in {
        r"/etc/nginx/hjemvej/nodes\.conf": f"{folder}/nodes.conf",
        r"    listen \[::\].*\n": "",
        r"listen 80\b": f"listen 127.0.0.1:{http}",
        r"listen 443\b": f"listen 127.0.0.1:{https}",
        r"/etc/nginx/hjemvej/": f"{DEPLOY}/",
        r"/etc/ssl/hjemvej/|/var/cache/nginx/|/var/log/nginx/": f"{folder}/",
        r"/srv/hjemvej/current/": f"{ROOT}/",
        **{re.escape(old): new for old, new in (changes or {}).items()},
    }.items():
        site, found = re.subn(old, new.replace("\\", r"\\"), site)
        if not found:
            raise Stop(f"deploy/nginx/hjemvej.conf has no {old!r}.")
    # For root, nginx would give its work to a user who may not read the folder.
    user = "user root;" if os.geteuid() == 0 else ""
    temporary = "\n".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", *_UNUSED))
    return f"{user}\nworker_processes 1;\nevents {{ worker_connections 512; }}\nhttp {{\n{temporary}\n{site}\n}}\n"


# nginx makes folders for these too, whether or not they are used.
_UNUSED = ("fastcgi", "uwsgi", "scgi")
