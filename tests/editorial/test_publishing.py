"""From a draft to what readers get, and back again; and what stands in the way."""

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import AuditEntry
from content.models import ContentVersion
from content.signals import content_stored
from content.store import delete_record, save_record
from editorial.models import Revision, Significance, State
from editorial.publishing import OutdatedBase, approve, send_back
from editorial.revisions import (
    EditionConflict,
    EditorialError,
    discard,
    last_public,
    open_revision,
    propose_withdrawal,
    save_draft,
)
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.problems import ContentError
from markup.record import Record
from tests.editorial.writing import (
    approver,
    changed,
    drafted,
    editor,
    published,
    row_of,
    submitted,
    user,
)

pytestmark = pytest.mark.usefixtures("content")

TERM = (Kind.GLOSSARY, "herberg")
NEW = Record(Kind.GLOSSARY, "noedovernatning", {"title": "Nødovernatning", "summary": "Et sted at sove."}, "Tekst.")


def page(address: str) -> str:
    return Client().get(address).content.decode()


def test_every_text_from_the_files_has_a_first_revision() -> None:
    current = {(row.kind, row.slug): row for row in Revision.objects.current()}
    rows = RecordRow.objects.all()
    assert len(rows) == len(current) > 300
    for row in rows:
        revision = current[row.kind, row.slug]
        assert (revision.text, revision.state, revision.author) == (row.text, State.PUBLISHED, None)


def test_readers_see_a_change_when_another_has_approved_it() -> None:
    address, version = row_of(*TERM).address, ContentVersion.current()
    draft = drafted(changed(*TERM, add="Ordet vinterkvarter er nyt."), significance=Significance.MAJOR)
    assert "vinterkvarter" not in page(address)
    sent = submitted(draft)
    assert "vinterkvarter" not in page(address)
    assert ContentVersion.current() == version
    done = approve(sent.pk, approver(), edition=sent.edition)
    assert "vinterkvarter" in page(address)
    assert (done.state, done.content_version, done.reviewer) == (State.PUBLISHED, version + 1, approver())
    assert last_public(*TERM) == done
    assert Revision.objects.of(*TERM).public().count() == 2


def test_the_page_stays_the_same_to_the_byte_while_a_draft_is_written() -> None:
    address = row_of(*TERM).address
    before = Client().get(address)
    submitted(drafted(changed(*TERM, add="Noget helt andet.")))
    after = Client().get(address)
    assert (before.content, before["ETag"]) == (after.content, after["ETag"])


def test_a_change_from_elsewhere_is_in_the_history_once_and_leaves_others_alone() -> None:
    before = Revision.objects.count()
    save_record(changed(*TERM, title="Herberg og logi"))
    revision = last_public(*TERM)
    assert revision is not None
    assert (revision.author, revision.public_note) == (None, "Teksten er opdateret")
    assert revision.base is not None
    assert Revision.objects.count() == before + 1


def test_a_text_removed_from_elsewhere_ends_its_history_as_withdrawn() -> None:
    save_record(NEW)
    delete_record(NEW.kind, NEW.slug)
    history = Revision.objects.public().of(NEW.kind, NEW.slug)
    assert [revision.state for revision in history] == [State.WITHDRAWN, State.PUBLISHED]


def test_a_refused_change_leaves_no_trace_in_the_history() -> None:
    before = Revision.objects.count()
    with pytest.raises(ContentError):
        save_record(changed(*TERM, add="[[findes-ikke]]"))
    assert Revision.objects.count() == before


def test_nobody_approves_what_they_have_written_on() -> None:
    both = user("begge", "Redaktør", "Godkender")
    drafted(changed(*TERM, add="Først."), both)
    sent = submitted(drafted(changed(*TERM, add="Så en anden."), editor()))
    with pytest.raises(EditorialError, match="selv skrevet"):
        approve(sent.pk, both, edition=sent.edition)
    assert open_revision(*TERM) == sent
    assert approve(sent.pk, approver(), edition=sent.edition).state == State.PUBLISHED


def test_a_team_of_one_may_turn_that_off(settings: Settings) -> None:
    settings.FOUR_EYES = False
    alone = approver("alene")
    sent = submitted(drafted(changed(*TERM, add="Selv."), alone))
    assert approve(sent.pk, alone, edition=sent.edition).state == State.PUBLISHED


def test_an_editor_approves_nothing() -> None:
    sent = submitted(drafted(changed(*TERM, add="Først.")))
    with pytest.raises(EditorialError, match="rettighed"):
        approve(sent.pk, editor("anden"), edition=sent.edition)
    with pytest.raises(EditorialError, match="rettighed"):
        send_back(sent.pk, editor("anden"), "Nej.")


def test_only_what_was_sent_is_approved() -> None:
    draft = drafted(changed(*TERM, add="Først."))
    with pytest.raises(EditorialError, match="kladde"):
        approve(draft.pk, approver(), edition=draft.edition)
    sent = submitted(draft)
    drafted(changed(*TERM, add="Noget andet."))
    with pytest.raises(EditorialError):
        approve(sent.pk, approver(), edition=sent.edition)
    assert "Noget andet." not in page(row_of(*TERM).address)


def test_what_was_read_is_what_is_approved() -> None:
    sent = submitted(drafted(changed(*TERM, add="Læst.")))
    submitted(drafted(changed(*TERM, add="Ikke læst.")))
    with pytest.raises(EditionConflict):
        approve(sent.pk, approver(), edition=sent.edition)


def test_a_text_with_errors_is_kept_as_a_draft_but_not_sent() -> None:
    draft = drafted(changed(*TERM, add="[[findes-ikke]]"))
    with pytest.raises(ContentError):
        submitted(draft)
    kept = open_revision(*TERM)
    assert kept is not None
    assert (kept.state, "[[findes-ikke]]" in kept.text) == (State.DRAFT, True)


def test_a_text_that_says_what_is_published_is_not_sent() -> None:
    draft = drafted(changed(*TERM))
    with pytest.raises(EditorialError, match="den samme"):
        submitted(draft)


def test_a_change_is_not_sent_without_a_word_to_the_readers() -> None:
    draft = save_draft(changed(*TERM, add="Nyt."), editor())
    with pytest.raises(EditorialError, match="sætning til læserne"):
        submitted(draft)


def test_a_text_whose_links_have_gone_since_it_was_sent_is_not_approved() -> None:
    save_record(NEW)
    sent = submitted(drafted(changed(*TERM, add="Se [[noedovernatning]].")))
    delete_record(NEW.kind, NEW.slug)
    with pytest.raises(ContentError):
        approve(sent.pk, approver(), edition=sent.edition)
    assert open_revision(*TERM) == sent


def test_a_change_published_meanwhile_is_not_undone() -> None:
    sent = submitted(drafted(changed(*TERM, add="Min.")))
    save_record(changed(*TERM, add="Andres."))
    with pytest.raises(OutdatedBase):
        approve(sent.pk, approver(), edition=sent.edition)
    assert "Andres." in page(row_of(*TERM).address)
    newest = last_public(*TERM)
    assert newest is not None
    sent = submitted(save_draft(changed(*TERM, add="Min."), editor(), edition=sent.edition, based_on=newest.pk))
    approve(sent.pk, approver(), edition=sent.edition)
    assert all(word in page(row_of(*TERM).address) for word in ("Min.", "Andres."))


def test_the_second_of_two_who_save_at_once_changes_nothing() -> None:
    first = save_draft(changed(*TERM, add="Den første."), editor(), edition=0)
    with pytest.raises(EditionConflict):
        save_draft(changed(*TERM, add="Den anden."), editor("anden"), edition=0)
    save_draft(changed(*TERM, add="Den første igen."), editor(), edition=first.edition)
    with pytest.raises(EditionConflict):
        save_draft(changed(*TERM, add="Den anden."), editor("anden"), edition=first.edition)
    kept = open_revision(*TERM)
    assert kept is not None
    assert "Den første igen." in kept.text
    assert kept.authors.count() == 1


def test_a_text_sent_back_can_be_mended_and_sent_again() -> None:
    sent = submitted(drafted(changed(*TERM, add="Først.")))
    back = send_back(sent.pk, approver(), "Skriv kortere.")
    assert (back.state, back.note_to_author) == (State.DRAFT, "Skriv kortere.")
    again = submitted(drafted(changed(*TERM, add="Kort.")))
    assert again.pk == sent.pk
    assert approve(again.pk, approver(), edition=again.edition).state == State.PUBLISHED


def test_a_discarded_draft_makes_room_for_another() -> None:
    discard(drafted(changed(*TERM, add="Et forsøg.")).pk)
    assert open_revision(*TERM) is None
    assert published(changed(*TERM, add="Et nyt forsøg.")).state == State.PUBLISHED
    assert "Et forsøg." not in page(row_of(*TERM).address)


def test_a_new_text_has_no_page_until_it_is_approved() -> None:
    draft = submitted(drafted(NEW))
    assert Client().get("/begreber/noedovernatning/").status_code == 404
    approve(draft.pk, approver(), edition=draft.edition)
    assert "Et sted at sove." in page("/begreber/noedovernatning/")


def test_a_text_that_is_taken_out_tells_readers_why_and_where_to_go() -> None:
    published(NEW)
    proposal = propose_withdrawal(
        *(NEW.kind, NEW.slug), editor(), reason="Ordet bruges ikke mere.", successor="/begreber/herberg/"
    )
    assert Client().get("/begreber/noedovernatning/").status_code == 200
    done = approve(proposal.pk, approver(), edition=proposal.edition)
    answer = Client().get("/begreber/noedovernatning/")
    assert (done.state, answer.status_code) == (State.WITHDRAWN, 410)
    assert "Ordet bruges ikke mere." in answer.content.decode()
    assert 'href="/begreber/herberg/"' in answer.content.decode()


def test_what_fails_in_the_middle_of_publishing_has_changed_nothing() -> None:
    sent = submitted(drafted(changed(*TERM, add="Ordet vinterkvarter er nyt.")))
    version, entries = ContentVersion.current(), AuditEntry.objects.filter(action="published").count()

    def fail(**kwargs: object) -> None:
        raise OSError("no space left")

    content_stored.connect(fail)
    try:
        with pytest.raises(OSError, match="no space left"):
            approve(sent.pk, approver(), edition=sent.edition)
    finally:
        content_stored.disconnect(fail)
    assert (open_revision(*TERM), ContentVersion.current()) == (sent, version)
    assert Revision.objects.get(pk=sent.pk).state == State.REVIEW
    assert AuditEntry.objects.filter(action="published").count() == entries
    assert approve(sent.pk, approver(), edition=sent.edition).state == State.PUBLISHED


def test_what_others_still_need_is_not_taken_out() -> None:
    proposal = propose_withdrawal(Kind.SOURCE, "nr-2020", editor(), reason="Forældet.")
    with pytest.raises(ContentError):
        approve(proposal.pk, approver(), edition=proposal.edition)
    assert row_of(Kind.SOURCE, "nr-2020").address


def test_a_text_that_was_taken_out_can_come_back() -> None:
    published(NEW)
    proposal = propose_withdrawal(NEW.kind, NEW.slug, editor(), reason="Ordet bruges ikke mere.")
    approve(proposal.pk, approver(), edition=proposal.edition)
    published(NEW)
    assert Client().get("/begreber/noedovernatning/").status_code == 200
    states = [revision.state for revision in Revision.objects.public().of(NEW.kind, NEW.slug)]
    assert states == [State.PUBLISHED, State.WITHDRAWN, State.PUBLISHED]
