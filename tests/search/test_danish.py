"""The analysis of Danish: tables of words with a comment on the odd ones, and what holds for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup.catalogue import Catalogue, Entry
from markup.kinds import Kind
from search.compounds import split
from search.danish import PART, Analyzer, is_pair
from search.law_terms import query_references, references
from search.stems import stem
from search.vocabulary import Vocabulary
from search.words import clean, words

CATALOGUE = Catalogue(
    [
        Entry(
            Kind.ACT,
            "serviceloven",
            "serviceloven",
            "/love/serviceloven/",
            aliases=("serviceloven", "lov om social service", "sel"),
            provisions=frozenset({"85", "85 a", "99", "107", "108", "109", "110"}),
        ),
        Entry(
            Kind.ACT,
            "barnets-lov",
            "barnets lov",
            "/love/barnets-lov/",
            aliases=("barnets lov",),
            provisions=frozenset({"122", "123"}),
        ),
    ]
)
TEXT = """
    hjemløshed hjemløs hjemløse hjemløshedsindsats indsats indsatsen indsatser indsatte bolig boliger boligindsats
    boligindsatser området område
    herberg herberger ophold misbrug misbruget behandling bostøtte leverandør forebyggelse samarbejde aftale aftaler
    organisation husleje restance udslusning udslusningsbolig foged fogedretten retten rådgivning rådgive forsorgshjem
    kommune kommunen kommuner plan handle handleplan person personer kontakt støtte kvinde kvinder krise center
    rusmidler
"""
VOCABULARY = Vocabulary.of([[word.text for word in words(TEXT)] for _ in range(2)])
ANALYZER = Analyzer(VOCABULARY, CATALOGUE)

SAME_STEM = [
    "hjemløs hjemløse hjemløst hjemløshed hjemløsheden",
    "indsats indsatsen indsatser indsatserne indsatsens",  # Snowball takes the -s of the singular for a genitive
    "hjemløshedsindsats hjemløshedsindsatsen hjemløshedsindsatser",
    "bolig boligen boliger boligerne boligens",
    "udslusningsbolig udslusningsboligen udslusningsboliger",
    "kommunal kommunale kommunalt",  # the -t of the neuter stays in Snowball
    "social sociale socialt",
    "ung unge ungt unges",
    "retningslinje retningslinjer retningslinjerne retningslinie retningslinier",  # the old spelling
    "rådgive rådgiver rådgivning rådgivningen",
    "udrede udreder udredt udredning udredningen",
    "behandle behandles behandling behandlingen",
    "vurdere vurderes vurdering vurderinger",
    "beslutte beslutning beslutninger",  # doubled consonant in the verb alone
    "anvise anvises anvisning anvisninger",
    "udskrive udskrives udskrevet udskrevne udskrivning",  # strong verb
    "planlægge planlagt planlægning",
    "opsøge opsøgt opsøgende",
    "anbringe anbragt anbragte anbringelse anbringelsen",
    "psykiatri psykiatrien psykiatrisk psykiatriske",
    "økonomi økonomien økonomisk",
    "fængsel fængslet fængsler",  # the -e- that falls out
    "kvalitet kvaliteten",
    "barn barnet børn børnene",
    "bo bor boede boet",
    "løslade løslades løsladt løsladelse løsladelsen",
    "forsorgshjem forsorgshjemmet forsorgshjemmene",
    "boform boformen boformer boformernes",
    "rusmiddel rusmidler rusmidlerne",
    "henvende henvender henvendelse henvendelser",
    "forening foreningen foreninger",
    "lejlighed lejligheden lejligheder lejlighederne",
    "rettighed rettigheder rettighedernes",
    "billig billigt billige billigere billigste",
    "tidlig tidligt tidlige tidligere",
    "værelse værelset værelser",
    "kollegieværelse kollegieværelset kollegieværelser",  # the irregular word ends the compound
    "bruger brugere brugerne brugernes",
    "sidde sidder siddende",
    "orienteringspligt orienteringspligten orienteringspligter",  # -ligt looks like the neuter of an adjective
    "oversigt oversigten oversigter",  # so does -igt
    "krisecenter krisecenteret krisecentret krisecentre krisecentrene",
    "miste mister mistede mistet",  # the past of weak verbs, also behind a doubled consonant
    "flytte flyttede flyttet",
    "vejlede vejleder vejledning",  # that looks like one
    "undgå undgår undgik undgået",
    "opstå opstår opstod opstået",
    "henvise henviser henviste henvist henvisning",
    "forlade forlader forlod forladt",  # strong verbs
    "modtage modtager modtog modtaget",
    "udskrev udskriver",
    "spørge spurgte spurgt",
    "gammel gamle",
    "fjorten 14",  # texts say "14 dage"
    "ingen intet",
]


@pytest.mark.parametrize("forms", SAME_STEM)
def test_all_forms_of_a_word_find_each_other(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("indsats", "indsatte"),  # an effort, and the inmates of a prison
        ("indsats", "indsat"),
        ("bør", "bor"),
        ("politi", "politisk"),
        ("forening", "fore"),
        ("udsat", "udsættelse"),  # vulnerable, and the loss of a home
        ("kommune", "kommunikation"),
        # Snowball takes -lighed, -ighed, -lig and -ig for endings, whatever stands before them.
        ("lejlighed", "leje"),
        ("rådighed", "råd"),
        ("rettigheder", "retten"),
        ("ledige", "leder"),
        ("billige", "bilen"),
        ("tidligere", "tid"),
        ("varigt", "var"),
        ("værelse", "været"),
        ("indsatte", "indsætte"),
        ("sidder", "siden"),
        ("levere", "leve"),
        ("sparring", "sparet"),
        ("skyldes", "skylder"),  # to be due to, and to owe
        ("brugere", "brugt"),
        ("debatten", "18"),  # the number ends no other word
        ("rådgivningen", "ingen"),
        ("samfundet", "finde"),
        ("billede", "bil"),
        ("egnede", "egen"),
    ],
)
def test_words_that_only_look_alike_are_kept_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("hjemløshedsindsats", "hjemløshed indsats"),
        ("hjemløshedsområdet", "hjemløshed område"),
        ("boligindsatser", "bolig indsats"),
        ("herbergsophold", "herberg ophold"),
        ("misbrugsbehandling", "misbrug behandling"),
        ("bostøtteleverandør", "bostøtte leverandør"),
        ("forebyggelsesindsats", "forebyggelse indsats"),
        ("samarbejdsaftale", "samarbejde aftale"),  # the -e of "samarbejde" falls before the -s-
        ("boligorganisation", "bolig organisation"),
        ("huslejerestance", "husleje restance"),
        ("fogedretten", "foged ret"),
        ("kvindekrisecenter", "kvinde krise center"),  # three parts
        ("rusmiddelcenter", "rusmiddel center"),  # the texts have "rusmidler" alone
        ("forsorgshjem", ""),  # its parts are no words of these texts
        ("indsatte", ""),  # "ind" is a prefix, not a part
        ("hjemløs", ""),  # so is "-løs" at the end
        ("kommunerne", ""),
        ("bosted", ""),
        ("1234567", ""),
    ],
)
def test_compounds_are_split_at_the_words_of_the_texts(word: str, parts: str) -> None:
    assert VOCABULARY.parts(word) == tuple(map(stem, parts.split()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("serviceloven § 110", "serviceloven:110"),
        ("§ 110 i serviceloven", "serviceloven:110"),
        ("servicelovens § 85 a, stk. 2", "serviceloven:85a:2"),
        ("SEL § 99", "serviceloven:99"),
        ("lov om social service § 110", "serviceloven:110"),
        ("barnets lov §§ 122 og 123", "barnets-lov:122 barnets-lov:123"),
        ("serviceloven §§ 107-110", "serviceloven:107 serviceloven:108 serviceloven:109 serviceloven:110"),
        ("på § 110-boformer", "110"),  # whose § is not said
        ("efter 14 dage og 2 år", ""),
        ("", ""),
    ],
)
def test_law_references_in_running_text_become_terms(text: str, expected: str) -> None:
    assert [found.terms[0].removeprefix("§") for found in references(text, CATALOGUE)] == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("§110", "110"),
        ("§ 110", "110"),
        ("paragraf 110", "110"),
        ("par. 110", "110"),
        ("85 a", "85a"),
        ("85a", "85a"),
        ("110 stk 3", "110"),
        ("SEL 99", "serviceloven:99"),
        ("sel 85a", "serviceloven:85a"),
        ("serviceloven 110", "serviceloven:110"),
        ("§ 110 serviceloven", "serviceloven:110"),
        ("SEL 110 stk 4", "serviceloven:110"),
        ("barnets lov 122", "barnets-lov:122"),
        ("§§ 107-109", "107 108 109"),
        ("§§ 107–110 i serviceloven", "serviceloven:107 serviceloven:108 serviceloven:109 serviceloven:110"),
        ("14 dage", ""),
        ("2 år", ""),  # "å" is no letter of a provision
        ("110", ""),  # a number alone is a word that also finds the provision
    ],
)
def test_readers_write_law_references_as_they_like(text: str, expected: str) -> None:
    found, _ = query_references(text, CATALOGUE)

    assert [reference.exact.removeprefix("§") for reference in found] == expected.split()


def test_two_words_side_by_side_are_the_same_the_other_way_round() -> None:
    asked, said = (
        {token.term for token in ANALYZER.tokens(text) if is_pair(token.term)}
        for text in ("hvornår handler kommunen", "kommunen handler")
    )

    assert asked == said != set()


def test_a_text_gives_stems_parts_pairs_and_law_terms_with_their_places() -> None:
    text = "Boligindsatser efter SEL § 110"

    tokens = [(token.term, token.position, text[token.start : token.end]) for token in ANALYZER.tokens(text)]

    assert tokens == [
        ("boligindsats", 0, "Boligindsatser"),
        (PART + "bolig", 0, "Boligindsatser"),
        (PART + "indsats", 0, "Boligindsatser"),
        ("eft", 1, "efter"),
        ("boligindsats eft", 1, "efter"),
        ("§serviceloven:110", 2, "SEL § 110"),
        ("§110", 2, "SEL § 110"),
        ("sel", 2, "SEL"),
        ("eft sel", 2, "SEL"),
        ("110", 3, "110"),
        ("110 sel", 3, "110"),
    ]


def test_endings_that_hide_the_parts_of_a_compound_do_not_matter() -> None:
    # "rettens" is no word of the texts, but "retten" is.
    vocabulary = Vocabulary.of([["fogedretten", "fogedrettens", "foged", "retten"]] * 2)

    assert vocabulary.parts("fogedrettens") == vocabulary.parts("fogedretten") == ("foged", "ret")


def test_ascii_spelling_is_understood() -> None:
    assert VOCABULARY.respelled("hjemloshed") == ["hjemløshed"]
    assert VOCABULARY.respelled("hjemloeshed") == ["hjemløshed"]
    assert VOCABULARY.respelled("raadgivning") == ["rådgivning"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hjemløshde", "hjemløshed"),  # two letters swapped count once
        ("hjemlshed", "hjemløshed"),
        ("forsorghjem", "forsorgshjem"),
        ("handelplan", "handleplan"),
        ("herbreg", "herberg"),
    ],
)
def test_slips_of_the_finger_find_the_word(typed: str, meant: str) -> None:
    assert VOCABULARY.nearest(typed)[0] == meant


@pytest.mark.parametrize("word", ["mad", "og", "1234", "xyzzyx"])
def test_short_words_numbers_and_nonsense_are_not_corrected(word: str) -> None:
    assert VOCABULARY.nearest(word) == []


def test_a_vocabulary_comes_back_from_keeping_as_it_was() -> None:
    kept = Vocabulary.from_json(VOCABULARY.to_json())

    assert kept.to_json() == VOCABULARY.to_json()
    assert kept.parts("boligindsats") == ("bolig", "indsats")


def test_new_texts_extend_a_vocabulary_without_changing_what_is_known() -> None:
    extended = VOCABULARY.extended([["misbrugsområde", "bolig"]])

    assert extended.parts("misbrugsområde") == ("misbrug", stem("område"))
    assert extended.counts["bolig"] == VOCABULARY.counts["bolig"]


ALPHABET = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "Cc", "Cf"))
ANY_TEXT = st.text(max_size=200) | st.text(ALPHABET, max_size=200)


@given(ANY_TEXT)
def test_any_text_can_be_analysed_and_always_in_the_same_way(text: str) -> None:
    plain = clean(text)

    tokens = list(ANALYZER.tokens(plain))

    assert tokens == list(ANALYZER.tokens(plain))
    assert all(0 <= token.start < token.end <= len(plain) for token in tokens)
    assert all("\x00" not in token.term for token in tokens)


@given(st.text(st.characters(categories=("Ll", "Lu")), min_size=1, max_size=30))
def test_a_word_always_finds_itself(word: str) -> None:
    found = {token.term for token in ANALYZER.tokens(clean(f"Han sagde {word} til sidst."))}

    assert set(ANALYZER.stems(clean(word))) <= found


@given(ANY_TEXT)
def test_a_cleaned_text_can_be_stored_and_is_not_cleaned_further(text: str) -> None:
    plain = clean(text)

    plain.encode("utf-8")
    assert "\x00" not in plain
    assert clean(plain) == plain


@given(st.text(st.sampled_from("abehijlmnorsøåæ"), max_size=30))
def test_the_parts_of_a_compound_are_words_of_the_texts(word: str) -> None:
    stems = {stem(known) for known in VOCABULARY.counts}

    assert set(split(word, VOCABULARY.lexicon)) <= stems


@given(ANY_TEXT)
def test_any_text_may_be_asked_for_law(text: str) -> None:
    found, plain = query_references(clean(text), CATALOGUE)

    assert all(0 <= reference.start < reference.end <= len(plain) for reference in found)
