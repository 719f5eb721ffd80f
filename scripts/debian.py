"""Programs that the suite needs beside the Python packages: Debian's, where root may install them."""

import os
import shutil
from pathlib import Path

from scripts.console import Stop, step


def install(package: str, name: str) -> None:
    """Install `package`, which people know as `name`; Stop where that cannot be."""
    apt = shutil.which("apt-get")
    if not (apt and os.geteuid() == 0 and Path("/etc/debian_version").exists()):
        raise Stop("Not root on Debian.")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    step("Looking up Debian's packages", [apt, "update", "-qq"], env=quiet)
    command = [apt, "install", "-y", "-qq", "--no-install-recommends", package]
    step(f"Installing Debian's {name}", command, env=quiet)
