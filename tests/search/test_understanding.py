"""How queries are understood: words, compounds, spellings, synonyms, quotes, stop words, obligations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup.kinds import Obligation
from search.synonyms import Thesaurus, abbreviations
from search.understanding import MAX_WORDS, Interpreter, Step, Understanding
from search.words import clean
from tests.search.test_danish import ANALYZER, ANY_TEXT

THESAURUS = Thesaurus(
    [("Forsorgshjem", "forsorgshjemmet", "herberg", "§ 110-boform", "bolig for hjemløse"), ("serviceloven", "sel")],
    one_way=[("sat ud", "udsættelse"), ("gæld", "restance")],
)
INTERPRETER = Interpreter(ANALYZER, THESAURUS)


def understand(text: str, **options: bool) -> Understanding:
    return INTERPRETER.understand(clean(text), **options)


def steps(text: str) -> dict[Step, list[str]]:
    """Step → the words that it was taken for."""
    found: dict[Step, list[str]] = {}
    for note in understand(text).notes:
        found.setdefault(note.step, []).append(note.word)
    return found


def test_a_word_also_finds_the_compounds_that_it_is_in() -> None:
    (concept,) = understand("indsatsen").concepts

    assert concept.terms["indsats"] > concept.terms["~indsats"] > 0
    assert steps("indsatsen")[Step.COMPOUNDS] == ["indsatsen"]


def test_a_compound_also_finds_its_parts() -> None:
    (concept,) = understand("herbergsophold").concepts

    assert concept.terms["herbergsophold"] == 1
    assert [set(part) for part in concept.parts] == [{"herberg", "~herberg"}, {"ophold", "~ophold"}]
    assert concept.whole < 1


def test_words_of_the_glossary_for_one_thing_stand_for_each_other() -> None:
    assert "herberg" in understand("forsorgshjem").concepts[0].terms
    assert "forsorgshjem" in understand("herberger").concepts[0].terms


def test_a_phrase_leads_to_its_synonyms_and_is_one_thing_asked_for() -> None:
    (concept,) = understand("bolig for hjemløse").concepts

    assert {"forsorgshjem", "herberg"} <= set(concept.terms)
    assert [next(iter(part)) for part in concept.parts] == ["bolig", "hjemløs"]


def test_our_own_synonyms_lead_one_way() -> None:
    assert "restanc" in understand("gæld").concepts[0].terms
    assert "gæld" not in understand("restance").concepts[0].terms


def test_synonyms_can_be_left_out() -> None:
    assert "herberg" not in understand("forsorgshjem", synonyms=False).concepts[0].terms


def test_a_misspelled_word_is_corrected_openly_and_can_be_insisted_on() -> None:
    (note,) = understand("hjemløshde").notes

    assert (note.step, note.others, note.undone) == (Step.CORRECTED, ("hjemløshed",), '"hjemløshde"')
    assert set(understand(note.undone).concepts[0].terms) == {"hjemløshd"}


def test_two_words_of_the_texts_are_never_taken_for_each_other() -> None:
    # One letter apart, and both in use.
    assert Step.CORRECTED not in steps("indsatte")
    assert "indsats" not in understand("indsatte").concepts[0].terms


def test_ascii_spelling_counts_less_than_the_real_one() -> None:
    (concept,) = understand("hjemloshed").concepts

    assert 0.5 < concept.terms["hjemløs"] < 1


def test_a_beginning_is_completed() -> None:
    assert understand("forsorgs").notes[0].step is Step.COMPLETED


def test_a_word_of_no_text_is_said_to_be_unknown_with_what_is_near() -> None:
    notes = {note.word: note for note in understand("xyzzyx herbregg bolig").notes}

    assert notes["xyzzyx"].step is Step.UNKNOWN
    assert notes["xyzzyx"].with_word("herberg") == "herberg herbregg bolig"


def test_common_words_do_not_count_unless_asked_to() -> None:
    understood = understand("hvad er en bolig")

    assert [concept.text for concept in understood.concepts] == ["bolig"]
    assert [note.undone for note in understood.notes if note.word == "er"] == ["hvad +er en bolig"]
    assert [concept.text for concept in understand("hvad +er en bolig").concepts] == ["er", "bolig"]


@pytest.mark.parametrize("word", ["skal", "bør", "kan"])
def test_obligations_are_filters_and_no_words(word: str) -> None:
    understood = understand(f"{word} kommunen")

    assert [concept.text for concept in understood.concepts] == ["kommunen"]
    assert understood.obligations == (Obligation.parse(word),)


def test_a_quoted_word_is_required_as_it_is() -> None:
    (concept,) = understand('"forsorgshjem"').concepts

    assert (dict(concept.terms), concept.required) == ({"forsorgshjem": 1.0}, True)


def test_a_law_reference_is_one_thing_asked_for_the_exact_before_the_broad() -> None:
    concept, other = understand("SEL 110, stk. 2 herberg").concepts

    weights = [concept.terms[term] for term in ("§serviceloven:110:2", "§serviceloven:110", "§110")]
    assert weights == sorted(weights, reverse=True)
    assert other.text == "herberg"


def test_a_bare_number_is_a_word_that_may_be_a_provision() -> None:
    terms = understand("110").concepts[0].terms

    assert terms["110"] > terms["§110"] > 0


def test_titles_tell_what_their_abbreviations_mean() -> None:
    groups = abbreviations(["Critical Time Intervention (CTI)", "Housing First (begreb)"])

    assert groups == [("Critical Time Intervention", "CTI")]
    assert Thesaurus(groups, ()).of(("critical", "tim", "intervention")) == {"cti": "cti"}


def test_a_long_question_is_cut_at_a_number_of_words() -> None:
    assert len(understand(" ".join(f"ord{number}" for number in range(200))).concepts) <= MAX_WORDS


@given(ANY_TEXT)
def test_any_text_is_understood_somehow_and_always_the_same(text: str) -> None:
    assert understand(text) == understand(text)


@given(st.lists(st.sampled_from(['"', "+", "hjemløs", "§", "110", "SEL", "skal", " ", "-", "*", "AND"]), max_size=12))
def test_signs_and_words_may_come_in_any_order(pieces: list[str]) -> None:
    for note in understand("".join(pieces)).notes:
        if note.undone:
            understand(note.undone)
