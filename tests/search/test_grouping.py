"""What a page is worth beyond its words: its relations, its name, the kind of page that a query names."""

from markup.kinds import Kind
from search.engines.base import Engine
from search.query import SearchQuery, search
from search.relations import stored_relations


def pages(text: str) -> list[tuple[Kind, str]]:
    """The pages found, best first."""
    return [(group.kind, group.record) for group in search(SearchQuery(text)).groups]


def test_relations_lead_both_ways_and_are_of_bearable_strength(content: None) -> None:
    relations = stored_relations()

    assert relations
    for page, beside in relations.items():
        assert page not in beside
        for other, nearness in beside.items():
            assert relations[other][page] == nearness
            assert 0 < nearness < 2


def test_a_situation_stands_beside_the_guidelines_it_gathers_and_an_act_beside_those_that_rest_on_it(
    content: None,
) -> None:
    relations = stored_relations()

    assert (Kind.GUIDELINE, "boligfastholdelse") in relations[Kind.SITUATION, "fogeden-kommer"]
    assert (Kind.ACT, "aktivloven") in relations[Kind.GUIDELINE, "boligfastholdelse"]


def test_what_a_situation_gathers_comes_right_after_it(engine: Engine) -> None:
    first = pages("fogeden")[:3]

    assert (Kind.SITUATION, "fogeden-kommer") in first
    assert (Kind.GUIDELINE, "boligfastholdelse") in first


def test_relations_alone_find_nothing(engine: Engine) -> None:
    found = search(SearchQuery('"naloxon"'))

    assert found.groups
    assert all(group.hits for group in found.groups)
    assert (Kind.ACT, "serviceloven") not in pages('"naloxon"')


def test_a_query_that_names_a_kind_of_page_prefers_pages_of_that_kind(engine: Engine) -> None:
    kinds = [kind for kind, _ in pages("principper for god praksis")[:10]]

    assert kinds.count(Kind.PRINCIPLE) >= 4


def test_a_page_named_in_a_part_of_the_query_is_among_the_first(engine: Engine) -> None:
    assert (Kind.GLOSSARY, "handleplan") in pages("forskellen på handleplan og opholdsplan")[:3]
