"""Nothing of a draft is to be found from the outside, in whatever state it is short of published."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from editorial.models import Revision
from editorial.publishing import approve
from library.models import GlossaryTerm
from markup.kinds import Kind
from markup.record import Record
from tests.editorial.admin_form import change_address
from tests.editorial.writing import approver, changed, client_of, drafted, row_of, submitted, user

pytestmark = pytest.mark.usefixtures("content")

WORD = "zebrafinkeformular"
TERM = (Kind.GLOSSARY, "herberg")
NEW = Record(Kind.GLOSSARY, WORD, {"title": WORD, "aliases": [f"{WORD}er"], "summary": WORD}, WORD)
STATES = ["kladde", "til godkendelse", "planlagt"]
PLACES = [
    "/",
    "/begreber/",
    "/begreber/herberg/",
    f"/begreber/{WORD}/",
    "/sitemap.xml",
    f"/soeg/?q={WORD}",
    f"/api/v1/suggest?q={WORD[:5]}",
    f"/api/v1/search?q={WORD}",
    "/api/v1/glossary/herberg",
    "/api/v1/glossary",
    f"/api/v1/glossary/{WORD}",
    "/nyt/",
    "/nyt/atom/",
    "/historik/begreb/herberg/",
    f"/historik/begreb/{WORD}/",
    "/nyt/atom/",
    "/historik/begreb/herberg/",
    f"/historik/begreb/{WORD}/",
]


@pytest.fixture(params=STATES)
def drafts(request: pytest.FixtureRequest, content: None) -> list[Revision]:
    """A change of a page, and a new page, both with `WORD`, in one of the states before publication."""
    revisions = [drafted(changed(*TERM, title=WORD, add=WORD)), drafted(NEW)]
    if request.param != STATES[0]:
        revisions = [submitted(revision) for revision in revisions]
    if request.param == STATES[2]:
        day = date(2099, 1, 1)
        revisions = [approve(one.pk, approver(), edition=one.edition, publish_on=day) for one in revisions]
    return revisions


def test_a_draft_is_seen_nowhere(drafts: list[Revision]) -> None:
    assert [revision.is_open for revision in drafts] == [True, True]
    for place in PLACES:
        # What was asked for may be repeated, as often as any other word that nothing has.
        assert times(WORD, place) <= times("kvartssten", place.replace(WORD, "kvartssten")), place


def times(word: str, place: str) -> int:
    return Client().get(place).content.decode(errors="replace").casefold().count(word)


def test_a_draft_is_on_no_page_that_a_stranger_can_ask_for(drafts: list[Revision]) -> None:
    address = change_address(GlossaryTerm.objects.get(slug="herberg"))
    for revision in drafts:
        for path in (f"/admin/gennemsyn/{revision.pk}/", f"/admin/library/glossaryterm/kladde/{revision.pk}/", address):
            response = Client().get(path, follow=True)
            assert WORD not in response.content.decode()


def test_a_draft_has_no_address_in_the_public_history(drafts: list[Revision]) -> None:
    for revision in drafts:
        for query in ("", f"?fra={revision.pk}", f"?til={revision.pk}"):
            page = Client().get(f"/historik/begreb/{revision.slug}/{query}")
            assert WORD not in page.content.decode().replace(f"/{WORD}/", "")
        assert Client().get(f"/historik/begreb/{revision.slug}/{revision.pk}/").status_code == 404


def test_staff_who_may_not_write_the_kind_do_not_see_its_drafts(drafts: list[Revision]) -> None:
    client = client_of(user("kun-personale"))
    for revision in drafts:
        assert client.get(f"/admin/gennemsyn/{revision.pk}/").status_code == 403
        assert client.get(f"/admin/library/glossaryterm/kladde/{revision.pk}/", follow=True).status_code == 403


def test_an_editors_own_look_at_the_public_page_shows_what_readers_see(drafts: list[Revision]) -> None:
    assert WORD not in client_of(approver()).get("/begreber/herberg/").content.decode()


def test_a_draft_is_not_in_the_pdf() -> None:
    slug = "boligfastholdelse"
    submitted(drafted(changed(Kind.GUIDELINE, slug, title=WORD, add=WORD)))
    address = row_of(Kind.GUIDELINE, slug).address.rstrip("/")
    answer = Client().get(f"{address}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(b"".join(answer))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "Boligfastholdelse" in text
    assert WORD not in text
