"""`python -m fuzz TARGET FOLDER`: fuzz one target with atheris; further options go to libFuzzer.

The first folder takes in what finds new ways through the code, and is started from; further folders are seeds.
"""

import sys

import atheris

with atheris.instrument_imports(include=["markup", "search", "markdown"], enable_loader_override=False):
    from fuzz.targets import TARGETS, timed


def main() -> None:
    """Fuzz until libFuzzer's options say that it is enough; a finding ends it with an exit code of its own."""
    name = sys.argv.pop(1)
    target = TARGETS[name]
    atheris.Setup(sys.argv, lambda data: timed(target, data))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
