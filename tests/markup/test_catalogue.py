import pytest

from markup.catalogue import Catalogue, number_key
from markup.kinds import Kind


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("nr-2020", (Kind.SOURCE, "nr-2020")),
        # a bare slug that two kinds share means the glossary's before the resource's
        ("icm", (Kind.GLOSSARY, "icm")),
        ("resource:icm", (Kind.RESOURCE, "icm")),
        ("boligfastholdelse#hold-kontakten", (Kind.GUIDELINE, "boligfastholdelse")),
        ("boligfastholdelse#findes-ikke", None),
        ("source:icm", None),
        ("ukendt:icm", None),
        ("findes-ikke", None),
        ("", None),
    ],
)
def test_a_link_finds_its_record(catalogue: Catalogue, target: str, found: tuple[Kind, str] | None) -> None:
    entry = catalogue.find(target)

    assert (entry and (entry.kind, entry.slug)) == found


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("serviceloven", "serviceloven"),
        ("Servicelovens", "serviceloven"),
        ("SEL", "serviceloven"),
        ("Lov om  social\nservice", "serviceloven"),
        ("lov om social services", "serviceloven"),
        ("SEL's", "serviceloven"),
        ("barnets lov", "barnets-lov"),
        ("straffeloven", None),
    ],
)
def test_an_act_is_found_by_every_name_in_any_case_and_in_the_genitive(
    catalogue: Catalogue, name: str, slug: str | None
) -> None:
    act = catalogue.act_named(name)

    assert (act and act.slug) == slug


def test_the_address_of_a_provision_has_no_blanks_and_leads_to_the_subsection(catalogue: Catalogue) -> None:
    assert catalogue.provision_url("serviceloven", "85 a") == "/love/serviceloven/85a/"
    assert catalogue.provision_url("serviceloven", "110", "stk. 3-6") == "/love/serviceloven/110/#stk-3"
    assert catalogue.provision_url("serviceloven", "110", "nr. 2") == "/love/serviceloven/110/"


def test_a_number_is_known_however_it_is_written(catalogue: Catalogue) -> None:
    assert number_key("85 A") == "85a"
    assert catalogue.provision_number("serviceloven", "85a") == "85 a"
    assert catalogue.provision_number("serviceloven", "1") is None


def test_terms_are_long_enough_have_no_paragraph_sign_and_come_longest_first(catalogue: Catalogue) -> None:
    words = [word for word, _ in catalogue.terms]

    assert words[0] == "støtte i egen bolig"
    assert "§ 110-boform" not in words
    assert "bo" not in words
