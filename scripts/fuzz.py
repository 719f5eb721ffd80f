"""`make fuzz`: each target of `fuzz.targets` for a while, started from the real content and from what was found before.

    make fuzz                                 all targets, five minutes each
    make fuzz ARGS="--seconds 60 parser"      one of them

What is found is printed and lies in var/fuzz/TARGET/; it becomes a file in fuzz/corpus/TARGET/, which the tests try,
when its fault has been mended.
"""

import argparse
import hashlib
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from scripts.console import ROOT, Command, Stop, say
from scripts.environment import PYTHON

TARGETS = ("parser", "renderer", "citations", "query")
CORPUS = ROOT / "fuzz" / "corpus"
_FOUND = ("crash-*", "timeout-*", "oom-*")
_EXECUTED = re.compile(r"^stat::number_of_executed_units: (\d+)", re.MULTILINE)
# Of one input as libFuzzer meets it: a hanging program, not one that is merely watched while others work.
_LONGEST_SECONDS = 60
_LONGEST_INPUT = 4096
_SEEDS = "import sys; from fuzz.targets import seeds; sys.stdout.buffer.write(b'\\0\\n'.join(seeds(sys.argv[1])))"


def run(arguments: Sequence[str]) -> int:
    """Fuzz what `arguments` name; 1 where something was found."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--seconds", type=int, default=300, help="for each target")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    options = parser.parse_args(arguments)
    unknown = set(options.targets) - set(TARGETS)
    if unknown:
        raise Stop(f"There is no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}.")
    found = [path for target in options.targets or TARGETS for path in _fuzz(target, options.seconds)]
    return int(bool(found))


def _fuzz(target: str, seconds: int) -> list[Path]:
    """Fuzz one target; give the inputs that it failed on."""
    folder = ROOT / "var" / "fuzz" / target
    grown, seeds = folder / "grown", folder / "seeds"
    for each in (grown, seeds, CORPUS / target):
        each.mkdir(parents=True, exist_ok=True)
    before = set(_failures(folder))
    _write_seeds(target, seeds)
    limits = [f"-max_total_time={seconds}", f"-max_len={_LONGEST_INPUT}", f"-timeout={_LONGEST_SECONDS}"]
    options = [*limits, f"-artifact_prefix={folder}/", f"-dict={ROOT / 'fuzz' / 'tokens.dict'}", "-print_final_stats=1"]
    command: Command = [PYTHON, "-m", "fuzz", target, grown, seeds, CORPUS / target, *options]
    with (folder / "log").open("w+b") as log:
        code = subprocess.run(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, check=False).returncode
        log.seek(0)
        output = log.read().decode(errors="replace")
    executed = _EXECUTED.search(output)
    found = [path for path in _failures(folder) if path not in before]
    say(f"{target:<10} {executed[1] if executed else '?':>9} inputs in {seconds} s, {len(found)} findings")
    if code and not found:
        raise Stop(f"The target {target} could not be fuzzed; {folder / 'log'} says why.")
    if found:
        say(output[output.find(" === Uncaught") :][:3000])
        say("\n".join(f"  {path}" for path in found))
    return found


def _failures(folder: Path) -> list[Path]:
    return sorted(path for pattern in _FOUND for path in folder.glob(pattern))


def _write_seeds(target: str, folder: Path) -> None:
    """The real content as files, which is how libFuzzer takes it."""
    output = subprocess.run([PYTHON, "-c", _SEEDS, target], cwd=ROOT, capture_output=True, check=True).stdout
    for seed in output.split(b"\0\n"):
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
