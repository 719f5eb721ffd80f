"""What the web may answer, and what editors are told of it."""

import socket
from collections.abc import Iterator

import pytest

from linkcheck.asking import Asker, Finding, Pace
from linkcheck.connecting import is_public
from linkcheck.models import Outcome
from tests.linkcheck.server import Server, running


@pytest.fixture(scope="module")
def web() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def server(web: Server) -> Server:
    web.asked.clear()
    return web


def ask(url: str, timeout: float = 5) -> Finding:
    return Asker(Pace(0), timeout, guard=lambda number: True).ask(url)


def test_a_page_that_is_there_works_and_only_its_head_is_asked_for(server: Server) -> None:
    assert ask(f"{server.url}/side?q=æ ø") == Finding(Outcome.WORKS, "Svarer.", 200)
    assert [(method, path) for method, path, _ in server.asked] == [("HEAD", "/side?q=%C3%A6%20%C3%B8")]
    assert "Hjemvej" in server.asked[0][2]


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_dead(server: Server, status: int) -> None:
    finding = ask(f"{server.url}/{status}")
    assert (finding.outcome, finding.status) == (Outcome.DEAD, status)


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_what_may_be_passing_or_meant_for_programs_is_unsure(server: Server, status: int) -> None:
    finding = ask(f"{server.url}/{status}")
    assert (finding.outcome, finding.status) == (Outcome.UNSURE, status)


@pytest.mark.parametrize("path", ["/kun-get", "/hoved-404"])
def test_a_server_that_does_not_like_the_question_is_asked_in_full(server: Server, path: str) -> None:
    assert ask(server.url + path).outcome == Outcome.WORKS
    assert server.paths("GET") == [path]


def test_an_error_that_passes_is_none(server: Server) -> None:
    assert ask(f"{server.url}/forbigaaende").outcome == Outcome.WORKS


def test_a_chain_of_redirects_is_followed_to_its_end(server: Server) -> None:
    assert ask(f"{server.url}/kaede/3") == Finding(Outcome.WORKS, "Svarer.", 200, f"{server.url}/maal")


def test_a_redirect_to_a_page_that_is_gone_is_dead(server: Server) -> None:
    finding = ask(f"{server.url}/til/{server.url}/404")
    assert (finding.outcome, finding.final_url) == (Outcome.DEAD, f"{server.url}/404")


def test_redirects_in_a_circle_or_without_end_are_noticed(server: Server) -> None:
    assert "i ring" in ask(f"{server.url}/ring").text
    assert "for mange gange" in ask(f"{server.url}/uendelig/1").text


def test_a_server_that_keeps_silent_is_unsure(server: Server) -> None:
    finding = ask(f"{server.url}/haenger", timeout=0.05)
    assert (finding.outcome, finding.reached) == (Outcome.UNSURE, False)
    assert "ikke inden for rimelig tid" in finding.text


def test_a_connection_that_breaks_off_is_unsure(server: Server) -> None:
    assert ask(f"{server.url}/afbrudt").outcome == Outcome.UNSURE


def test_a_server_that_refuses_is_dead() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        finding = ask(f"http://127.0.0.1:{reserved.getsockname()[1]}/")
    assert (finding.outcome, finding.text) == (Outcome.DEAD, "Serveren tager ikke imod.")


def test_a_server_that_cannot_speak_safely_is_not_trusted(server: Server) -> None:
    assert "TLS" in ask(server.url.replace("http:", "https:")).text


def test_a_name_that_nobody_has_is_dead() -> None:
    finding = ask("https://findes-ikke.invalid/")
    assert (finding.outcome, finding.reached) == (Outcome.DEAD, False)


@pytest.mark.parametrize(
    "url", ["http://", "https://[::1", "http://a:b/", "http://a..dk/", "http://127.0.0.1:99999/", "ftp://a.dk/"]
)
def test_what_is_no_address_of_a_page_is_dead(url: str) -> None:
    assert ask(url) == Finding(Outcome.DEAD, "Er ikke en gyldig webadresse.")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f000001"])
def test_our_own_machines_are_not_asked_whatever_they_are_called(server: Server, host: str) -> None:
    port = server.url.rpartition(":")[2]
    finding = Asker(Pace(0), 2).ask(f"http://{host}:{port}/")
    assert finding.outcome == Outcome.DEAD
    assert server.asked == []


def test_a_redirect_leads_no_more_into_our_network_than_an_address(server: Server) -> None:
    other = "http://10.0.0.1/hemmelig"
    asker = Asker(Pace(0), 2, guard=lambda number: number == "127.0.0.1" or is_public(number))
    assert "ikke er offentlig" in asker.ask(f"{server.url}/til/{other}").text


@pytest.mark.parametrize(
    "number",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1%eth0", "fd00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    ],
)
def test_private_numbers_are_known_in_all_their_forms(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["193.163.102.58", "2a01:3f0::1", "::ffff:193.163.102.58", "64:ff9b::c1a3:663a"])
def test_public_numbers_are_public(number: str) -> None:
    assert is_public(number)


def test_a_host_gets_its_peace_and_another_need_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    now: list[float] = [100.0]
    slept: list[float] = []
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    monkeypatch.setattr("time.sleep", slept.append)
    pace = Pace(2)
    for host in ("a.dk", "a.dk", "b.dk", "a.dk"):
        pace.wait(host)
    assert slept == [0, 2, 0, 4]
