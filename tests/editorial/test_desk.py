"""The editors' desk: what waits for whom, and where it leads."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.groups import ADMINISTRATOR, APPROVER, EDITOR
from editorial.models import Revision
from editorial.publishing import approve, send_back
from feedback.models import Reply
from images.models import Image
from library.models import Record as RecordRow
from linkcheck.collecting import holders
from linkcheck.models import ExternalLink, Outcome
from markup.kinds import SCHEMA, Kind
from markup.record import Record
from search.models import SearchCount
from tests.editorial.writing import approver, changed, client_of, drafted, editor, published, row_of, submitted, user

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")
Sections = dict[str, tuple[int, list[str], list[str]]]


def desk(client: Client) -> Sections:
    """Name of a section → its number, its titles, their addresses."""
    page = client.get("/admin/").content.decode()
    found = {}
    for part in page.split('<div class="module">')[1:]:
        name, count = re.findall(r'<h3>(.+?) <span class="count">(\d+)</span></h3>', part)[0]
        lines = re.findall(r'<li>\s*<a href="([^"]+)">(.+?)</a>', part, re.DOTALL)
        found[name] = int(count), [unescape(title) for _, title in lines], [unescape(address) for address, _ in lines]
    return found


def empty_sections(client: Client) -> str:
    return " ".join(re.findall(r"Intet venter under: (.+?)</p>", client.get("/admin/").content.decode()))


def all_groups() -> Client:
    return client_of(user("anna", EDITOR, APPROVER, ADMINISTRATOR))


def missed_search() -> None:
    SearchCount.objects.create(day=timezone.localdate(), text="skurvogn", filters="", hits=0, times=4)


def dead_link() -> tuple[str, RecordRow]:
    """A dead address, and the only record that holds it."""
    url, records = next((url, records) for url, records in holders().items() if len(records) == 1)
    now = timezone.now()
    ExternalLink.objects.create(
        url=url, outcome=Outcome.DEAD, status=404, finding="Siden findes ikke", checked_at=now, dead_since=now
    )
    return url, records[0]


def unused_image() -> None:
    Image.objects.create(hash="a" * 32, extension="png", width=10, height=10, bytes=100, description="Et hus")


def reply(text: str, *, days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    Reply.objects.create(page="/begreber/herberg/", helpful=not text, text=text, day=day)


def test_my_drafts_lead_to_their_forms_and_others_do_not_see_them() -> None:
    mine = editor()
    drafted(changed(*TERM, title="Herberg, kladde"), mine)
    drafted(Record(Kind.GLOSSARY, "nyt-ord", {"title": "Et nyt ord"}), mine)
    count, titles, addresses = desk(client_of(mine))["Dine kladder"]
    assert (count, titles) == (2, ["Et nyt ord", "Herberg, kladde"])
    for address, title in zip(addresses, titles, strict=True):
        assert f'value="{title}"' in client_of(mine).get(address).content.decode()
    assert "Dine kladder" not in desk(client_of(editor("anden")))


def test_a_text_sent_back_comes_first_with_what_is_to_be_done() -> None:
    sent = submitted(drafted(changed(*TERM, add="Nyt.")))
    send_back(sent.pk, approver(), "Skriv kortere.")
    client = client_of(editor())
    sections = desk(client)
    assert next(iter(sections)) == "Sendt tilbage til dig"
    assert "Skriv kortere." in client.get("/admin/").content.decode()
    assert "Dine kladder" not in sections


def test_a_text_waits_with_those_who_may_approve_it() -> None:
    writer, both = editor(), user("begge", EDITOR, APPROVER)
    sent = submitted(drafted(changed(*TERM, add="Nyt."), writer))
    own = submitted(drafted(changed(Kind.ACTOR, "region", add="Nyt."), both))
    assert "Til din godkendelse" not in desk(client_of(writer))
    assert desk(client_of(writer))["Dine tekster hos en godkender"][0] == 1
    sections = desk(client_of(both))
    assert sections["Til din godkendelse"][2] == [f"/admin/gennemsyn/{sent.pk}/"]
    assert sections["Dine tekster hos en godkender"][2] == [f"/admin/gennemsyn/{own.pk}/"]
    assert desk(client_of(approver()))["Til din godkendelse"][0] == 2


def test_a_team_of_one_approves_its_own(settings: Settings) -> None:
    settings.FOUR_EYES = False
    alone = user("alene", EDITOR, APPROVER)
    submitted(drafted(changed(*TERM, add="Nyt."), alone))
    assert desk(client_of(alone))["Til din godkendelse"][0] == 1


def test_what_is_planned_shows_its_day_and_says_when_nobody_publishes() -> None:
    sent = submitted(drafted(changed(*TERM, add="Nyt.")))
    approve(sent.pk, approver(), edition=sent.edition, publish_on=timezone.localdate() + timedelta(days=9))
    client = client_of(editor())
    assert desk(client)["Planlagt"][0] == 1
    assert "Offentliggøres" in client.get("/admin/").content.decode()
    Revision.objects.filter(pk=sent.pk).update(publish_on=timezone.localdate() - timedelta(days=1))
    assert "publish_due kører ikke" in client.get("/admin/").content.decode()


def test_a_text_is_to_be_read_again_when_its_day_has_passed() -> None:
    today = timezone.localdate()
    published(changed(*TERM, review_by=today))
    assert "Skal læses igennem igen" not in desk(client_of(editor()))
    published(changed(*TERM, review_by=today - timedelta(days=1)))
    row = row_of(*TERM)
    assert row.review_by == today - timedelta(days=1)
    count, titles, addresses = desk(client_of(editor()))["Skal læses igennem igen"]
    assert (count, titles, addresses) == (1, ["Herberg"], [f"/admin/library/glossaryterm/{row.pk}/change/"])
    assert "Gennemgås" not in Client().get(row.address).content.decode()


def test_every_kind_but_sources_can_be_given_a_day_to_be_read_again() -> None:
    names = {kind: [field.name for field in SCHEMA[kind]] for kind in Kind}
    assert [kind for kind in Kind if "review_by" not in names[kind]] == [Kind.SOURCE]
    form = client_of(editor()).get(f"/admin/library/glossaryterm/{row_of(*TERM).pk}/change/").content.decode()
    assert 'name="review_by"' in form


def test_what_readers_say_is_new_for_fourteen_days() -> None:
    reply("Der mangler et eksempel.")
    reply("", days_ago=14)
    reply("Gammelt.", days_ago=15)
    count, titles, addresses = desk(client_of(editor()))["Nyt fra læserne de sidste 14 dage"]
    assert (count, titles) == (2, ["Der mangler et eksempel.", "Ja, uden ord"])
    assert all(client_of(editor()).get(address).status_code == 200 for address in addresses)


def test_searches_that_find_nothing_lead_to_a_synonym() -> None:
    missed_search()
    client = all_groups()
    count, titles, addresses = desk(client)["Søgninger, der intet finder"]
    assert (count, titles) == (1, ["»skurvogn«"])
    assert 'value="skurvogn"' in client.get(addresses[0]).content.decode()


def test_a_dead_link_leads_to_a_text_that_holds_it() -> None:
    url, record = dead_link()
    client = client_of(editor())
    count, titles, addresses = desk(client)["Døde henvisninger til andre sider"]
    assert (count, titles) == (1, [url])
    assert addresses[0].endswith(f"/{record.pk}/change/")
    assert client.get(addresses[0]).status_code == 200


def test_an_image_that_no_text_shows_is_listed() -> None:
    unused_image()
    client = client_of(editor())
    assert desk(client)["Billeder, som ingen tekst viser"][1] == ["Et hus"]


@pytest.mark.parametrize(("days_ago", "is_due"), [(300, False), (340, True), (500, True)])
def test_the_accessibility_statement_is_due_from_a_month_before(
    settings: Settings, days_ago: int, is_due: bool
) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/hjemvej-dk"
    settings.ACCESSIBILITY_STATEMENT_DATE = timezone.localdate() - timedelta(days=days_ago)
    assert ("Tilgængelighedserklæring" in desk(client_of(approver()))) == is_due


def test_what_is_in_order_is_named_in_a_line() -> None:
    names = empty_sections(all_groups())
    assert "Dine kladder" in names
    assert "Døde henvisninger" in names


def test_staff_without_permissions_find_an_empty_desk() -> None:
    submitted(drafted(changed(*TERM, add="Nyt.")))
    reply("Der mangler et eksempel.")
    client = client_of(user("ny-medarbejder"))
    assert desk(client) == {}
    assert empty_sections(client) == ""
    assert client.get("/admin/").status_code == 200


def test_a_long_section_shows_the_first_and_folds_the_rest() -> None:
    mine = editor()
    slugs = RecordRow.objects.filter(kind=Kind.GLOSSARY).values_list("slug", flat=True)[:7]
    for slug in slugs:
        drafted(changed(Kind.GLOSSARY, slug, add="Nyt."), mine)
    page = client_of(mine).get("/admin/").content.decode()
    assert desk(client_of(mine))["Dine kladder"][0] == len(slugs)
    assert "<summary>Vis 3 til</summary>" in page


def test_a_full_desk_asks_few_questions(
    settings: Settings, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/hjemvej-dk"
    settings.ACCESSIBILITY_STATEMENT_DATE = date(2020, 1, 1)
    missed_search()
    dead_link()
    unused_image()
    reply("Der mangler et eksempel.")
    published(changed(Kind.ACTOR, "region", review_by=date(2020, 1, 1)))
    for slug in ("handleplan", "hjemloeshed", "krisecenter"):
        drafted(changed(Kind.GLOSSARY, slug, add="Nyt."), user("anna"))
    submitted(drafted(changed(*TERM, add="Nyt.")))
    client = all_groups()
    with django_assert_max_num_queries(20):
        sections = desk(client)
    assert len(sections) == 9
