"""Problems as editors read them: in Danish, what stops publication first, each with a way to its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from editorial.rendering import LABELS
from markup.problems import Problem


@dataclass(frozen=True)
class ShownProblem:
    """One problem in words. `line` is that of the text in the editor, `field` the form's field, "body" for the text,
    `label` what editors call that field, "" for the text."""

    text: str
    line: int | None
    field: str
    label: str
    stops: bool


def shown(problems: Iterable[Problem], lines_above: int = 0) -> list[ShownProblem]:
    """What stops publication, then the advice, each in the order of the text.

    lines_above: how many lines of the problems' file stand above the text in the editor: a record's `offset`.
    """
    found = [
        ShownProblem(
            text=_sentences(problem),
            line=problem.line - lines_above if problem.line and not problem.key else None,
            field=problem.field or "body",
            label=LABELS.get(problem.field, ""),
            stops=problem.level == "error",
        )
        for problem in problems
    ]
    return sorted(dict.fromkeys(found), key=lambda problem: (not problem.stops, problem.line or 0))


def problem_list(problems: Iterable[Problem], lines_above: int = 0) -> SafeString:
    """The list as HTML, with its summary ("2 fejl, 5 råd"), for a page that holds the form with the text.

    The same wherever it is seen: beside the editor, after a save, at the review.
    """
    found = shown(problems, lines_above)
    return render_to_string("editorial/problems.html", {"problems": found, "summary": summary(found)})


def summary(problems: Iterable[ShownProblem]) -> str:
    """How many of each there are: "Ingen fejl, 3 råd"."""
    stops = [problem.stops for problem in problems]
    errors = sum(stops)
    return f"{errors or 'Ingen'} fejl, {len(stops) - errors or 'ingen'} råd"


def _sentences(problem: Problem) -> str:
    message = problem.message("da")
    return f"{message[0].upper()}{message[1:]}. {problem.cure('da')}"
