"""The review page: what a revision changes, what is said about it, and who may decide."""

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import AuditEntry
from content.plan import record_of
from content.registry import MODELS
from editorial.models import Revision, State
from editorial.publishing import publish_due
from editorial.rendering import LABELS, page_html
from library.models import Link
from markup.kinds import SCHEMA, Kind
from markup.record import Record
from search.models import SearchCount, Synonym
from tests.editorial.admin_form import change_address, fields_of, save
from tests.editorial.writing import (
    administrator,
    approver,
    changed,
    client_of,
    drafted,
    editor,
    row_of,
    submitted,
    user,
)

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")


@pytest.fixture
def sent(content: None) -> Revision:
    return submitted(drafted(changed(*TERM, add="Ordet vinterkvarter er nyt.")))


def address(revision: Revision) -> str:
    return f"/admin/gennemsyn/{revision.pk}/"


def do(client: Client, revision: Revision, action: str, **fields: object) -> int:
    """The status of what comes of pressing a button on the review page."""
    return int(client.post(f"{address(revision)}{action}/", {"edition": revision.edition, **fields}).status_code)


def now(revision: Revision) -> Revision:
    return Revision.objects.get(pk=revision.pk)


def page_of(client: Client, revision: Revision) -> str:
    return str(client.get(address(revision)).content.decode())


def test_the_page_shows_the_change_as_it_is_read_and_as_text(sent: Revision) -> None:
    page = page_of(client_of(approver()), sent)
    assert page.count("Ordet vinterkvarter er nyt.") == 2
    assert "[tilføjet:]" in page
    assert "Ingen fejl" in page


def test_every_field_of_every_kind_is_shown_in_words() -> None:
    for kind, model in MODELS.items():
        names = {field.name for field in SCHEMA[kind]} - {"title"}
        assert names <= LABELS.keys()
        for row in model.objects.all()[:2]:
            assert row.title in html.unescape(page_html(record_of(row)))


def test_the_page_names_what_stops_publication() -> None:
    draft = drafted(changed(*TERM, add="[[findes-ikke]]"))
    assert "[[findes-ikke]]" in page_of(client_of(editor()), draft).split("Kontrol")[1].split("</section>")[0]


def test_the_page_lists_the_other_pages_that_change() -> None:
    draft = drafted(changed(Kind.ACTOR, "boformer", title="Herberger og forsorgshjem"))
    page = page_of(client_of(approver()), draft)
    listed = page.split("Andre sider, der kommer til at se anderledes ud")[1].split("<h3>")[0]
    linking = Link.objects.filter(target__kind=Kind.ACTOR, target__slug="boformer").exclude(source__slug="boformer")
    assert linking.exists()
    assert any(link.source.address in listed for link in linking.select_related("source"))
    assert row_of(Kind.ACTOR, "boformer").address not in listed


def test_the_page_lists_the_searches_that_find_it_and_the_synonyms_that_lead_to_its_words() -> None:
    SearchCount.objects.create(text="herberg", hits=5, times=7)
    Synonym.objects.create(term="overvintringssted", means="vinterkvarter")
    page = page_of(client_of(approver()), drafted(changed(*TERM, add="Ordet vinterkvarter er nyt.")))
    assert "søgt 7 gange" in page
    assert "overvintringssted → vinterkvarter" in page


def test_one_click_publishes_and_the_log_says_who(sent: Revision) -> None:
    assert do(client_of(approver()), sent, "godkend") == 302
    assert "vinterkvarter" in Client().get(row_of(*TERM).address).content.decode()
    entry = AuditEntry.objects.filter(action="published").latest("pk")
    assert (entry.actor, entry.target) == ("godkender", sent.path)
    assert "skribent" in entry.detail


def test_a_text_can_be_planned_and_comes_on_its_day(sent: Revision) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    do(client_of(approver()), sent, "godkend", publish_on=tomorrow.isoformat())
    assert (now(sent).state, now(sent).publish_on) == (State.SCHEDULED, tomorrow)
    assert "vinterkvarter" not in Client().get(row_of(*TERM).address).content.decode()
    assert [problem for _, problem in publish_due(tomorrow)] == [""]
    assert "vinterkvarter" in Client().get(row_of(*TERM).address).content.decode()


def test_a_date_that_is_none_changes_nothing(sent: Revision) -> None:
    do(client_of(approver()), sent, "godkend", publish_on="på fredag")
    assert now(sent).state == State.REVIEW


def test_a_text_is_sent_back_with_a_note_that_its_author_sees(sent: Revision) -> None:
    client = client_of(approver())
    do(client, sent, "send-tilbage", note="")
    assert now(sent).state == State.REVIEW
    do(client, sent, "send-tilbage", note="Skriv, hvem der skal.")
    assert now(sent).state == State.DRAFT
    form = client_of(editor()).get(change_address(row_of(*TERM))).content.decode()
    assert "Skriv, hvem der skal." in form


def test_a_text_sent_again_says_what_was_to_be_mended_and_not_that_it_is_decided(sent: Revision) -> None:
    do(client_of(approver()), sent, "send-tilbage", note="Nævn loven.")
    page = page_of(client_of(approver()), submitted(drafted(changed(*TERM, add="Loven er nævnt."))))
    assert "Sendt tilbage før" in page
    assert "Nævn loven. (godkender)" in page
    assert "Afgjort af" not in page


def test_a_planned_text_can_still_be_stopped(sent: Revision) -> None:
    day = timezone.localdate() + timedelta(days=1)
    do(client_of(approver()), sent, "godkend", publish_on=day.isoformat())
    do(client_of(approver("en-tredje")), sent, "send-tilbage", note="Vent.")
    assert list(publish_due(day)) == []
    assert (now(sent).state, now(sent).publish_on) == (State.DRAFT, None)


def test_comments_stand_in_the_order_written_and_as_text(sent: Revision) -> None:
    do(client_of(editor()), sent, "kommentar", text="Er det rigtigt?")
    do(client_of(approver()), sent, "kommentar", text="<script>alert(1)</script>")
    page = page_of(client_of(editor()), sent)
    assert page.index("Er det rigtigt?") < page.index("&lt;script&gt;alert(1)")
    assert "<script>alert" not in page


def test_a_discarded_draft_stays_readable_and_makes_room(sent: Revision) -> None:
    assert do(client_of(editor()), sent, "kasser") == 302
    assert now(sent).state == State.DISCARDED
    assert "vinterkvarter" in page_of(client_of(editor()), sent)
    assert "vinterkvarter" not in fields_of(client_of(editor()), change_address(row_of(*TERM)))["body"]


def test_an_old_text_is_taken_up_again_as_a_draft(sent: Revision) -> None:
    first = Revision.objects.public().of(*TERM).get()
    do(client_of(approver()), sent, "godkend")
    history = change_address(row_of(*TERM)).replace("change", "history")
    client = client_of(editor())
    assert "Første udgave" in client.get(history).content.decode()
    client.post(history, {"restore": first.pk})
    draft = Revision.objects.open().get()
    assert draft.text == first.text
    assert "vinterkvarter" in Client().get(row_of(*TERM).address).content.decode()


def test_a_new_text_is_edited_at_the_address_of_its_draft() -> None:
    new = Record(Kind.GLOSSARY, "nyt-ord", {"title": "Nyt ord", "summary": "Om ordet."}, "Tekst.")
    draft = drafted(new)
    form = f"/admin/library/glossaryterm/kladde/{draft.pk}/"
    assert form in page_of(client_of(editor()), draft)
    save(client_of(editor()), form, summary="Mere om ordet.")
    assert "Mere om ordet." in now(draft).text
    sent = submitted(now(draft))
    do(client_of(approver()), sent, "godkend")
    assert client_of(editor()).get(form)["Location"] == change_address(row_of(Kind.GLOSSARY, "nyt-ord"))


def stranger() -> Client:
    return Client()


def staff_without_rights() -> Client:
    return client_of(user("kun-personale"))


def without_staff_status() -> Client:
    account = User.objects.create_user("borger")
    return client_of(account)


def author() -> Client:
    return client_of(editor())


def another_editor() -> Client:
    return client_of(editor("en-anden"))


def an_approver() -> Client:
    return client_of(approver())


def an_administrator() -> Client:
    return client_of(administrator())


# Who → what comes of looking, commenting, approving, sending back, discarding: what the status says.
YES, SIGN_IN, NO = "yes", "sign in", "no"
TABLE = [
    (stranger, (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)),
    (without_staff_status, (SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN, SIGN_IN)),
    (staff_without_rights, (NO, NO, NO, NO, NO)),
    (author, (YES, YES, NO, NO, YES)),
    (another_editor, (YES, YES, NO, NO, NO)),
    (an_approver, (YES, YES, YES, YES, YES)),
    (an_administrator, (YES, YES, YES, YES, YES)),
]


@pytest.mark.parametrize(("who", "allowed"), TABLE, ids=lambda value: getattr(value, "__name__", ""))
def test_each_may_do_what_belongs_to_them_and_no_more(
    sent: Revision, who: Callable[[], Client], allowed: tuple[str, ...]
) -> None:
    client = who()

    def outcome(response: object) -> str:
        status = int(response.status_code)  # type: ignore[attr-defined]  # the test client's response
        if status == 403:
            return NO
        place = response.headers.get("Location", "")  # type: ignore[attr-defined]  # as above
        return YES if status == 200 or place == address(sent) else SIGN_IN

    found = [outcome(client.get(address(sent)))]
    for action in ("kommentar", "godkend", "send-tilbage", "kasser"):
        Revision.objects.filter(pk=sent.pk).update(state=State.REVIEW)
        data = {"edition": sent.edition, "text": "Hej", "note": "Ret det.", "publish_on": "2099-01-01"}
        found.append(outcome(client.post(f"{address(sent)}{action}/", data)))
    assert tuple(found) == allowed


def test_an_author_with_both_roles_gets_no_button_and_no_way_round(sent: Revision) -> None:
    both = client_of(approver("skribent"))
    page = page_of(both, sent)
    assert "En anden skal godkende den." in page
    assert "Godkend og offentliggør" not in page
    do(both, sent, "godkend")
    assert now(sent).state == State.REVIEW


def test_where_one_person_may_do_it_all_the_page_says_so(sent: Revision, settings: Settings) -> None:
    settings.FOUR_EYES = False
    both = client_of(approver("skribent"))
    assert "selv godkende den" in page_of(both, sent)
    do(both, sent, "godkend")
    assert now(sent).state == State.PUBLISHED


def test_a_page_that_was_read_before_the_last_save_approves_nothing(sent: Revision) -> None:
    submitted(drafted(changed(*TERM, add="Noget andet.")))
    do(client_of(approver()), sent, "godkend")
    assert now(sent).state == State.REVIEW


def test_nothing_is_decided_by_a_link(sent: Revision) -> None:
    for action in ("kommentar", "godkend", "send-tilbage", "kasser"):
        assert client_of(approver()).get(f"{address(sent)}{action}/").status_code == 405
