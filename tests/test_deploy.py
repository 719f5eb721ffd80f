"""What deploy/ says is true of the program: its units start commands that there are, as a user who may do little."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from images.cleaning import MAX_BYTES
from scripts.console import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
TIMERS = sorted((DEPLOY / "systemd").glob("*.timer"))
OPERATIONS = ROOT / "docs" / "operations.md"
# Where the units say that the program is, and the folder of it that systemd can look into here.
INSTALLED, HERE = "/srv/hjemvej/current", str(ROOT)
# systemd's own mark for how much a service could do to the machine, from 10 (all) to 0.
MOST_EXPOSED = 1.5


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def values(unit: Path, name: str) -> list[str]:
    """What a unit says under `name`, each time that it does."""
    return re.findall(rf"^{name}=(.*)$", read(unit).replace("\\\n", ""), re.MULTILINE)


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_command_that_a_unit_runs_is_there(unit: Path) -> None:
    named = re.findall(r"manage\.py (\w+)", read(unit))
    assert set(named) <= set(get_commands())
    for line in values(unit, "ExecStart"):
        assert line.startswith((f"{INSTALLED}/.venv/bin/", "/bin/sh -c 'exec "))


def test_every_task_that_timers_are_for_is_a_command() -> None:
    named = re.findall(r"hjemvej-task@(\w+)\.timer", read(OPERATIONS))
    assert {"publish_due", "check_links", "clearsessions", "prune_audit_log", "prune_feedback", "prune_searches"} == {
        *named
    }
    assert set(named) <= set(get_commands())


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_unit_runs_as_a_user_who_may_do_little(unit: Path) -> None:
    expected = {
        "User": "hjemvej",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "PrivateDevices": "yes",
        "CapabilityBoundingSet": "",
        "MemoryDenyWriteExecute": "yes",
        "InaccessiblePaths": "-/etc/hjemvej",
    }
    assert {name: values(unit, name) for name in expected} == {name: [value] for name, value in expected.items()}


def test_the_units_share_one_list_of_what_they_may_do() -> None:
    rules = {
        read(unit).partition("# ---------- What it may do ----------")[2].partition("[Install]")[0].strip()
        for unit in UNITS
    }
    assert len(rules) == 1


def test_systemd_accepts_the_units_and_finds_little_that_they_could_do(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # macOS, BSD: the tests above have read the units
    names = []
    for unit in [*UNITS, *TIMERS]:
        # A template is looked at as one of its units.
        name = unit.name.replace("@.", "@1.") if unit.name.startswith("hjemvej@") else unit.name
        (tmp_path / name).write_text(read(unit).replace(INSTALLED, HERE), encoding="utf-8")
        names.append(name)
    verified = subprocess.run(
        [program, "verify", "--man=no", *(f"./{name}" for name in names)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    for name in names:
        if name.endswith(".service"):
            told = subprocess.run(
                [program, "security", "--offline=true", f"./{name}"],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            level = re.search(r"exposure level for \S+: ([\d.]+)", told)
            assert level, told
            assert float(level[1]) <= MOST_EXPOSED, told


def test_nginx_takes_the_largest_image_that_the_site_takes() -> None:
    allowed = re.findall(r"client_max_body_size (\d+)m;", read(DEPLOY / "nginx" / "hjemvej.conf"))
    assert max(map(int, allowed)) * 1024 * 1024 > MAX_BYTES


def test_what_nginx_says_by_itself_is_danish_and_needs_nothing_from_elsewhere() -> None:
    pages = sorted((DEPLOY / "nginx" / "pages").glob("*.html"))
    assert len(pages) >= 3
    for page in pages:
        html = read(page)
        assert '<html lang="da">' in html
        assert html.count("<h1>") == 1
        assert not re.search(r"<script|<style|style=|src=", html)
        assert re.findall(r'<link[^>]*href="([^"]*)"', html) == ["/static/css/failure.css"]


def test_the_container_serves_as_the_service_does() -> None:
    """The same options, so that what is measured and tested of one holds for the other."""
    service = values(DEPLOY / "systemd" / "hjemvej@.service", "ExecStart")[0].split()[1:]
    container = re.findall(r'"([^"]+)"', read(DEPLOY / "Containerfile").partition("CMD [")[2])[1:]
    differing = {"--host", "--port", "--log-config"}

    def told(options: list[str]) -> list[str]:
        return [part for before, part in zip(["", *options], options, strict=False) if before not in differing]

    assert told(service) == told(container)
    assert re.search(r"^USER \d+:\d+$", read(DEPLOY / "Containerfile"), re.MULTILINE)


def test_operators_are_told_of_every_unit_and_role() -> None:
    text = read(OPERATIONS)
    for path in [*UNITS, *TIMERS]:
        assert path.stem.partition("@")[0] in text
    for role in re.findall(r"^--     (hjemvej\w*)  ", read(DEPLOY / "postgres" / "roles.sql"), re.MULTILINE):
        assert f"`{role}`" in text
