"""Problems in an editor's words: errors first, each with its line in the text, and how many there are."""

from editorial.problems import problem_list, shown, summary
from markup.problems import Problem

DEAD_LINK = Problem("dead_link", "x.md", 14, "", {"target": "ukendt"})
LONG = Problem("long_sentence", "x.md", 12, "", {"count": "31", "start": "En <b> to", "most": "30"}, "warning")
TITLE = Problem("long_title", "x.md", 2, "title", {"length": "90", "title": "T", "most": "80"}, "warning")


def test_errors_come_first_and_lines_are_those_of_the_text() -> None:
    found = shown([LONG, TITLE, DEAD_LINK, LONG], lines_above=10)

    assert [(problem.stops, problem.line, problem.field) for problem in found] == [
        (True, 4, "body"),
        (False, None, "title"),
        (False, 2, "body"),
    ]
    assert found[0].text.startswith("[[ukendt]] fører ingen steder hen. ")
    assert found[1].text.startswith("Titlen er på 90 tegn")


def test_what_is_wrong_with_a_field_names_the_field() -> None:
    missing = Problem("missing_field", "x.md", 1, "summary", {})
    assert "<b>Fejl, Resumé:</b>" in problem_list([missing])


def test_the_summary_counts_both() -> None:
    assert summary(shown([LONG, DEAD_LINK])) == "1 fejl, 1 råd"
    assert summary([]) == "Ingen fejl, ingen råd"


def test_the_list_is_safe_html_with_a_way_to_each_line() -> None:
    html = problem_list([LONG], lines_above=10)

    assert '<a href="#id_body" data-line="2">linje 2</a>' in html
    assert "&lt;b&gt;" in html
    assert 'data-summary="Ingen fejl, 1 råd"' in html
