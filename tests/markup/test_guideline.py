"""A guideline's body in parts: its instructions with all that belongs to them, and what authors get wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup.guideline import Basis, parse_basis, sections, split, with_anchors
from markup.kinds import Obligation
from markup.problems import ContentError

BODY = """Derfor er det vigtigt.

Mere om baggrunden.

## Anvisninger

### Skal: Hold kontakten {#hold-kontakten}
Aktører: kommunal-myndighed, boformer
Principper: 2, 5
Kilder: serviceloven § 85 a, stk. 2, nr. 1; nr-2020

Ring til borgeren.

- Hver uge

### Bør: Lyt
Aktører: boformer
Principper: 1
Kilder: nr-2020
Spørg, hvad borgeren vil.

## Ændret siden 2020

- Noget."""


def codes(body: str) -> list[tuple[str, int | None]]:
    with pytest.raises(ContentError) as error:
        split(body, "guidelines/x/01-y.md", 10)
    return [(problem.code, problem.line) for problem in error.value.problems]


def test_the_parts_of_a_body_are_told_apart() -> None:
    parts = split(BODY)
    first, second = parts.instructions

    assert parts.intro == "Derfor er det vigtigt.\n\nMere om baggrunden."
    assert (first.obligation, first.title, first.anchor) == (Obligation.SKAL, "Hold kontakten", "hold-kontakten")
    assert (first.actors, first.principles) == (("kommunal-myndighed", "boformer"), (2, 5))
    assert first.body == "Ring til borgeren.\n\n- Hver uge"
    assert (second.obligation, second.anchor, second.body) == (Obligation.BOER, "", "Spørg, hvad borgeren vil.")
    assert [(section.title, section.anchor) for section in parts.sections] == [
        ("Ændret siden 2020", "aendret-siden-2020")
    ]


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    parts = split(BODY, offset=12)

    assert [instruction.line for instruction in parts.instructions] == [19, 28]
    assert parts.instructions[0].bases[0].line == 22
    assert parts.sections[0].line == 34


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("nr-2020", Basis("nr-2020", 0, source="nr-2020")),
        ("serviceloven § 110", Basis("serviceloven § 110", 0, act="serviceloven", number="110")),
        # the act in any case, a letter without its blank, more than one part behind the number
        (
            "Barnets lov  §85a, stk. 1, nr. 2",
            Basis("Barnets lov §85a, stk. 1, nr. 2", 0, "", "barnets lov", "85 a", "stk. 1, nr. 2"),
        ),
        ("serviceloven § 9, 2. pkt.", Basis("serviceloven § 9, 2. pkt.", 0, "", "serviceloven", "9", "2. pkt.")),
        # one provision to an entry: these are neither a provision nor a source
        ("serviceloven §§ 107-110", Basis("serviceloven §§ 107-110", 0)),
        ("serviceloven § 107 og § 108", Basis("serviceloven § 107 og § 108", 0)),
        ("En bog fra 2020", Basis("En bog fra 2020", 0)),
    ],
)
def test_an_entry_of_the_sources_is_a_provision_or_a_slug(text: str, basis: Basis) -> None:
    assert parse_basis(text) == basis


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("## Anvisninger", "## Andet", [("no_instructions", 11)]),
        ("## Ændret siden 2020", "## Anvisninger", [("instructions_twice", 32)]),
        ("## Anvisninger\n", "## Anvisninger\nNoget tekst.\n", [("text_before_instructions", 16)]),
        ("### Bør: Lyt", "### Must: Lyt", [("bad_instruction_heading", 26)]),
        ("### Bør: Lyt", "### Bør Lyt", [("bad_instruction_heading", 26)]),
        ("### Bør: Lyt", "### Bør:", [("bad_instruction_heading", 26)]),
        ("Aktører: boformer\n", "", [("missing_line", 26)]),
        ("Principper: 1\n", "Principper:\n", [("missing_line", 26)]),
        ("Aktører: boformer", "Aktører: boformer\nAktører: borger", [("duplicate_line", 28)]),
        ("Aktører: boformer", "Aktører: Alle sammen", [("bad_entry", 27)]),
        ("Principper: 1", "Principper: et", [("bad_entry", 28)]),
        ("Kilder: nr-2020\n", "Kilder: serviceloven §§ 1-2\n", [("bad_entry", 29)]),
        ("Kilder: nr-2020\n", f"Kilder: serviceloven § 1, stk. {'1' * 60}\n", [("bad_entry", 29)]),
        ("Spørg, hvad borgeren vil.\n", "", [("empty_instruction", 26)]),
        ("### Bør: Lyt", f"### Bør: {'Lyt ' * 76}", [("title_too_long", 26)]),
        ("{#hold-kontakten}", f"{{#{'x' * 121}}}", [("bad_anchor", 17)]),
        ("{#hold-kontakten}", "{#Hold kontakten}", [("bad_anchor", 17)]),
        ("### Bør: Lyt", "### Bør: Lyt {#hold-kontakten}", [("duplicate_anchor", 26)]),
    ],
)
def test_a_mistake_in_the_structure_is_reported_with_its_line(
    old: str, new: str, expected: list[tuple[str, int]]
) -> None:
    assert BODY.count(old) == 1
    assert codes(BODY.replace(old, new)) == expected


def test_all_mistakes_are_reported_at_once() -> None:
    broken = BODY.replace("### Bør: Lyt", "### Lyt").replace("Principper: 2, 5", "Principper: to")

    assert codes(broken) == [("bad_entry", 19), ("bad_instruction_heading", 26)]


def test_an_instruction_gets_an_anchor_from_its_title_and_keeps_the_one_that_it_has() -> None:
    body = with_anchors(BODY)

    assert "### Skal: Hold kontakten {#hold-kontakten}\n" in body
    assert "### Bør: Lyt {#lyt}\n" in body
    assert body.replace(" {#lyt}", "") == BODY


def test_an_anchor_is_never_used_twice_nor_again_once_it_has_been_retired() -> None:
    body = with_anchors(BODY.replace("Bør: Lyt", "Bør: Hold kontakten"), retired={"hold-kontakten-2"})

    assert "### Bør: Hold kontakten {#hold-kontakten-3}" in body


def test_only_headings_of_instructions_get_anchors() -> None:
    body = "### Bør: Ikke her\n\n## Anvisninger\n\n### Uden ord\n\n### Kan: 💡\n\n## Efter\n\n### Kan: Heller ikke"

    assert with_anchors(body) == body.replace("Kan: 💡", "Kan: 💡 {#anvisning}")


@given(st.text("#ab: \n{}-SkalBørKan", max_size=80))
def test_writing_anchors_twice_is_the_same_as_once(text: str) -> None:
    body = with_anchors(f"## Anvisninger\n{text}")

    assert with_anchors(body) == body


def test_sections_of_other_kinds_have_their_own_anchors() -> None:
    intro, parts = sections("Indledning.\n\n## Baggrund\n\nA\n\n### Under\n\n## Baggrund\n\nB\n\n## Tal {#tallene}\n")

    assert intro == "Indledning."
    assert [(part.title, part.anchor, part.body) for part in parts] == [
        ("Baggrund", "baggrund", "A\n\n### Under"),
        ("Baggrund", "baggrund-2", "B"),
        ("Tal", "tallene", ""),
    ]
