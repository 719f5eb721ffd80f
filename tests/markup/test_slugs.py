import pytest
from hypothesis import given
from hypothesis import strategies as st

from markup.slugs import is_slug, slugify, unique


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Fra bolig til hjem", "fra-bolig-til-hjem"),
        ("Blåbærgrød på Ærø", "blaabaergroed-paa-aeroe"),
        ("Én støtte – à la CTI", "en-stoette-a-la-cti"),
        ("§ 110, stk. 2: »Hvem?«", "110-stk-2-hvem"),
        # å as a and a ring, the way some systems name files
        ("a\u030ar", "aar"),
        # the Kelvin sign folds to an ordinary k
        ("\u212aort", "kort"),
        ("💡 !?", ""),
    ],
)
def test_a_title_becomes_ascii_words_joined_by_hyphens(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_long_title_is_cut_between_words() -> None:
    slug = slugify("ord " * 40)

    assert slug == "-".join(["ord"] * 22)
    assert len(slugify("x" * 200)) == 90


@given(st.text())
def test_every_text_gives_a_slug_that_stays_as_it_is(text: str) -> None:
    slug = slugify(text)

    assert slug == "" or is_slug(slug)
    assert slugify(slug) == slug


def test_a_taken_slug_is_counted_up() -> None:
    assert unique("kontakt", set()) == "kontakt"
    assert unique("kontakt", {"kontakt", "kontakt-2"}) == "kontakt-3"
