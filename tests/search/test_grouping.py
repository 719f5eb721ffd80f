"""What a page is worth beyond its words: its relations, its name, the kind of page that a query names."""

from guidelines.models import Basis
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
        for _, other, nearness in beside:
            assert other != page
            assert page in {back for _, back, _ in relations[other]}
            assert 0 < nearness < 2


def test_a_situation_stands_beside_the_guidelines_it_gathers_and_an_act_beside_those_that_rest_on_it(
    content: None,
) -> None:
    relations = stored_relations()

    assert (Kind.GUIDELINE, "boligfastholdelse") in {page for _, page, _ in relations[Kind.SITUATION, "fogeden-kommer"]}
    assert (Kind.ACT, "aktivloven") in {page for _, page, _ in relations[Kind.GUIDELINE, "boligfastholdelse"]}


def test_a_relation_is_of_the_passage_that_says_so(content: None) -> None:
    basis = Basis.objects.filter(provision__isnull=False).select_related("provision__act", "instruction__guideline")[0]
    assert basis.provision
    guideline, act = basis.instruction.guideline, basis.provision.act
    passages = {
        passage
        for passage, page, _ in stored_relations()[Kind.GUIDELINE, guideline.slug]
        if page == (Kind.ACT, act.slug)
    }

    assert basis.instruction.anchor in passages
    assert passages <= {"", *guideline.instructions.values_list("anchor", flat=True)}


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
