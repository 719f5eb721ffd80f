"""Limits on the code's size, so that no giant grows, and on the ways around the checkers."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_MODULE_LINES = 400
MOST_FUNCTION_LINES = 60
NOT_OURS = {".venv", "node_modules", "var", "migrations"}
# A comment that silences a checker, not followed by ` - reason` or by a comment of its own.
UNEXPLAINED = re.compile(r"#\s*(noqa|type:\s*ignore)(:\s*[A-Z0-9, ]+|\[[\w, -]+\])?\s*$", re.IGNORECASE)


MODULES = {
    str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
    for path in sorted(ROOT.rglob("*.py"))
    if not NOT_OURS & set(path.relative_to(ROOT).parts)
}


def test_every_module_can_be_read_in_one_sitting() -> None:
    lengths = {name: len(text.splitlines()) for name, text in MODULES.items()}

    assert {name: length for name, length in lengths.items() if length > MOST_MODULE_LINES} == {}


def test_every_function_fits_on_a_screen() -> None:
    lengths = {
        f"{name}: {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, text in MODULES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: length for name, length in lengths.items() if length > MOST_FUNCTION_LINES} == {}


def test_a_silenced_checker_has_a_reason_beside_it() -> None:
    silenced = [
        f"{name}:{number}"
        for name, text in MODULES.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if UNEXPLAINED.search(line)
    ]

    assert silenced == []
