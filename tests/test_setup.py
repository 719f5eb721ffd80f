"""`make run`, `make test` and `make check` as somebody at a terminal meets them."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from scripts import check, console, environment, suite
from scripts.stamps import Stamps, fingerprint

ROOT = Path(__file__).resolve().parent.parent
STATIC_TAG = re.compile(r"""\{%\s*static\s+["']([^"']+)["']""")


def task(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "scripts", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def assert_one_line(result: subprocess.CompletedProcess[str], *parts: str) -> None:
    """The task failed, and said why in a single line that has all of `parts`."""
    assert result.returncode == 1
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert all(part in result.stderr for part in parts), result.stderr


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize("name", ["run", "dev"])
def test_a_taken_port_is_told_in_one_line_with_another_to_try(name: str, taken_port: int) -> None:
    assert_one_line(task(name, "--port", str(taken_port)), f"Port {taken_port} ", f"PORT={taken_port + 1}")


@pytest.mark.parametrize("port", ["0", "65536", "web", "-1", "8000x", ""])
def test_a_port_that_is_none_is_told_in_one_line(port: str) -> None:
    assert_one_line(task("run", f"--port={port}"), "PORT must be a number from 1 to 65535")


def test_a_host_that_is_not_this_machine_is_told_in_one_line() -> None:
    # 192.0.2.0/24 is set aside for documentation: no machine has such an address.
    assert_one_line(task("run", "--host", "192.0.2.1", "--port", "8000"), "Cannot serve on 192.0.2.1")


def test_an_old_python_is_told_in_one_line_what_is_needed() -> None:
    pretend = (
        "import runpy, sys; sys.version_info = (3, 9, 2, 'final', 0); runpy.run_module('scripts', run_name='__main__')"
    )
    result = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False)

    assert_one_line(result, "needs Python 3.11 or newer", "Python 3.9", "PYTHON=")


def test_a_missing_python_is_told_in_one_line() -> None:
    result = subprocess.run(
        ["make", "--silent", "run", "PYTHON=no-such-python"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    ours = [line for line in result.stderr.splitlines() if not line.startswith("make")]

    assert result.returncode != 0
    assert ours == ["Hjemvej needs Python 3.11 or newer, and there is no no-such-python on the PATH."]


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "venv" / "bin" / "python")
    # As Debian's Python is without the package python3-venv.
    monkeypatch.setitem(sys.modules, "ensurepip", None)

    with pytest.raises(console.Stop, match=r"no ensurepip module.*apt install python3-venv"):
        environment.ensure_venv()
    assert not (tmp_path / "venv").exists()


def test_make_without_a_target_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", makefile, re.MULTILINE)
    listing = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {"run", "dev", "test", "check", "lock"} <= set(targets)
    assert [target for target in targets if not re.search(rf"^  {target} ", listing, re.MULTILINE)] == []


def test_a_failing_step_shows_the_end_of_what_it_said_and_stops(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", "print('first'); print('the reason'); raise SystemExit(3)"]

    with pytest.raises(console.Stop, match=r"^Doing it: failed \(exit code 3\)"):
        console.step("Doing it", command)
    assert "    the reason" in capsys.readouterr().err.splitlines()


def test_a_tool_that_is_not_there_stops_with_its_name() -> None:
    with pytest.raises(console.Stop, match=r"^no-such-tool: not found$"):
        console.step("Doing it", ["no-such-tool"])


def test_a_setting_that_is_refused_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "manage.py", "check"]

    with pytest.raises(console.Stop, match=r"The environment variable DEBUG is 'perhaps'"):
        console.step("Preparing", command, env={"DEBUG": "perhaps", "DJANGO_SETTINGS_MODULE": "config.settings"})
    assert capsys.readouterr().err == ""


def test_a_step_is_done_again_when_a_file_of_its_input_changes(tmp_path: Path) -> None:
    folder = tmp_path / "input"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "æble.md").write_text("a", encoding="utf-8")
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.add(("load", fingerprint([folder])))
    assert ("load", fingerprint([folder])) in stamps

    (folder / "sub" / "æble.md").write_text("b", encoding="utf-8")
    assert ("load", fingerprint([folder])) not in stamps

    (folder / "sub" / "æble.md").write_text("a", encoding="utf-8")
    (folder / "sub" / "æble.md").rename(folder / "sub" / "pære.md")
    assert ("load", fingerprint([folder])) not in stamps


def test_damaged_stamps_count_as_none(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.path.write_text("{not json", encoding="utf-8")
    assert ("load", "1") not in stamps

    stamps.add(("load", "1"))
    assert ("load", "1") in stamps


PASSED = suite.Outcome("SQLite", 0, "===== 3 passed in 0.12s =====")
SKIPPED = suite.Outcome("PostgreSQL", 0, "===== 3 passed, 1 skipped in 61.20s (0:01:01) =====")
FAILED = suite.Outcome("browser", 1, "===== 1 failed, 2 passed in 1.00s =====")


@pytest.mark.parametrize(
    ("outcomes", "absent", "strict", "code"),
    [
        ([PASSED], [], True, 0),
        ([PASSED, SKIPPED], [], False, 0),
        ([PASSED, SKIPPED], [], True, 1),
        ([PASSED], ["browser (none)"], False, 0),
        ([PASSED], ["browser (none)"], True, 1),
        ([PASSED, FAILED], [], False, 1),
    ],
)
def test_the_suite_fails_on_failures_and_where_it_is_strict_on_whatever_was_not_run(
    outcomes: list[suite.Outcome], absent: list[str], strict: bool, code: int
) -> None:
    assert suite.report(outcomes, absent, strict=strict) == code


def test_the_suite_ends_with_every_closing_line_and_loudly_with_what_was_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    suite.report([PASSED, SKIPPED], ["PostgreSQL (initdb failed)", "browser (none)"], strict=False)
    lines = capsys.readouterr().out.splitlines()

    assert [line for line in lines if PASSED.closing in line]
    assert [line for line in lines if SKIPPED.closing in line]
    assert "NOT ALL TESTS WERE RUN: there was no PostgreSQL (initdb failed) and no browser" in lines[-1]


@pytest.mark.parametrize("outcome", [PASSED, SKIPPED, FAILED])
def test_the_closing_line_is_found_in_what_pytest_prints(outcome: suite.Outcome) -> None:
    output = f"....\n===== short test summary info =====\nSKIPPED [1] x\n{outcome.closing}\n"

    assert suite.CLOSING.findall(output) == [outcome.closing]


def test_the_production_example_is_read_without_its_comments(tmp_path: Path) -> None:
    env = check.production(tmp_path)

    assert env["HJEMVEJ_VAR"] == str(tmp_path)
    assert env["SITE_URL"].startswith("https://")
    assert not [key for key in env if not re.fullmatch(r"[A-Z_]+", key)]


def test_static_files_are_collected_with_all_that_pages_and_stylesheets_name(
    tmp_path: Path, settings: Settings
) -> None:
    settings.STATIC_ROOT = tmp_path
    # Collecting under names made from the content fails where a stylesheet names a file that is not there.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command("collectstatic", "--no-input", "--verbosity=0")
    named = {
        name for path in (ROOT / "templates").rglob("*.html") for name in STATIC_TAG.findall(path.read_text("utf-8"))
    }

    assert named
    assert [name for name in sorted(named) if not (tmp_path / name).is_file()] == []
