"""A small catalogue with one record of most kinds, for the tests of links and citations."""

import pytest

from markup.catalogue import Catalogue, Entry
from markup.images import Size
from markup.kinds import Kind

IMAGE = "0123456789abcdef0123456789abcdef.png"


def _act(slug: str, title: str, aliases: tuple[str, ...], *numbers: str) -> Entry:
    return Entry(Kind.ACT, slug, title, f"/love/{slug}/", aliases, provisions=frozenset(numbers))


ACTS = (
    _act(
        "serviceloven",
        "serviceloven",
        ("serviceloven", "servicelovens", "lov om social service", "sel"),
        *("10", "80", "82 a", "82 d", "85", "85 a", "99", "107", "109", "110", "141"),
    ),
    _act("aktivloven", "aktivloven", ("aktivloven", "lov om aktiv socialpolitik", "las"), "81", "81 a", "85"),
    _act("barnets-lov", "barnets lov", ("barnets lov", "barnets lovs"), "110", "122", "123"),
    _act("lejeloven", "lejeloven", ("lejeloven", "lov om leje"), "4", "93"),
    _act("almenlejeloven", "almenlejeloven", ("almenlejeloven", "lov om leje af almene boliger"), "4", "92"),
    _act("retssikkerhedsloven", "retssikkerhedsloven", ("retssikkerhedsloven", "rsl"), "5", "9", "11 a"),
)
OTHERS = (
    Entry(
        Kind.GUIDELINE,
        "boligfastholdelse",
        "Boligfastholdelse",
        "/retningslinjer/boligindsatser/boligfastholdelse/",
        anchors=frozenset({"hold-kontakten"}),
    ),
    Entry(Kind.GLOSSARY, "icm", "ICM", "/begreber/icm/", ("ICM",)),
    Entry(Kind.RESOURCE, "icm", "Intensive Case Management", "/materialer/icm/"),
    Entry(Kind.GLOSSARY, "boform", "Boform", "/begreber/boform/", ("boform", "boformen", "§ 110-boform", "bo")),
    Entry(Kind.GLOSSARY, "bostoette", "Bostøtte", "/begreber/bostoette/", ("bostøtten", "støtte i egen bolig")),
    Entry(Kind.SOURCE, "nr-2020", "Nationale retningslinjer", "/kilder/nr-2020/"),
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue((*ACTS, *OTHERS), {IMAGE: Size(800, 600)})
