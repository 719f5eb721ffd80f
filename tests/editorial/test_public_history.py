"""The history of a page as readers meet it: what has changed, when and why, and each version as it was."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from content.store import save_record
from editorial.models import Significance
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.record import Record
from tests.editorial.writing import changed, drafted, editor, published, row_of, submitted, withdrawn

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")
HISTORY = "/historik/begreb/herberg/"
NEW = Record(Kind.GLOSSARY, "noedovernatning", {"title": "Nødovernatning", "summary": "Et sted at sove."}, "Tekst.")


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def comparison(old: int | None, new: int | None) -> str:
    return page(f"{HISTORY}?fra={old}&til={new}")


def first_number() -> int:
    match = re.search(r'id="udgave-(\d+)"', page(HISTORY))
    assert match
    return int(match[1])


def test_every_page_of_a_text_leads_to_its_history() -> None:
    for kind in Kind:
        row = RecordRow.objects.filter(kind=kind).order_by("slug")[0]
        link = re.search(r'<a href="(/historik/[^"]+)">Ændringer i denne side</a>', page(row.address))
        assert link, row.address
        assert f"Ændringer i {row.title}" in page(link[1]).replace("&#x27;", "'")


def test_a_history_says_what_was_changed_when_and_why_the_newest_first() -> None:
    published(changed(*TERM, add="Et."), note="Teksten er blevet kortere.")
    published(changed(*TERM, add="To."), significance=Significance.MAJOR, note="Loven er en anden.")
    history = page(HISTORY)
    places = [history.index(note) for note in ("Loven er en anden.", "Teksten er blevet kortere.", "Første udgave")]
    assert places == sorted(places)
    assert history.count(">Væsentlig<") == 1
    assert history.count(">Mindre<") == 2


def test_a_history_names_nobody() -> None:
    published(changed(*TERM, add="Et."), editor("frida-forfatter"))
    assert "frida" not in page(HISTORY)
    assert "godkender" not in page(HISTORY)


def test_drafts_and_their_notes_are_in_no_history() -> None:
    before = page(HISTORY)
    submitted(drafted(changed(*TERM, add="Hemmelig."), note="Hemmelig note."))
    caches["pages"].clear()
    assert page(HISTORY) == before


def test_each_change_can_be_seen_beside_the_version_before() -> None:
    published(changed(*TERM, add="Et helt nyt afsnit."))
    link = re.search(r'<a href="(\?fra=\d+&amp;til=\d+)"[^>]*>Se, hvad der blev ændret', page(HISTORY))
    assert link
    shown = page(HISTORY + link[1].replace("&amp;", "&"))
    added = " ".join(re.findall(r"<ins>(.*?)</ins>", shown, re.DOTALL))
    assert "Et helt nyt afsnit." in added
    assert "[tilføjet:]" in added


def test_any_two_versions_are_compared_as_read_and_as_written() -> None:
    first = first_number()
    published(changed(*TERM, add="Mellem.", title="Herberg eller logi"))
    last = published(changed(*TERM, add="Sidst."))
    shown = comparison(first, last.content_version)
    assert "Mellem." in shown
    assert "Sidst." in shown
    assert re.search(r"title: Herberg\s*<ins>", shown)
    backwards = comparison(last.content_version, first)
    assert re.search(r"<del>(?:(?!</del>).)*Sidst\.", backwards, re.DOTALL)


def test_a_comparison_folds_what_is_the_same_away_and_nothing_else() -> None:
    first, newest = first_number(), published(changed(*TERM, add="Et tillæg.")).content_version
    folded = re.findall(r'<details class="unchanged">.+?</details>', comparison(first, newest), re.DOTALL)
    assert folded
    assert not any("Et tillæg." in part for part in folded)


def test_two_versions_are_chosen_in_a_form_that_opens_with_the_newest() -> None:
    assert "<select" not in page(HISTORY)
    first, newest = first_number(), published(changed(*TERM, add="Et.")).content_version
    chosen = re.findall(r'<option value="(\d+)" selected>', page(HISTORY))
    assert chosen == [str(first), str(newest)]


@pytest.mark.parametrize("question", ["fra=0&til=0", "fra=x", "til=99999999999999999999999", "fra=%00", "fra=1&fra=2"])
def test_odd_versions_give_the_history_and_never_an_error(question: str) -> None:
    published(changed(*TERM, add="Et."))
    assert "Første udgave" in page(f"{HISTORY}?{question}")


def test_a_version_that_is_not_there_is_named() -> None:
    published(changed(*TERM, add="Et."))
    assert "Vi kender ikke »777«" in page(f"{HISTORY}?fra=777")


def test_comparisons_and_old_versions_are_kept_out_of_search_engines() -> None:
    noindex = '<meta name="robots" content="noindex">'
    first, newest = first_number(), published(changed(*TERM, add="Et.")).content_version
    assert noindex in comparison(first, newest)
    assert noindex in page(f"{HISTORY}{first}/")
    assert noindex not in page(HISTORY)


def test_an_old_version_is_read_as_it_was() -> None:
    first, summary = first_number(), row_of(*TERM).summary
    published(changed(*TERM, add="Vinterkvarter.", summary="Noget helt andet.", title="Logi"))
    old = page(f"{HISTORY}{first}/")
    assert summary in old
    assert "Vinterkvarter." not in old
    assert "<h1>Herberg</h1>" in old
    assert "Den gælder ikke længere" in old
    assert f'href="{row_of(*TERM).address}"' in old


def test_a_guideline_is_read_with_its_instructions_as_they_were() -> None:
    key = (Kind.GUIDELINE, "boligfastholdelse")
    record = changed(*key)
    published(Record(*key, record.fields, record.body.replace("### Skal: ", "### Skal: Nu ", 1), 4, record.theme))
    history = page("/historik/retningslinje/boligfastholdelse/")
    old = page("/historik/retningslinje/boligfastholdelse/" + re.findall(r'id="udgave-(\d+)"', history)[-1] + "/")
    assert "Skal: Tag straks stilling" in old
    assert "Skal: Nu " not in old


@pytest.mark.parametrize("address", [f"{HISTORY}0/", f"{HISTORY}{10**30}/", "/historik/begreb/findes-ikke/"])
def test_what_never_was_has_no_page(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_words_that_no_page_shows_are_not_shown_by_its_history() -> None:
    first = first_number()
    published(changed(*TERM, search_words=["hemmeligt søgeord"], review_by=date(2030, 1, 1)))
    newest = published(changed(*TERM, add="Et.", search_words=["et andet hemmeligt"])).content_version
    shown = comparison(first, newest) + page(f"{HISTORY}{newest}/")
    assert "hemmeligt" not in shown
    assert "2030" not in shown


def test_versions_that_readers_cannot_tell_apart_are_said_to_be_alike() -> None:
    first, newest = first_number(), published(changed(*TERM, search_words=["hemmeligt"])).content_version
    assert "ens i alt, hvad læserne ser" in comparison(first, newest)


def test_a_page_that_is_gone_keeps_its_history() -> None:
    published(NEW, note="Et nyt begreb.")
    withdrawn(NEW.kind, NEW.slug, "Ordet bruges ikke mere.", "/begreber/herberg/")
    gone = Client().get("/begreber/noedovernatning/")
    assert gone.status_code == 410
    link = re.search(r'href="(/historik/begreb/noedovernatning/)"', gone.content.decode())
    assert link
    history = page(link[1])
    assert "Siden findes ikke mere" in history
    assert "Ordet bruges ikke mere." in history
    assert 'href="/begreber/herberg/"' in history
    old = re.search(r'href="(/historik/begreb/noedovernatning/\d+/)"', history)
    assert old
    assert "Et sted at sove." in page(old[1])


def test_a_history_is_kept_and_renewed_with_the_content() -> None:
    first = Client().get(HISTORY)
    assert Client().get(HISTORY, headers={"If-None-Match": first["ETag"]}).status_code == 304
    save_record(changed(*TERM, add="Et."))
    assert Client().get(HISTORY, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert not first.cookies


def test_a_history_asks_few_questions_however_long_it_is(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    first = first_number()
    numbers = [published(changed(*TERM, add=f"Nummer {count}.")).content_version for count in range(4)]
    for address in (HISTORY, f"{HISTORY}?fra={first}&til={numbers[-1]}", f"{HISTORY}{first}/"):
        with django_assert_max_num_queries(12):
            assert Client().get(address).status_code == 200
