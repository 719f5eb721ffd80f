"""A real Hjemvej, set up and served as `make run` does it, and a real browser to visit it with.

Each worker has its own site with the whole content, in a folder of its own; what one test changes there, the next one
meets. Tests that edit therefore make records of their own.
"""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from scripts import browser as installed_browser
from scripts import instance
from scripts.console import ROOT, Command
from scripts.environment import PYTHON

START_SECONDS = 30
EDITOR = "redaktoer"
PASSWORD = "kun-til-proever-27"
# Where signing in leads to; the page for signing in names it at the end of its address.
THE_DESK = re.compile("^[^?]*/admin/$")


@dataclass(frozen=True)
class Site:
    """A running site: its address, and the environment that `manage.py` needs to work on the same one."""

    url: str
    env: dict[str, str]

    def manage(self, *arguments: str, **variables: str) -> str:
        """What a management command prints; the test fails where the command does."""
        command: Command = [PYTHON, instance.MANAGE, *arguments]
        env = {**self.env, **variables}
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Hjemvej with the whole content, on SQLite, under the application server, with DEBUG off."""
    var = tmp_path_factory.mktemp("var")
    port = _free_port()
    # The settings of production rather than those of the tests, and a database in the folder whatever else is set.
    plain = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": "", "HJEMVEJ_VAR": str(var), "DEBUG": "off"}
    env = {**os.environ, **instance.server_environment("127.0.0.1", port), **plain}
    instance.prepare(env)
    site = Site(instance.address("127.0.0.1", port), env)
    site.manage("shell", "-c", _SET_PASSWORD, EDITOR_PASSWORD=PASSWORD)
    log = (var / "server.log").open("w")
    server = subprocess.Popen(
        instance.server_command("127.0.0.1", port), cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        _wait_for(f"{site.url}/healthz", server, Path(log.name))
        yield site
    finally:
        server.terminate()
        server.wait(timeout=START_SECONDS)
        log.close()


_SET_PASSWORD = f"""
import os
from django.contrib.auth.models import User
editor = User.objects.get(username={EDITOR!r})
editor.set_password(os.environ["EDITOR_PASSWORD"])
editor.save()
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not answer at {url}:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each worker."""
    program = installed_browser.find()
    if program is None:
        pytest.skip("There is no browser; `make test` installs one.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=None if program == installed_browser.PLAYWRIGHTS_OWN else program,
            chromium_sandbox=os.geteuid() != 0,
            args=["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A browser profile without history, in which `page.goto("/…")` leads to the site."""
    context = browser.new_context(base_url=site.url, locale="da-DK", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of that profile."""
    return context.new_page()


@pytest.fixture
def editor_page(page: Page) -> Page:
    """A page on which the editor is logged in to the admin."""
    page.goto("/admin/login/?next=/admin/")
    page.fill("input[name=login]", EDITOR)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(THE_DESK)
    return page
