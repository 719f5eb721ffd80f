"""Filtering a list by what its members belong to."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from library.facets import Facet, Term, select

TERMS = [Term(name, name.upper()) for name in "abc"]


@dataclass(frozen=True)
class Item:
    colours: tuple[Term, ...]
    sizes: tuple[Term, ...]


FACETS: list[Facet[Item]] = [
    Facet("colour", "Farve", lambda item: item.colours),
    Facet("size", "Størrelse", lambda item: item.sizes),
]
terms = st.lists(st.sampled_from(TERMS), unique=True).map(tuple)
items = st.lists(st.builds(Item, terms, terms), max_size=8)
slugs = st.lists(st.sampled_from("abc"), unique=True)
choices = st.fixed_dictionaries({"colour": slugs, "size": slugs})


@given(items, choices)
def test_everything_selected_fits_every_filter_that_is_set(items: list[Item], chosen: dict[str, list[str]]) -> None:
    selected, _ = select(items, FACETS, chosen)
    for item in items:
        fits = all(
            not chosen[facet.name] or {term.slug for term in facet.members(item)} & set(chosen[facet.name])
            for facet in FACETS
        )
        assert (item in selected) == bool(fits)


@given(items, choices)
def test_each_count_is_what_choosing_it_alone_gives_under_the_other_filters(
    items: list[Item], chosen: dict[str, list[str]]
) -> None:
    _, lists = select(items, FACETS, chosen)
    for facet in lists:
        for choice in facet.choices:
            selected, _ = select(items, FACETS, {**chosen, facet.name: [choice.slug]})
            assert choice.count == len(selected)


def test_a_filter_offers_what_some_item_has_by_number_and_title() -> None:
    first, second, third = Term("x", "X", number=2), Term("y", "Y", number=1), Term("z", "Z", "a", number=2)
    _, lists = select([Item((first, second, third), ())], FACETS, {"colour": ["y"], "size": []})
    assert [(choice.label, choice.chosen) for choice in lists[0].choices] == [("Y", True), ("X", False), ("Z", False)]
