"""What is new, as readers find, filter and follow it."""

import re
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from content.store import save_record
from editorial.models import Significance
from library.danish import format_date
from library.models import Act, Amendment, Provision
from markup.kinds import Kind
from markup.record import Record
from tests.editorial.writing import changed, drafted, editor, published, row_of, submitted, withdrawn

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")
GUIDELINE = (Kind.GUIDELINE, "boligfastholdelse")
NEW = Record(Kind.GLOSSARY, "noedovernatning", {"title": "Nødovernatning", "summary": "Et sted at sove."}, "Tekst.")
ATOM = "{http://www.w3.org/2005/Atom}"


def page(address: str = "/nyt/") -> str:
    response = Client().get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def feed(query: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(Client().get(f"/nyt/atom/{query}").content)


def titles(query: str = "") -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in feed(query).iter(f"{ATOM}entry")]


def shown(query: str = "") -> int:
    """How many news the page says that it shows."""
    match = re.search(r'id="antal">(\d+)', page(f"/nyt/{query}"))
    assert match
    return int(match[1])


def amend(day: date, summary: str, *, is_proposed: bool = False, provision: Provision | None = None) -> Amendment:
    act = Act.objects.get(slug="serviceloven")
    return Amendment.objects.create(
        act=act, provision=provision, position=900, date=day, summary=summary, html=summary, is_proposed=is_proposed
    )


def major(record: Record, note: str) -> None:
    published(record, significance=Significance.MAJOR, note=note)


def test_news_shows_every_change_of_the_law_newest_first() -> None:
    news = page()
    position = 0
    for day in Amendment.objects.order_by("-date").values_list("date", flat=True):
        position = news.index(format_date(day), position)


def test_a_change_that_is_still_to_come_is_marked() -> None:
    amend(timezone.localdate() + timedelta(days=30), "En ny regel for prøven.")
    news = page()
    before = news[: news.index("En ny regel for prøven.")]
    assert before[-600:].count(">Kommende</span>") == 1


def test_a_change_that_has_come_is_not_marked() -> None:
    amend(timezone.localdate(), "En ny regel for prøven.")
    news = page()
    before = news[: news.index("En ny regel for prøven.")]
    assert ">Kommende</span>" not in before[-600:]


def test_a_bill_keeps_its_wording_and_is_marked_as_proposed() -> None:
    amend(date(2026, 2, 2), "Foreslået; kontrollér gældende ordlyd: prøven.", is_proposed=True)
    news = page()
    place = news.index("Foreslået; kontrollér gældende ordlyd: prøven.")
    assert ">Foreslået</span>" in news[place - 600 : place]


def test_texts_as_they_first_came_from_the_files_are_no_news() -> None:
    assert shown() == Amendment.objects.count()


def test_a_considerable_change_is_news_and_a_small_one_is_not() -> None:
    published(changed(*TERM, add="Et komma."), note="Et komma er flyttet.")
    major(changed(*GUIDELINE, summary="Nyt resumé."), "Reglerne om varsling er skrevet om.")
    news = page()
    assert "Reglerne om varsling er skrevet om." in news
    assert f'href="{row_of(*GUIDELINE).address}"' in news
    assert "Et komma er flyttet." not in news
    assert "Et komma er flyttet." not in Client().get("/nyt/atom/").content.decode()


def test_news_leads_to_what_was_changed() -> None:
    major(changed(*TERM, add="Et helt nyt afsnit."), "Nyt afsnit.")
    link = re.search(r'<a href="(/historik/[^"]+)"[^>]*>Se, hvad der er ændret', page())
    assert link
    assert "<ins>" in page(link[1].replace("&amp;", "&"))


def test_a_new_page_and_one_that_is_gone_are_marked() -> None:
    major(NEW, "Et nyt begreb.")
    assert ">Ny side</span>" in page()
    withdrawn(NEW.kind, NEW.slug, "Ordet bruges ikke mere.")
    news = page()
    assert ">Udgået</span>" in news
    assert "Ordet bruges ikke mere." in news
    assert 'href="/begreber/noedovernatning/"' not in news


def test_drafts_are_no_news() -> None:
    before, before_feed = page(), Client().get("/nyt/atom/").content
    submitted(drafted(changed(*TERM, add="Nyt."), significance=Significance.MAJOR, note="En hemmelig note."))
    caches["pages"].clear()
    assert (page(), Client().get("/nyt/atom/").content) == (before, before_feed)


def test_news_names_nobody() -> None:
    published(changed(*TERM, add="Nyt."), editor("frida"), significance=Significance.MAJOR, note="Nyt afsnit.")
    assert "frida" not in page()
    assert "frida" not in Client().get("/nyt/atom/").content.decode()


@pytest.mark.parametrize("query", ["?aktoer=boformer", "?princip=1", "?tema=boligindsatser", "?lov=almenlejeloven"])
def test_a_guideline_is_news_for_whom_and_what_it_concerns(query: str) -> None:
    before = titles(query)
    major(changed(Kind.GUIDELINE, "boligfastholdelse", add="Nyt."), "Skrevet om.")
    concerned = row_of(*GUIDELINE).title
    fits = Client().get(f"/anvisninger/{query}&retningslinje=boligfastholdelse").content.decode()
    expected = "Ingen anvisninger passer" not in fits
    assert (f"Retningslinje: {concerned}" in titles(query)) == expected
    assert len(titles(query)) == len(before) + expected


def test_a_material_is_news_for_the_actors_and_principles_that_it_names() -> None:
    record = changed(Kind.RESOURCE, "housing-first")
    major(changed(Kind.RESOURCE, "housing-first", add="Nyt."), "Ny evaluering.")
    title = f"Materiale: {record.fields['title']}"
    assert title in titles(f"?aktoer={record.fields['actors'][0]}")
    assert title in titles(f"?princip={record.fields['principles'][0]}")
    assert title not in titles("?aktoer=kriminalforsorgen")


def test_a_term_is_news_for_the_acts_that_it_cites() -> None:
    major(changed(*TERM, add="Se almenboligloven § 63."), "Nyt afsnit.")
    assert "Begreb: Herberg" in titles("?lov=almenboligloven")
    assert "Begreb: Herberg" not in titles("?lov=barnets-lov")


def test_an_actor_is_news_for_itself() -> None:
    major(changed(Kind.ACTOR, "region", add="Nyt."), "Ny opgave.")
    assert "Aktør: Region" in " ".join(titles("?aktoer=region"))
    assert "Aktør: Region" not in " ".join(titles("?aktoer=borger"))


def test_a_change_of_the_law_is_news_for_whose_instructions_rest_on_it() -> None:
    provision = Provision.objects.get(act__slug="serviceloven", key="110")
    amend(date(2026, 3, 3), "En ny regel for prøven.", provision=provision)
    actor = provision.bases.filter(instruction__actors__isnull=False)[0].instruction.actors.all()[0]
    other = next(
        slug
        for slug in ("kriminalforsorgen", "uddannelsesinstitutioner", "netvaerk")
        if not provision.bases.filter(instruction__actors__slug=slug).exists()
    )
    assert "En ny regel for prøven." in page(f"/nyt/?aktoer={actor.slug}")
    assert "En ny regel for prøven." not in page(f"/nyt/?aktoer={other}")
    assert "En ny regel for prøven." in page("/nyt/?lov=serviceloven")
    assert "En ny regel for prøven." not in page("/nyt/?lov=barnets-lov")


def test_several_values_widen_and_several_filters_narrow() -> None:
    one, other = shown("?lov=serviceloven"), shown("?lov=barnets-lov")
    assert shown("?lov=serviceloven&lov=barnets-lov") == one + other
    assert shown("?lov=serviceloven&slags=tekst") == 0
    assert shown("?lov=serviceloven&slags=lovaendring") == one


def test_each_choice_says_how_many_news_it_leaves() -> None:
    count = re.search(r'value="serviceloven"[^>]*>.*?class="n">(\d+)', page(), re.DOTALL)
    assert count
    assert int(count[1]) == shown("?lov=serviceloven") == Amendment.objects.filter(act__slug="serviceloven").count()


def test_where_nothing_fits_the_page_says_so_and_offers_to_follow() -> None:
    news = page("/nyt/?lov=serviceloven&slags=tekst")
    assert "Ingen nyheder passer på det hele." in news
    assert "/nyt/atom/?slags=tekst&amp;lov=serviceloven" in news
    assert "Intet endnu" in (feed("?lov=serviceloven&slags=tekst").findtext(f"{ATOM}subtitle") or "")


@pytest.mark.usefixtures("no_content")
def test_an_empty_knowledge_base_has_no_news_and_says_so() -> None:
    assert "Der er ingen nyheder endnu." in page()
    assert titles() == []


@pytest.mark.parametrize("query", ["?tema=ukendt", "?princip=%00", "?lov=" + "x" * 5000, "?side=-1", "?aktoer"])
def test_odd_questions_give_a_plain_page_and_feed(query: str) -> None:
    assert Client().get(f"/nyt/{query}").status_code == 200
    assert Client().get(f"/nyt/atom/{query}").status_code == 200


def test_what_is_not_known_is_named_and_left_out() -> None:
    assert "Vi kender ikke »ukendt«" in page("/nyt/?tema=ukendt")
    assert shown("?tema=ukendt") == shown()


def test_a_selection_has_its_feed_in_the_head_and_the_feed_knows_its_own_address(settings: Settings) -> None:
    settings.SITE_URL = "https://hjemvej.example"
    link = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', page("/nyt/?princip=2"))
    assert link
    found = ElementTree.fromstring(Client().get(link[1].replace("&amp;", "&")).content)
    links = {element.get("rel"): element.get("href") for element in found.findall(f"{ATOM}link")}
    principle = row_of(Kind.PRINCIPLE, link[1].partition("princip=")[2])
    assert principle.number == 2
    assert links["self"] == f"https://hjemvej.example/nyt/atom/?princip={principle.slug}"
    assert links["alternate"] == f"https://hjemvej.example/nyt/?princip={principle.slug}"


def test_the_feed_is_danish_atom_with_what_readers_of_feeds_need() -> None:
    response = Client().get("/nyt/atom/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feed()
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "da"
    for entry in [found, *found.iter(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert entry.findtext(f"{ATOM}{name}"), name
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated", "")) <= timezone.now()


def test_an_entry_keeps_its_name_when_other_things_change() -> None:
    major(changed(*TERM, add="Et."), "Nyt afsnit.")
    before = {entry.findtext(f"{ATOM}id") for entry in feed().iter(f"{ATOM}entry")}
    save_record(changed(Kind.ACT, "serviceloven", add="Et nyt afsnit om loven."))
    major(changed(*TERM, add="To."), "Endnu et afsnit.")
    after = {entry.findtext(f"{ATOM}id") for entry in feed().iter(f"{ATOM}entry")}
    assert len(before) > 10
    assert before < after
    assert len(after) == len(before) + 1


def test_a_feed_sets_no_cookie_and_is_kept_until_the_content_changes() -> None:
    first = Client().get("/nyt/atom/?lov=serviceloven")
    assert not first.cookies
    assert Client().get("/nyt/atom/?lov=serviceloven", headers={"If-None-Match": first["ETag"]}).status_code == 304
    major(changed(*TERM, add="Et."), "Nyt afsnit.")
    assert Client().get("/nyt/atom/?lov=serviceloven", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_empty_feed_is_the_same_each_time_it_is_made() -> None:
    query = "/nyt/atom/?lov=serviceloven&slags=tekst"
    first = Client().get(query).content
    caches["pages"].clear()
    assert Client().get(query).content == first


@pytest.mark.parametrize("address", ["/nyt/", "/nyt/?aktoer=boformer", "/nyt/atom/", "/nyt/atom/?lov=serviceloven"])
def test_news_asks_few_questions_however_much_there_is(
    address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for count in range(3):
        major(changed(*TERM, add=f"Nummer {count}."), "Nyt afsnit.")
    major(changed(Kind.RESOURCE, "housing-first", add="Nyt."), "Ny evaluering.")
    with django_assert_max_num_queries(12):
        assert Client().get(address).status_code == 200
