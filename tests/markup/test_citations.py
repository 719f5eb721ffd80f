"""Every way in which Danish texts cite an act, as a table: the text, and what is found in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup.catalogue import Catalogue
from markup.citations import MAX_SUBSECTION, find_citations

SEL, LAS, BARN, RSL = "serviceloven", "aktivloven", "barnets-lov", "retssikkerhedsloven"
LEJE, ALMEN = "lejeloven", "almenlejeloven"

Found = tuple[str, str, str]  # act, number, subsection


def found(text: str, catalogue: Catalogue, own_act: str = "") -> list[Found]:
    return [(match.act_slug, match.number, match.subsection) for match in find_citations(text, catalogue, own_act)]


NAMED: list[tuple[str, list[Found]]] = [
    ("efter serviceloven § 110.", [(SEL, "110", "")]),
    ("Servicelovens § 85 a gælder", [(SEL, "85 a", "")]),
    ("serviceloven §85a", [(SEL, "85 a", "")]),
    # a line break and a no-break space are blanks too
    ("serviceloven\n§\u00a0110, stk.\u00a02", [(SEL, "110", "stk. 2")]),
    ("serviceloven, § 110", [(SEL, "110", "")]),
    ("lov om social service (serviceloven) § 110", [(SEL, "110", "")]),
    ("lov om social services § 110", [(SEL, "110", "")]),
    ("serviceloven paragraf 110", [(SEL, "110", "")]),
    ("servicelovens regler i §§ 107 og 110", [(SEL, "107", ""), (SEL, "110", "")]),
    ("efter serviceloven, fx § 85", [(SEL, "85", "")]),
    # the act behind the number
    ("efter § 110 i serviceloven", [(SEL, "110", "")]),
    ("§§ 81 og 85 i lov om aktiv socialpolitik", [(LAS, "81", ""), (LAS, "85", "")]),
    # abbreviations, with and without the sign; without it only a provision that the act has
    ("SEL § 110", [(SEL, "110", "")]),
    ("sel § 110", [(SEL, "110", "")]),
    ("SEL 85a", [(SEL, "85 a", "")]),
    ("SEL's § 110", [(SEL, "110", "")]),
    ("SEL 2020", []),
    ("vi las 81 sider", []),
    # the longest name wins
    ("lov om leje af almene boliger § 4", [(ALMEN, "4", "")]),
    ("lov om leje § 4", [(LEJE, "4", "")]),
    ("almenlejeloven § 92, stk. 2", [(ALMEN, "92", "stk. 2")]),
    ("§ 4 i lov om leje af almene boliger", [(ALMEN, "4", "")]),
    # an act that we do not have is not the one whose name ends it
    ("den nye xserviceloven § 110", []),
    ("ældrelovens § 5", []),
]
SUBSECTIONS: list[tuple[str, list[Found]]] = [
    ("serviceloven § 110, stk. 5.", [(SEL, "110", "stk. 5")]),
    ("serviceloven § 110 stk. 2", [(SEL, "110", "stk. 2")]),
    ("serviceloven § 110, stk. 1 og 2, gælder", [(SEL, "110", "stk. 1 og 2")]),
    ("serviceloven § 85 a, stk. 3-6", [(SEL, "85 a", "stk. 3-6")]),
    ("serviceloven § 110, stk. 1, 2 og 3", [(SEL, "110", "stk. 1, 2 og 3")]),
    ("serviceloven § 110, stk. 1, nr. 3, litra a", [(SEL, "110", "stk. 1, nr. 3, litra a")]),
    ("serviceloven § 110, stk. 2, 2. pkt., gælder", [(SEL, "110", "stk. 2, 2. pkt.")]),
    ("serviceloven § 110, stk. 5, jf. stk. 6", [(SEL, "110", "stk. 5, jf. stk. 6")]),
    ("serviceloven § 110, nr. 2", [(SEL, "110", "nr. 2")]),
    # what follows is no part of it
    ("serviceloven § 110, stk. 3, 14 dage senere", [(SEL, "110", "stk. 3")]),
    ("serviceloven § 110, stk. 3 og 14 dage", [(SEL, "110", "stk. 3")]),
    ("serviceloven § 110, stk. 5, når", [(SEL, "110", "stk. 5")]),
]
SEVERAL: list[tuple[str, list[Found]]] = [
    ("barnets lov §§ 122 og 123", [(BARN, "122", ""), (BARN, "123", "")]),
    ("serviceloven §§ 85, 85 a og 99", [(SEL, "85", ""), (SEL, "85 a", ""), (SEL, "99", "")]),
    # of a range the two ends
    ("serviceloven §§ 107-110", [(SEL, "107", ""), (SEL, "110", "")]),
    ("serviceloven §§ 107–110 og 141", [(SEL, "107", ""), (SEL, "110", ""), (SEL, "141", "")]),
    ("serviceloven §§ 82 a-82 d", [(SEL, "82 a", ""), (SEL, "82 d", "")]),
    ("serviceloven §§ 82 a-d", [(SEL, "82 a", ""), (SEL, "82 d", "")]),
    ("serviceloven §§ 10, stk. 1, og 85", [(SEL, "10", "stk. 1"), (SEL, "85", "")]),
    # 99 is no subsection
    ("serviceloven §§ 10, stk. 1 og 99", [(SEL, "10", "stk. 1"), (SEL, "99", "")]),
    ("serviceloven §§ 85 og 99, 14 dage senere", [(SEL, "85", ""), (SEL, "99", "")]),
    ("serviceloven §§ 85 og 99, 1. januar", [(SEL, "85", ""), (SEL, "99", "")]),
    # a citation that continues the one before
    ("serviceloven § 110, stk. 5; § 85 a", [(SEL, "110", "stk. 5"), (SEL, "85 a", "")]),
    ("serviceloven § 107 og § 109", [(SEL, "107", ""), (SEL, "109", "")]),
    ("serviceloven § 110, jf. § 141", [(SEL, "110", ""), (SEL, "141", "")]),
    ("serviceloven § 85 og aktivloven § 85", [(SEL, "85", ""), (LAS, "85", "")]),
    ("serviceloven § 85 og § 9 i retssikkerhedsloven", [(SEL, "85", ""), (RSL, "9", "")]),
    # not across a sentence, nor past other words
    ("serviceloven § 110. § 85 a er en mulighed.", [(SEL, "110", "")]),
    ("serviceloven § 110, mens § 85 a er en mulighed", [(SEL, "110", "")]),
]
NUMBERS: list[tuple[str, list[Found]]] = [
    # "i" is a word here, and the rest are no letters of a number either
    ("serviceloven § 110 i praksis", [(SEL, "110", "")]),
    ("serviceloven § 110 e-mail", [(SEL, "110", "")]),
    ("serviceloven § 110 m.v.", [(SEL, "110", "")]),
    ("serviceloven § 110-boformer", [(SEL, "110", "")]),
    ("en § 110-boform", []),
    ("§ 110", []),
    ("serviceloven §", []),
    ("serviceloven § 0", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMED + SUBSECTIONS + SEVERAL + NUMBERS)
def test_a_citation_is_recognised(catalogue: Catalogue, text: str, expected: list[Found]) -> None:
    assert found(text, catalogue) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lederens kompetence følger af § 110, stk. 4.", [(SEL, "110", "stk. 4")]),
        ("efter lovens § 110", [(SEL, "110", "")]),
        ("§§ 85 og 99; § 141 dog ikke", [(SEL, "85", ""), (SEL, "99", ""), (SEL, "141", "")]),
        ("aktivloven § 81 og § 85", [(LAS, "81", ""), (LAS, "85", "")]),
        # other texts' numbers, and numbers that the act has not got
        ("den tidligere lejelovs § 85", []),
        ("bekendtgørelsens § 10", []),
        ("§ 10 i bekendtgørelsen", []),
        ("den tidligere § 99", []),
        ("lov nr. 482 af 12. maj 2023 § 10", []),
        ("et botilbud efter § 105", []),
    ],
)
def test_in_the_text_of_an_act_a_bare_number_is_its_own(catalogue: Catalogue, text: str, expected: list[Found]) -> None:
    assert found(text, catalogue, SEL) == expected


def test_the_place_of_a_citation_begins_at_the_name_of_its_act(catalogue: Catalogue) -> None:
    text = "Se barnets lov §§ 122 og 123, og SEL § 110, stk. 2."

    assert [text[match.start : match.end] for match in find_citations(text, catalogue)] == [
        "barnets lov §§ 122",
        "123",
        "SEL § 110, stk. 2",
    ]


def test_a_provision_that_the_act_has_not_got_is_found_but_unknown(catalogue: Catalogue) -> None:
    (match,) = find_citations("serviceloven § 999", catalogue)

    assert (match.act_slug, match.number, match.known) == (SEL, "999", False)


def test_a_catalogue_without_acts_finds_nothing() -> None:
    assert find_citations("serviceloven § 110 og SEL 85", Catalogue([]), SEL) == []


@given(
    st.lists(
        st.sampled_from(
            [
                *("serviceloven", "SEL", "barnets lov", "§", "§§", "110", "85 a", "122", "stk. 2", "nr.", "litra a"),
                *(" ", " ", ",", "og", "-", ";", ".", "jf.", "i", "\n", "pkt.", "1"),
            ]
        ),
        max_size=40,
    ).map("".join)
)
def test_places_are_in_order_apart_and_inside_the_text(catalogue: Catalogue, text: str) -> None:
    matches = find_citations(text, catalogue, SEL)
    borders = [border for match in matches for border in (match.start, match.end)]

    assert borders == sorted(borders)
    assert all(match.start < match.end <= len(text) for match in matches)
    assert all(len(match.subsection) <= MAX_SUBSECTION for match in matches)
