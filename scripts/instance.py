"""One Hjemvej: its database, content, search index, static files, editor account, and its server."""

import errno
import os
import socket
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from scripts.console import ROOT, Command, Stop, say, step
from scripts.environment import PYTHON
from scripts.stamps import Stamps, fingerprint

MANAGE = ROOT / "manage.py"
# What a stored page is made of: a change to any of these is a reason to load again.
CONTENT_INPUTS = [ROOT / "content", ROOT / "markup"]
INDEX_INPUTS = [ROOT / "search", *CONTENT_INPUTS]
STATIC_INPUTS = [ROOT / "static", ROOT / "config" / "settings.py", ROOT / "package-lock.json"]


def prepare(env: Mapping[str, str] | None = None) -> None:
    """Bring database, content, index, static files and the editor account up to date; skip what is unchanged.

    `env` goes on top of the environment of this process. Only of a database in
    `var/` do the stamps know what was done to it; a database server gets every step each time, and every
    step can be repeated.
    """
    surroundings = {**os.environ, **(env or {})}
    var = Path(surroundings.get("HJEMVEJ_VAR") or ROOT / "var")
    stamps = Stamps(var / "stamps.json")
    if surroundings.get("DATABASE_URL") or not (var / "hjemvej.sqlite3").exists():
        stamps.path.unlink(missing_ok=True)

    def once(label: str, arguments: list[str], inputs: Iterable[Path], *, show: bool = False) -> None:
        stamp = (arguments[0], fingerprint(inputs))
        if stamp in stamps:
            return
        output = step(label, [PYTHON, MANAGE, *arguments], env=env)
        if show and output.strip():
            say(output.strip())
        stamps.add(stamp)

    once("Preparing the database", ["migrate", "--no-input", "--verbosity=0"], migrations())
    # Stored pages name the static files, which must therefore be there.
    once("Collecting static files", ["collectstatic", "--no-input", "--clear", "--verbosity=0"], STATIC_INPUTS)
    once("Loading the content", ["load_content"], [*CONTENT_INPUTS, *migrations()])
    once("Building the search index", ["rebuild_index"], [*INDEX_INPUTS, *migrations()])
    once("Making the editor account", ["ensure_editor"], [], show=True)


def migrations() -> list[Path]:
    """All files that say what the tables look like."""
    return sorted(ROOT.glob("*/migrations/*.py"))


def check_address(host: str, port: str) -> int:
    """The number of a port that a server can be started on; Stop where there cannot be one."""
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        raise Stop(f"PORT must be a number from 1 to 65535, not {port!r}.")
    number = int(port)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            # As servers do it: a port that a stopped server has just left is not taken.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Stop(_why_not(host, number, error)) from error
    return number


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken. Choose another: make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"You may not open port {port} here. Choose one above 1023: make run PORT=8000"
    return f"Cannot serve on {host}, port {port}: {error.strerror}."


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server_environment(host: str, port: int) -> dict[str, str]:
    """What the site must know about the address that it is served at, unless the environment says more."""
    url = address(host, port)
    local = host in ("127.0.0.1", "localhost", "::1")
    bracketed = url.removeprefix("http://").rsplit(":", 1)[0]
    return {
        "SITE_URL": os.environ.get("SITE_URL") or url,
        "ALLOWED_HOSTS": os.environ.get("ALLOWED_HOSTS") or f"127.0.0.1,localhost,[::1],{bracketed}",
        # One person can then try all of it; the admin says that it is so.
        "HJEMVEJ_FOUR_EYES": os.environ.get("HJEMVEJ_FOUR_EYES") or ("off" if local else "on"),
        # To look at the site on one's own machine, a password is enough.
        "STAFF_MFA": os.environ.get("STAFF_MFA") or ("0" if local else ""),
    }


def server_command(host: str, port: int) -> Command:
    """The application server, as it runs in production too."""
    where = ["--host", host, "--port", str(port)]
    # More threads than this only wait for each other: Python runs one at a time.
    threads = str(2 * (os.cpu_count() or 1))
    options = ["--interface", "wsgi", "--no-ws", "--blocking-threads", threads, "--log-level", "warning"]
    # Ctrl+C reaches the worker twice, from the terminal and from its parent, and now and then it waits for ever then.
    options += ["--workers-kill-timeout", "3"]
    # A worker that dies is replaced; else the others would serve on alone, or nobody.
    options += ["--respawn-failed-workers"]
    return [PYTHON, "-m", "granian", *options, *where, "config.wsgi:application"]


def serve(host: str, port: int) -> NoReturn:
    """Become the application server, with DEBUG off."""
    say(f"Hjemvej is at {address(host, port)} (Ctrl+C stops it)")
    _become(server_command(host, port), {**server_environment(host, port), "DEBUG": "off"})


def develop(host: str, port: int) -> NoReturn:
    """Become Django's own server, with DEBUG on, that starts again when a file changes."""
    say(f"Hjemvej is at {address(host, port)} and reloads on change (Ctrl+C stops it)")
    command: Command = [PYTHON, MANAGE, "runserver", f"{address(host, port).removeprefix('http://')}"]
    _become(command, {**server_environment(host, port), "DEBUG": "on"})


def _become(command: Command, env: Mapping[str, str]) -> NoReturn:
    os.chdir(ROOT)
    os.execve(command[0], [str(part) for part in command], {**os.environ, **env})
