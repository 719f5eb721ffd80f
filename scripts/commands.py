"""The tasks by name, as the Makefile calls them."""

import argparse
import subprocess
import sys

from scripts import check, fuzz, instance, lighthouse, locks, relevance, suite
from scripts.console import ROOT, Stop
from scripts.environment import LOCKS, PYTHON, ensure_venv, install, install_fuzzer, install_python_packages

INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Do the task that `arguments` name; give the exit code. Whatever stops it is told in one line."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.task(options) or 0)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts", description=__doc__)
    tasks = parser.add_subparsers(required=True)
    for name, task in (("run", _run), ("dev", _develop)):
        serving = tasks.add_parser(name)
        serving.add_argument("--host", default="127.0.0.1")
        serving.add_argument("--port", default="8000")
        serving.set_defaults(task=task)
    testing = tasks.add_parser("test")
    testing.add_argument("--strict", action="store_true", help="a skipped test is a failure")
    testing.add_argument("arguments", nargs="*", help="for pytest, after --")
    testing.set_defaults(task=_test)
    tasks.add_parser("check").set_defaults(task=_check)
    tasks.add_parser("lighthouse").set_defaults(task=_lighthouse)
    locking = tasks.add_parser("lock")
    locking.add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    locking.set_defaults(task=_lock)
    measuring = tasks.add_parser("relevance")
    measuring.add_argument("arguments", nargs="*", help="for the task, after --")
    measuring.set_defaults(task=_relevance)
    fuzzing = tasks.add_parser("fuzz", help="fuzz what takes text from outside")
    fuzzing.add_argument("arguments", nargs="*", help="for the task, after --")
    fuzzing.set_defaults(task=_fuzz)
    using = tasks.add_parser("python", help="the environment's Python, after installing what PURPOSE needs")
    using.add_argument("purpose", choices=LOCKS)
    using.add_argument("arguments", nargs=argparse.REMAINDER)
    using.set_defaults(task=_python)
    managing = tasks.add_parser("manage", help="manage.py on the site that `make run` serves")
    managing.add_argument("arguments", nargs=argparse.REMAINDER)
    managing.set_defaults(task=_manage)
    return parser


def _run(options: argparse.Namespace) -> None:
    port = instance.check_address(options.host, options.port)
    install("run")
    instance.prepare(instance.server_environment(options.host, port))
    instance.check_address(options.host, options.port)
    instance.serve(options.host, port)


def _develop(options: argparse.Namespace) -> None:
    port = instance.check_address(options.host, options.port)
    install("run")
    instance.prepare(instance.server_environment(options.host, port))
    instance.develop(options.host, port)


def _test(options: argparse.Namespace) -> int:
    install("test")
    return suite.run(options.arguments, strict=options.strict)


def _check(options: argparse.Namespace) -> None:
    install("check")
    check.run()


def _lighthouse(options: argparse.Namespace) -> None:
    install("test")
    lighthouse.run()


def _lock(options: argparse.Namespace) -> None:
    ensure_venv()
    install_python_packages("check")
    locks.renew(upgrade=options.upgrade)


def _relevance(options: argparse.Namespace) -> int:
    install("test")  # which has PostgreSQL
    return relevance.run(options.arguments)


def _fuzz(options: argparse.Namespace) -> int:
    install("run")
    install_fuzzer()
    return fuzz.run(options.arguments)


def _python(options: argparse.Namespace) -> int:
    install(options.purpose)
    return subprocess.run([PYTHON, *options.arguments], cwd=ROOT, check=False).returncode


def _manage(options: argparse.Namespace) -> int:
    install("run")
    instance.prepare()
    return subprocess.run([PYTHON, instance.MANAGE, *options.arguments], cwd=ROOT, check=False).returncode
