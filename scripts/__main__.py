"""`python -m scripts TASK`. An old Python must be able to read this file: it gets a line, no syntax error."""

import sys

OLDEST_PYTHON = (3, 11)
TOO_OLD = (
    "Hjemvej needs Python {0}.{1} or newer, and this is Python {2}.{3}. Name a newer one: make run PYTHON=python3.12\n"
)


def main(arguments):  # type: (list[str]) -> int
    if sys.version_info[:2] < OLDEST_PYTHON:
        sys.stderr.write(TOO_OLD.format(*(OLDEST_PYTHON + sys.version_info[:2])))
        return 1
    from scripts import commands

    return commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
