"""Valid HTML on every page, as the checkers see it: html-validate, and the W3C's own where there is a Java."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from scripts.console import ROOT, Command
from scripts.environment import node
from tests.editorial.admin_form import editor_client
from tests.test_every_page import pages

pytestmark = [pytest.mark.usefixtures("content"), pytest.mark.sqlite]

NODE_MODULES = ROOT / "node_modules"
# Pages that no link leads to, or whose query makes them another page.
MORE = [
    "/anvisninger/?forpligtelse=skal&princip=1&gruppe=aktoer",
    "/anvisninger/?q=findesikke",
    "/soeg/?q=handleplan",
    "/soeg/?q=serviceloven+§+110",
    "/soeg/?q=xyzxyz",
    "/feedback/?side=/begreber/handleplan/",
    "/feedback/tak/?side=/begreber/handleplan/",
    "/findes/ikke/",
    "/was",
    "/admin/konto/log-ind/",
    "/admin/konto/lukket/",
    "/admin/konto/eget-login/fejl/",
]
# Of the admin, which Django writes, what everybody meets.
ADMIN = ["/admin/", "/admin/konto/", "/admin/konto/kodeord/", "/admin/konto/noegler/", "/admin/konto/bekraeft/"]


def checkers() -> list[Command]:
    """The commands that take the names of files and fail where one of them is not valid."""
    found: list[Command] = [
        [*node(), NODE_MODULES / "html-validate/bin/html-validate.mjs", "--config", ROOT / "tests/html-validate.json"]
    ]
    java = shutil.which("java")
    if java:
        found.append([java, "-jar", NODE_MODULES / "vnu-jar/build/dist/vnu.jar", "--errors-only"])
    return found


def written(folder: Path) -> list[Path]:
    """Every page as a file in `folder`, named by its address."""
    client, editor = Client(), editor_client()
    texts = dict(pages())
    texts |= {address: client.get(address).content.decode() for address in MORE}
    texts |= {address: editor.get(address).content.decode() for address in ADMIN}
    texts["/feedback/ ret"] = client.post("/feedback/", {"side": "/", "tekst": "010190-1234"}).content.decode()
    files = []
    for address, text in texts.items():
        file = folder / f"{re.sub(r'[^a-z0-9]+', '-', address)}.html"
        file.write_text(text, encoding="utf-8")
        files.append(file)
    return files


def test_every_page_is_valid_html(tmp_path: Path) -> None:
    files = written(tmp_path)
    assert len(files) > 100
    for checker in checkers():
        done = subprocess.run([*checker, *files], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (done.stdout + done.stderr)[:5000]
