"""Advice on the language of a text: what it finds, where it puts it, and what it lets pass."""

from datetime import date

import pytest

from markup.actor_names import ActorNames
from markup.advice import advice
from markup.catalogue import Entry
from markup.kinds import Kind
from markup.problems import Problem
from markup.record import Record

NAMES = ActorNames(
    Entry(Kind.ACTOR, slug, title, f"/aktoerer/{slug}/")
    for slug, title in [
        ("boformer", "Boformer efter serviceloven § 110"),
        ("boligorganisationer", "Almene boligorganisationer"),
        ("kommunal-myndighed", "Kommunal myndighed"),
        ("kommunale-ledere", "Kommunale ledere"),
        ("region", "Region"),
    ]
)


def guideline(text: str, heading: str = "Bør: Gør det", actors: str = "kommunal-myndighed") -> Record:
    body = (
        f"Derfor.\n\n## Anvisninger\n\n### {heading} {{#goer-det}}\n"
        f"Aktører: {actors}\nPrincipper: 1\nKilder: serviceloven § 10\n\n{text}"
    )
    fields = {"title": "Titel", "actors": ["kommunal-myndighed"], "law_checked": date(2026, 1, 1)}
    return Record(Kind.GUIDELINE, "x", fields, body, 1, "forebyggelse", offset=20, lines={"title": 2})


def found(record: Record) -> dict[str, Problem]:
    """Code → problem; all of them are warnings with the file's path."""
    problems = advice(record, NAMES)
    assert all(problem.level == "warning" and problem.path == record.path for problem in problems)
    return {problem.code: problem for problem in problems}


@pytest.mark.parametrize(
    ("heading", "text", "word"),
    [
        ("Bør: Gør det", "Kommunen skal svare inden en uge.", "skal"),
        ("Kan: Gør det", "I weekenden skal kommunen have en vagt.", "skal"),
        ("Bør: Gør det", "Planen skal være skriftlig.", "skal"),
        ("Bør: Gør det", "Beder borgeren om det, skal kommunen svare.", "skal"),
        ("Bør: Gør det", "Kommunen må ikke afvise nogen.", "må ikke"),
        ("Kan: Gør det", "Kommunen er forpligtet til at svare.", "er forpligtet"),
    ],
)
def test_a_demand_in_a_boer_or_a_kan_is_named(heading: str, text: str, word: str) -> None:
    problem = found(guideline(f"Et afsnit.\n\n{text}", heading))["verb_too_strong"]

    # Ten lines of the body stand above the text, and twenty above the body.
    assert (problem.line, problem.params["word"]) == (20 + 12, word)


@pytest.mark.parametrize(
    "text",
    [
        "Aftal, hvem der skal ringe, og hvad der skal siges.",
        "Hvis planen skal virke, bør borgeren være med.",
        "Kommunen skal efter serviceloven § 10 rådgive.",
        "Loven siger, at kommunen skal rådgive.",
        "Efter loven skal kommunen rådgive.",
        "Det stod der: »Kommunen skal svare«.",
        "> Kommunen skal svare.",
        "Borgeren skal ikke møde to gange.",
        "Boformen skal sige til.",
        "I aftalen skal boformen sige til.",
        "Hvem skal ringe?",
        "Saml det, så borgeren kun skal møde ét sted.",
    ],
)
def test_what_is_no_demand_on_those_whom_the_instruction_names_passes(text: str) -> None:
    assert "verb_too_strong" not in found(guideline(text))


def test_advice_in_a_skal_is_named_only_where_the_text_demands_nothing() -> None:
    heading = "Skal: Gør det"

    assert found(guideline("Kommunen bør svare.", heading))["verb_too_weak"].params["word"] == "bør"
    assert "verb_too_weak" not in found(guideline("Kommunen skal svare. Den bør gøre det hurtigt.", heading))
    assert "verb_too_weak" not in found(guideline("Borgeren har ret til svar. Det bør komme hurtigt.", heading))
    assert "verb_too_weak" not in found(guideline("Kommunen bør svare."))


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Boformen orienterer kommunen.", "boformer"),
        ("Aftal, at boligorganisationerne ringer.", "boligorganisationer"),
        ("De almene boligorganisationer kan ringe.", "boligorganisationer"),
        ("Regionen og borgeren mødes. Regionen skriver.", "region"),
    ],
)
def test_an_actor_who_acts_and_is_not_listed_is_named_once(text: str, slugs: str) -> None:
    problems = [problem for problem in advice(guideline(text), NAMES) if problem.code == "unlisted_actor"]

    assert [(problem.params["slugs"], problem.line) for problem in problems] == [(slugs, 30)]


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen ringer.",
        "Spørg på boformen.",
        "Aftal det med boformen eller regionen.",
        "Boformens leder er med.",
    ],
)
def test_an_actor_who_is_listed_or_only_spoken_of_is_not_named(text: str) -> None:
    assert "unlisted_actor" not in found(guideline(text))


def test_the_municipality_is_any_of_its_actors() -> None:
    assert "unlisted_actor" not in found(guideline("Kommunen ringer.", actors="kommunale-ledere"))
    problem = found(guideline("Kommunen ringer.", actors="boformer"))["unlisted_actor"]
    assert problem.params["slugs"] == "kommunal-myndighed, kommunale-ledere"


def test_the_introduction_of_a_guideline_may_name_the_actors_of_its_instructions() -> None:
    record = guideline("Tekst.", actors="boformer")
    intro = Record(**{**vars(record), "body": record.body.replace("Derfor.", "Boformen hjælper. Regionen hjælper.")})

    problems = [problem for problem in advice(intro, NAMES) if problem.code == "unlisted_actor"]

    assert [(problem.params["name"], problem.line) for problem in problems] == [("Regionen", 21)]


def text_of(body: str) -> Record:
    return Record(Kind.THEME, "x", {"title": "Titel"}, body, 1)


def test_a_sentence_is_long_from_thirty_one_words() -> None:
    thirty = " ".join(["ord"] * 30)

    assert found(text_of(f"{thirty}.")) == {}
    assert found(text_of(f"Kort.\n\n{thirty} mere."))["long_sentence"].line == 3


def test_the_lix_is_that_of_bjoernsson() -> None:
    # 60 words in 4 sentences, 24 of them long: 15 + 40 = 55; with 18 long ones 15 + 30 = 45.
    hard = ". ".join(" ".join(["Boligen"] * 6 + ["er"] * 9) for _ in range(4)) + "."
    easier = hard.replace("Boligen Boligen", "Boligen bo", 1).replace("Boligen", "bo", 6)

    assert found(text_of(hard))["hard_to_read"].params["lix"] == "55"
    assert "hard_to_read" not in found(text_of(easier))


def test_each_instruction_is_measured_by_itself() -> None:
    hard = ". ".join(" ".join(["Boligen"] * 6 + ["er"] * 9) for _ in range(4)) + "."

    assert found(guideline(hard))["hard_to_read"].line == 25


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Planen laves, den drøftes, og den sendes.", "3"),
        ("Planen bliver lavet, den blev drøftet, og den sendes.", "3"),
        ("Planen laves og drøftes.", None),
        ("Borgernes, kommunernes og lejeres planer findes, og det lykkes.", None),
    ],
)
def test_a_heap_of_passives_is_named(text: str, count: str | None) -> None:
    problem = found(text_of(text)).get("many_passives")

    assert (problem.params["count"] if problem else None) == count


def test_a_title_is_long_from_eighty_one_characters() -> None:
    title = "t" * 80

    assert found(guideline("Tekst.", f"Bør: {title}")) == {}
    assert found(guideline("Tekst.", f"Bør: {title}t"))["long_title"].line == 25
    assert found(Record(Kind.THEME, "x", {"title": f"{title}t"}, "", 1))["long_title"].key == "title"
    # The name of an act is the act's.
    assert found(Record(Kind.ACT, "x", {"title": f"{title}t"})) == {}


def test_a_text_with_a_broken_structure_is_left_to_its_errors() -> None:
    assert advice(Record(Kind.GUIDELINE, "x", {"title": "t" * 99}, "Kun tekst.", 1, "y"), NAMES) == []
