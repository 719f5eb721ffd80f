"""The browser that the tests drive: the one on the PATH, else Debian's Chromium, else Playwright's."""

import os
import shutil
import subprocess

from scripts import debian
from scripts.console import Stop, step
from scripts.environment import PYTHON

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Leads the tests to a browser; `playwright` stands for the build that Playwright has installed itself.
VARIABLE = "HJEMVEJ_BROWSER"
PLAYWRIGHTS_OWN = "playwright"


def find() -> str | None:
    """The program named by HJEMVEJ_BROWSER or found on the PATH, or PLAYWRIGHTS_OWN, or None."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    for name in NAMES:
        program = shutil.which(name)
        if program and _starts(program):
            return program
    return PLAYWRIGHTS_OWN if _playwright_has_one() else None


def ensure() -> str | None:
    """The browser that `find` finds, installed first where there is none; None where nothing helps."""
    found = find()
    if found:
        return found
    for install in (_install_debian_package, _install_playwrights_own):
        try:
            install()
        except Stop:
            continue
        found = find()
        if found:
            return found
    return None


def _starts(program: str) -> bool:
    """Whether it is a browser and not, as on Ubuntu, a stand-in that only says where to get one."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwright_has_one() -> bool:
    probe = (
        "import pathlib, sys\n"
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: sys.exit(not pathlib.Path(p.chromium.executable_path).exists())"
    )
    return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0


def _install_debian_package() -> None:
    debian.install("chromium", "Chromium")


def _install_playwrights_own() -> None:
    step("Installing Playwright's Chromium", [PYTHON, "-m", "playwright", "install", "chromium"])
