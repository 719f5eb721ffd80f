"""The bill of materials: all that Hjemvej is made with from others, as CycloneDX, for those who must look flaws up.

Made from the locks alone, so that it is the same wherever it is made: `var/bill/python.cdx.json` and `npm.cdx.json`.
"""

import json
import subprocess
from pathlib import Path

from scripts.console import ROOT, Command, Stop
from scripts.environment import PYTHON, REQUIREMENTS, npm

FOLDER = ROOT / "var" / "bill"
_VALIDATE = """
import json, sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = open(sys.argv[1], encoding="utf-8").read()
error = JsonStrictValidator(SchemaVersion.from_version(json.loads(text)["specVersion"])).validate_str(text)
sys.exit(str(error) if error else 0)
"""


def make(folder: Path = FOLDER) -> dict[str, int]:
    """Write both bills and hold them against the schema of CycloneDX; give the number of packages in each."""
    folder.mkdir(parents=True, exist_ok=True)
    return {"python": _python(folder / "python.cdx.json"), "npm": _npm(folder / "npm.cdx.json")}


def _python(file: Path) -> int:
    what: Command = ["--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "--no-validate"]
    _run([PYTHON, "-m", "cyclonedx_py", "requirements", REQUIREMENTS / "run.txt", *what, "--output-file", file])
    return _checked(file)


def _npm(file: Path) -> int:
    """What is served to readers; what only tests use is left out."""
    what: Command = ["--package-lock-only", "--omit=dev", "--sbom-format=cyclonedx", "--sbom-type=application"]
    file.write_text(_run([*npm(), "sbom", *what]), encoding="utf-8")
    return _checked(file)


def _checked(file: Path) -> int:
    _run([PYTHON, "-c", _VALIDATE, file])
    return len(json.loads(file.read_text(encoding="utf-8"))["components"])


def _run(command: Command) -> str:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise Stop(f"The bill of materials could not be made: {(result.stderr or result.stdout).strip()[-500:]}")
    return result.stdout
