"""The peer runs on what Hjemvej runs on, in exact versions."""

import re
from pathlib import Path

from bench.peer import PROJECT

ROOT = Path(__file__).resolve().parent.parent.parent
RENEW = "bench/wagtail/requirements.in says how to renew bench/wagtail/requirements.txt"


def pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_django_and_the_server_are_those_of_the_site() -> None:
    ours, theirs = pins(ROOT / "requirements" / "run.txt"), pins(PROJECT / "requirements.txt")
    assert {name: theirs[name] for name in ("django", "granian")} == {
        name: ours[name] for name in ("django", "granian")
    }, RENEW


def test_all_that_it_installs_is_checked_by_its_hash() -> None:
    text = (PROJECT / "requirements.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    assert len(pins(PROJECT / "requirements.txt")) > 20
    assert [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry] == []
    assert "://" not in text
