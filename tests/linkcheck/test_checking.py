"""manage.py check_links: which addresses are asked for and when, what is remembered, and what editors see of it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from content.loader import load
from linkcheck.asking import Asker, Pace
from linkcheck.checking import OfflineError, check
from linkcheck.collecting import addresses_in, holders
from linkcheck.dead import dead_links
from linkcheck.management.commands.check_links import Command
from linkcheck.models import ExternalLink
from tests.content.trees import ACT, FILES, GUIDELINE, RESOURCE, SOURCE, TERM, write_tree
from tests.editorial.admin_form import editor_client
from tests.linkcheck.server import Server, running

pytestmark = pytest.mark.django_db(transaction=False)

WEEK = timedelta(days=7)
NEVER = timedelta(0)


@pytest.fixture
def statuses() -> dict[str, int]:
    """What the pages answer, to be changed on the way."""
    return {"/doed": 404}


@pytest.fixture
def server(statuses: dict[str, int]) -> Iterator[Server]:
    with running(statuses) as server:
        yield server


@pytest.fixture
def texts(no_content: None, tmp_path: Path, server: Server) -> None:
    """The small tree, whose texts lead to the server: three pages that are there and one that is not."""
    here = server.url
    changed = {
        SOURCE: FILES[SOURCE].replace("https://example.org/rapport", f"{here}/rapport"),
        ACT: FILES[ACT].replace("https://example.org/eli/lta/2026/1", f"{here}/lov"),
        RESOURCE: FILES[RESOURCE].replace("Metoden bruges.", f"Se [mere]({here}/side#afsnit) og <{here}/doed>."),
        TERM: f"{FILES[TERM]}\n## Mere\n\n[Det samme]({here}/doed)\n",
        GUIDELINE: FILES[GUIDELINE].replace("Et opkald", f"[Et]({here}/side) opkald"),
    }
    load(write_tree(tmp_path, changed=changed))


def asker() -> Asker:
    return Asker(Pace(0), 5, guard=lambda number: True)


class NearCommand(Command):
    """The command as it would be on a machine whose web is the tests' server."""

    def asker(self, delay: float, timeout: float) -> Asker:
        return asker()


def titles(url: str) -> set[str]:
    return {record.title for record in holders()[url]}


@pytest.mark.usefixtures("texts")
def test_every_address_is_found_with_all_that_hold_it(server: Server) -> None:
    assert set(holders()) == {f"{server.url}/{name}" for name in ("rapport", "lov", "side", "doed")}
    assert titles(f"{server.url}/doed") == {"Metoden", "Herberg"}
    assert titles(f"{server.url}/side") == {"Metoden", "Hold boligen"}


def test_links_within_the_site_and_to_mail_are_none_of_the_web() -> None:
    html = '<a href="/love/">a</a> <a href="mailto:a@b.dk">b</a> <a href="https://a.dk/?b=1&amp;c=2">c</a> http://d.dk'
    assert addresses_in(html) == ["https://a.dk/?b=1&c=2"]


@pytest.mark.usefixtures("texts")
def test_an_address_is_asked_for_once_however_often_it_stands(server: Server) -> None:
    assert check(asker(), WEEK) == {"asked": 4, "works": 3, "dead": 1}
    assert sorted(server.paths("HEAD")) == ["/doed", "/lov", "/rapport", "/side"]


@pytest.mark.usefixtures("texts")
def test_what_was_asked_for_lately_is_left_in_peace(server: Server) -> None:
    check(asker(), WEEK)
    server.asked.clear()
    ExternalLink.objects.filter(url__endswith="/lov").update(checked_at=timezone.now() - 2 * WEEK)
    assert check(asker(), WEEK)["asked"] == 1
    assert server.paths("HEAD") == ["/lov"]


@pytest.mark.usefixtures("texts")
def test_a_dead_link_keeps_the_day_it_died_until_it_works_again(server: Server, statuses: dict[str, int]) -> None:
    check(asker(), NEVER)
    died = timezone.now() - timedelta(days=30)
    ExternalLink.objects.filter(url__endswith="/doed").update(dead_since=died)
    for status, since in ((404, died), (503, died), (410, died), (200, None)):
        statuses["/doed"] = status
        check(asker(), NEVER)
        assert ExternalLink.objects.get(url__endswith="/doed").dead_since == since


@pytest.mark.usefixtures("texts")
def test_editors_are_told_which_texts_to_mend(server: Server) -> None:
    check(asker(), WEEK)
    link = dead_links()[0]
    assert (link.url, {record.title for record in link.records}) == (f"{server.url}/doed", {"Metoden", "Herberg"})
    page = editor_client().get(reverse("admin:linkcheck_externallink_changelist")).content.decode()
    assert f"{server.url}/doed" in page
    assert f"{server.url}/lov" not in page
    assert "Metoden" in page
    assert "Siden findes ikke længere." in page


@pytest.mark.usefixtures("texts")
def test_the_other_lists_show_what_else_was_found(server: Server, statuses: dict[str, int]) -> None:
    statuses["/lov"] = 403
    check(asker(), WEEK)
    client, address = editor_client(), reverse("admin:linkcheck_externallink_changelist")
    assert f"{server.url}/lov" in client.get(f"{address}?tilstand=usikre").content.decode()
    assert f"{server.url}/rapport" in client.get(f"{address}?tilstand=alle").content.decode()
    assert f"{server.url}/rapport" not in client.get(f"{address}?tilstand=flyttet").content.decode()


@pytest.mark.usefixtures("texts")
def test_a_dead_link_that_no_text_holds_any_more_is_forgotten(server: Server, tmp_path: Path) -> None:
    check(asker(), WEEK)
    load(write_tree(tmp_path))
    assert dead_links() == []
    load(write_tree(tmp_path, changed={RESOURCE: FILES[RESOURCE].replace("bruges", f"[bruges]({server.url}/side)")}))
    check(asker(), WEEK)
    assert not ExternalLink.objects.filter(url__endswith="/doed").exists()


@pytest.mark.usefixtures("texts")
def test_a_machine_that_is_cut_off_calls_no_link_dead(server: Server) -> None:
    check(asker(), WEEK)
    before = list(ExternalLink.objects.order_by("url").values())
    unreachable = Asker(Pace(0), 5, guard=lambda number: False)
    with pytest.raises(OfflineError):
        check(unreachable, NEVER)
    assert list(ExternalLink.objects.order_by("url").values()) == before


@pytest.mark.usefixtures("texts")
def test_the_command_lists_what_is_dead_and_where_it_stands(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    call_command(NearCommand(), "--max-age=1")
    said = capsys.readouterr().out
    assert f"{server.url}/doed\n    Siden findes ikke længere. Siden " in said
    assert "Står i: " in said
    assert "4 addresses asked for; of all: 3 works, 1 dead, 0 unsure" in said


@pytest.mark.usefixtures("texts")
def test_the_command_itself_asks_no_machine_of_ours(server: Server) -> None:
    with pytest.raises(CommandError, match="No server could be reached"):
        call_command("check_links", "--delay=0", "--timeout=2")
    assert server.asked == []


@pytest.mark.usefixtures("content")
def test_strangers_do_not_see_the_list() -> None:
    response = Client().get(reverse("admin:linkcheck_externallink_changelist"))
    assert response.status_code == 302
