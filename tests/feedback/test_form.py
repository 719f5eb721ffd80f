"""Saying whether a page was of help: what is kept, what is refused, and that nobody is recognised."""

import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.signing import TimestampSigner, b62_encode
from django.test import Client
from django.utils import timezone

from feedback.models import KEPT_DAYS, Reply
from feedback.receipt import signer
from feedback.throttle import MOST_PER_DAY, MOST_PER_SENDER
from library.models import Record

PAGE = "/begreber/herberg/"


class EarlierSigner(TimestampSigner):
    """Signs as it was done some seconds ago."""

    def __init__(self, seconds: int) -> None:
        super().__init__(salt=signer.salt)
        self.seconds = seconds

    def timestamp(self) -> str:
        return b62_encode(int(time.time()) - self.seconds)


def fields(page: str = PAGE, *, age: int = 60, **changes: str) -> dict[str, str]:
    """What a browser sends that opened the form `age` seconds ago."""
    receipt = EarlierSigner(age).sign(page)
    return {
        "side": page,
        "kvittering": receipt,
        "svar": "ja",
        "tekst": "Klart og tydeligt.",
        "hjemmeside": "",
    } | changes


@pytest.mark.usefixtures("content")
class TestAsking:
    @pytest.mark.parametrize(
        "address",
        [
            "/retningslinjer/boligindsatser/",
            "/retningslinjer/boligindsatser/boligfastholdelse/",
            "/principper/helhedsorienteret-tilgang/",
            "/aktoerer/boformer/",
            "/situationer/fogeden-kommer/",
            "/love/serviceloven/",
            "/love/serviceloven/110/",
            "/materialer/housing-first/",
            PAGE,
            "/kilder/nr-2020/",
        ],
    )
    def test_every_kind_of_page_leads_to_a_form_about_itself(self, client: Client, address: str) -> None:
        assert f'href="/feedback/?side={address}"' in client.get(address).content.decode()
        form = client.get("/feedback/", {"side": address}).content.decode()
        assert f'<input type="hidden" name="side" value="{address}">' in form
        assert f'Det gælder <a href="{address}">' in form

    @pytest.mark.parametrize("address", ["/findes-ikke/", "//ond.dk/", "https://ond.dk/", "/a\x00b/", "/love//110/"])
    def test_nobody_is_asked_about_a_page_that_is_not_here(self, client: Client, address: str) -> None:
        assert client.get("/feedback/", {"side": address}).status_code == 404
        assert client.post("/feedback/", fields(address)).status_code == 404

    def test_the_form_sets_no_cookie_is_kept_by_nobody_and_says_not_to_write_names(self, client: Client) -> None:
        response = client.get("/feedback/", {"side": PAGE})
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        assert "Skriv ikke navne, CPR-numre" in response.content.decode()


@pytest.mark.usefixtures("content")
class TestAnswering:
    def test_a_reply_is_kept_with_page_text_and_day_and_nothing_else(self, client: Client) -> None:
        response = client.post("/feedback/", fields(svar="nej", tekst="Der mangler\r\nen adresse."), follow=True)
        reply = Reply.objects.get()
        assert (reply.page, reply.helpful, reply.text) == (PAGE, False, "Der mangler\nen adresse.")
        assert reply.day == timezone.localdate()
        assert {field.name for field in Reply._meta.get_fields()} == {"id", "page", "helpful", "text", "day"}
        assert "Tak for dit svar" in response.content.decode()
        assert f'href="{PAGE}"' in response.content.decode()
        assert not client.cookies

    def test_yes_alone_is_enough(self, client: Client) -> None:
        client.post("/feedback/", fields(tekst=""))
        assert Reply.objects.get().helpful

    def test_neither_yes_nor_no_is_asked_for_again_with_the_text_still_there(self, client: Client) -> None:
        response = client.post("/feedback/", fields(svar=""))
        page = response.content.decode()
        assert response.status_code == 400
        assert "Vælg ja eller nej." in page
        assert "Klart og tydeligt." in page
        assert not Reply.objects.exists()

    def test_a_text_with_a_cpr_number_is_refused_and_not_kept(self, client: Client) -> None:
        response = client.post("/feedback/", fields(tekst="Det handler om 010190-1234."))
        assert response.status_code == 400
        assert "CPR-nummer" in response.content.decode()
        assert "Intet er gemt" in response.content.decode()
        assert not Reply.objects.exists()

    def test_a_text_that_is_too_long_is_refused(self, client: Client) -> None:
        assert client.post("/feedback/", fields(tekst="x" * 2001)).status_code == 400
        assert client.post("/feedback/", fields(tekst="x\r\n" * 1000)).status_code == 302

    def test_what_is_written_is_shown_as_text(self, client: Client) -> None:
        page = client.post("/feedback/", fields(svar="", tekst="</textarea><script>x</script>")).content.decode()
        assert "<script>x" not in page


@pytest.mark.usefixtures("content")
class TestMachines:
    def test_whoever_fills_in_the_hidden_field_is_thanked_and_forgotten(self, client: Client) -> None:
        assert client.post("/feedback/", fields(hjemmeside="https://ond.dk")).status_code == 302
        assert not Reply.objects.exists()

    def test_whoever_answers_at_once_is_asked_to_try_again_and_then_heard(self, client: Client) -> None:
        hasty = fields(age=0)
        response = client.post("/feedback/", hasty)
        assert response.status_code == 400
        assert f'value="{hasty["kvittering"]}"' in response.content.decode()
        assert not Reply.objects.exists()
        assert client.post("/feedback/", fields(age=4)).status_code == 302

    @pytest.mark.parametrize(
        "changes", [{"kvittering": ""}, {"kvittering": f"{PAGE}:1:forged"}, {"side": "/begreber/handleplan/"}]
    )
    def test_a_form_that_we_did_not_hand_out_for_this_page_is_refused(
        self, client: Client, changes: dict[str, str]
    ) -> None:
        assert client.post("/feedback/", fields() | changes).status_code == 400
        assert not Reply.objects.exists()

    def test_a_form_from_yesterday_keeps_its_text_and_can_be_sent_again(self, client: Client) -> None:
        page = client.post("/feedback/", fields(age=25 * 3600)).content.decode()
        assert "Klart og tydeligt." in page
        assert not Reply.objects.exists()

    def test_another_site_cannot_send_the_form(self, client: Client) -> None:
        response = client.post("/feedback/", fields(), headers={"sec-fetch-site": "cross-site"})
        assert response.status_code == 403
        assert not Reply.objects.exists()

    def test_one_sender_can_write_only_so_often_and_another_still_can(self, client: Client) -> None:
        sent = [client.post("/feedback/", fields()).status_code for _ in range(MOST_PER_SENDER + 1)]
        assert sent == [302] * MOST_PER_SENDER + [429]
        assert Reply.objects.count() == MOST_PER_SENDER
        assert client.post("/feedback/", fields(), REMOTE_ADDR="192.0.2.7").status_code == 302

    def test_all_addresses_of_one_household_count_as_one(self, client: Client) -> None:
        addresses = [f"2001:db8:1:2::{number}" for number in range(MOST_PER_SENDER + 1)]
        sent = [client.post("/feedback/", fields(), REMOTE_ADDR=address).status_code for address in addresses]
        assert sent[-1] == 429

    def test_there_is_an_end_to_what_one_day_can_fill(self, client: Client) -> None:
        Reply.objects.bulk_create(Reply(page=PAGE, helpful=True) for _ in range(MOST_PER_DAY))
        assert client.post("/feedback/", fields()).status_code == 429


@pytest.mark.usefixtures("content")
class TestKeeping:
    @pytest.fixture
    def old(self) -> list[Reply]:
        """One on its last day, one past it."""
        today = timezone.localdate()
        return [
            Reply.objects.create(page=PAGE, helpful=True, day=today - timedelta(days=KEPT_DAYS + more))
            for more in (0, 1)
        ]

    def test_replies_are_deleted_after_half_a_year(self, old: list[Reply], capsys: pytest.CaptureFixture[str]) -> None:
        call_command("prune_feedback")
        assert list(Reply.objects.all()) == old[:1]
        assert capsys.readouterr().out == "Replies deleted: 1\n"

    def test_a_new_reply_sweeps_out_the_old_ones_too(self, client: Client, old: list[Reply]) -> None:
        client.post("/feedback/", fields())
        assert old[1] not in Reply.objects.all()
        assert Reply.objects.count() == 2

    def test_the_privacy_page_tells_what_is_kept_and_for_how_long(self, client: Client) -> None:
        page = client.get("/om/privatliv/").content.decode()
        assert f"efter {KEPT_DAYS} dage slettes det" in page


def test_the_form_knows_every_record(content: None, client: Client) -> None:
    addresses = Record.objects.values_list("address", flat=True)
    assert [address for address in addresses if client.get("/feedback/", {"side": address}).status_code != 200] == []
