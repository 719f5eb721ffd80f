"""What stands in the way of deleting a record."""

from content.plan import make_plan
from editorial.forms.record_form import title_at
from markup.kinds import Kind
from markup.problems import ContentError


def obstacles(kind: Kind, slug: str) -> list[str]:
    """One line for each place that still needs the record: which text, and what would be wrong in it."""
    try:
        make_plan([], [(kind, slug)])
    except ContentError as error:
        lines = (f"{title_at(problem.path)}: {problem.message('da')}" for problem in error.problems)
        return list(dict.fromkeys(lines))
    return []
