"""The lock files say exactly what is installed, for everything that was asked for, and name no place to get it."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGE: dict[str, Any] = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
PACKAGE_LOCK: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
GROUPS = PYPROJECT["dependency-groups"]
ASKED_FOR = {
    "run": PYPROJECT["project"]["dependencies"],
    "test": [*PYPROJECT["project"]["dependencies"], *GROUPS["test"]],
    "check": [*PYPROJECT["project"]["dependencies"], *GROUPS["test"], *GROUPS["check"]],
    "node": GROUPS["node"],
    "fuzz": [*PYPROJECT["project"]["dependencies"], *GROUPS["fuzz"]],
}
LOCKS = list(ASKED_FOR)
RENEW = "run `make lock`"


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def entries(name: str) -> dict[str, str]:
    """Each locked package, as `name==version`, with its lines: hashes, and who asked for it."""
    parts = re.split(r"^(?=[a-z0-9])", lock_text(name), flags=re.MULTILINE)
    return {part.split(" ", 1)[0]: part for part in parts if part.strip()}


def pins(name: str) -> dict[str, str]:
    return {
        canonicalize_name(requirement.name): str(requirement.specifier).removeprefix("==")
        for requirement in map(Requirement, entries(name))
    }


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_asked_for_is_locked_in_a_version_that_fits(name: str) -> None:
    locked = pins(name)
    for requirement in map(Requirement, ASKED_FOR[name]):
        version = locked.get(canonicalize_name(requirement.name), "none")
        assert requirement.specifier.contains(version), f"{requirement}, locked is {version}: {RENEW}"


@pytest.mark.parametrize("name", LOCKS)
def test_no_package_is_locked_that_nobody_asks_for_any_more(name: str) -> None:
    direct = {
        canonicalize_name(Requirement(pin).name)
        for pin, lines in entries(name).items()
        if "hjemvej (pyproject" in lines
    }

    assert direct == {canonicalize_name(Requirement(text).name) for text in ASKED_FOR[name]}, RENEW


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes(name: str) -> None:
    assert [pin for pin, lines in entries(name).items() if "--hash=sha256:" not in lines] == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_python_lock_names_a_download_address(name: str) -> None:
    options = [line for line in lock_text(name).splitlines() if line.startswith("-")]

    assert "://" not in lock_text(name)
    assert options == []


def test_what_tests_and_checks_install_leaves_the_running_versions_as_they_are() -> None:
    run, test, check = pins("run"), pins("test"), pins("check")

    assert run.items() <= test.items(), RENEW
    assert test.items() <= check.items(), RENEW


def test_the_npm_lock_is_in_step_with_what_is_asked_for() -> None:
    root = PACKAGE_LOCK["packages"][""]

    assert root["dependencies"] == PACKAGE["dependencies"], RENEW
    assert root["devDependencies"] == PACKAGE["devDependencies"], RENEW


def test_every_npm_package_is_locked_by_its_hash_and_without_an_address() -> None:
    packages = [package for path, package in PACKAGE_LOCK["packages"].items() if path]

    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    # Where an author takes donations is the one address that npm writes down.
    told = json.dumps([{key: value for key, value in package.items() if key != "funding"} for package in packages])
    assert "resolved" not in told
    assert "://" not in told
