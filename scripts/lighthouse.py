"""`make lighthouse`: Google's Lighthouse on four pages of a site of its own, as a phone on a slow line sees them.

It measures this machine as well, which is why it is no part of the suite.
"""

import json
import os
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts import browser, instance
from scripts.console import ROOT, Command, Stop, say
from scripts.environment import node

LEAST = 98
PAGES = {
    "home": "/",
    "guideline": "/retningslinjer/boligindsatser/boligfastholdelse/",
    "search": "/soeg/?q=fogeden+kommer",
    "matrix": "/principper/matrix/",
}
# robots.txt keeps robots out of these, since there is no end of them; Lighthouse would call that a fault.
NOT_FOR_ROBOTS = ("search",)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PORT = 8473
START_SECONDS = 30
_PROGRAM = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"


def run() -> None:
    """Print the scores of all pages; Stop where one is below LEAST."""
    program = browser.ensure()
    if program is None or program == browser.PLAYWRIGHTS_OWN:
        raise Stop("Lighthouse needs Chrome or Chromium on the PATH.")
    port = instance.check_address("127.0.0.1", str(PORT))
    low = []
    with tempfile.TemporaryDirectory(prefix="hjemvej-lighthouse-") as folder, _served(Path(folder), port) as url:
        say(f"{'':<12}{''.join(f'{category:>16}' for category in CATEGORIES)}")
        for name, address in PAGES.items():
            scores = _scores(url + address, program, skipped="is-crawlable" if name in NOT_FOR_ROBOTS else "")
            say(f"{name:<12}{''.join(f'{score:>16}' for score in scores.values())}")
            low += [f"{name}: {category} {score}" for category, score in scores.items() if score < LEAST]
    if low:
        raise Stop(f"Below {LEAST}: {', '.join(low)}.")


@contextmanager
def _served(var: Path, port: int) -> Iterator[str]:
    """The address of a site with the whole content and its state in `var`, served as in production."""
    surroundings = instance.server_environment("127.0.0.1", port)
    env = {**os.environ, **surroundings, "HJEMVEJ_VAR": str(var), "DATABASE_URL": "", "DEBUG": "off"}
    instance.prepare(env)
    with subprocess.Popen(instance.server_command("127.0.0.1", port), cwd=ROOT, env=env) as server:
        try:
            url = instance.address("127.0.0.1", port)
            _wait_for(f"{url}/healthz")
            yield url
        finally:
            server.terminate()


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise Stop("The server did not start.")


def _scores(url: str, program: str, skipped: str) -> Mapping[str, int]:
    """Category → score from 0 to 100, without the audit `skipped`."""
    flags = "--headless=new --disable-gpu --disable-background-networking"
    if os.geteuid() == 0:
        flags += " --no-sandbox"
    command: Command = [*node(), _PROGRAM, url, "--quiet", "--output=json", f"--chrome-flags={flags}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
    command += [f"--skip-audits={skipped}"] if skipped else []
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "CHROME_PATH": program}, capture_output=True, text=True, check=False
    )
    try:
        categories = json.loads(done.stdout)["categories"]
    except (ValueError, KeyError) as error:
        raise Stop(f"Lighthouse gave no answer for {url}: {done.stderr.strip()[-500:]}") from error
    return {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES}
