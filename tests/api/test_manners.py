"""How the API behaves: refusals in Danish, caching, no cookies, open to other sites."""

import pytest
from django.test import Client

from content.models import ContentVersion
from search.engines.base import IndexUnusable
from tests.api.asking import ROOT, ask

pytestmark = pytest.mark.usefixtures("content")

LISTS = ["/themes", "/guidelines", "/instructions", "/sources", "/search"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("question", "parameter", "message"),
    [
        ("limit=-1", "limit", "skal være mindst 1"),
        ("limit=0", "limit", "skal være mindst 1"),
        ("limit=x", "limit", "skal være et helt tal"),
        ("limit=1.5", "limit", "skal være et helt tal"),
        ("limit=501", "limit", "må højst være"),
        (f"limit={'9' * 5000}", "limit", ""),
        ("limit=%00", "limit", "skal være et helt tal"),
        ("offset=-1", "offset", "skal være mindst 0"),
        ("offset=99999999999999999999", "offset", "må højst være 1000000"),
    ],
)
def test_a_number_that_cannot_be_is_refused_with_the_reason(
    path: str, question: str, parameter: str, message: str
) -> None:
    refusal = ask(f"{path}?{question}", status=422)

    assert refusal["error"] == "Et parameter har en værdi, der ikke kan bruges."
    [problem] = refusal["problems"]
    assert problem["parameter"] == parameter
    assert message in problem["message"]


@pytest.mark.parametrize(
    "question", ["q=" + "a" * 10_000, "q=%00%1b", "q=%ff%fe", "tema=%00", "aktoer=" + "x" * 10_000]
)
def test_any_text_is_a_safe_question(question: str) -> None:
    for path in ("/instructions", "/search"):
        assert ask(f"{path}?{question}")["count"] >= 0


@pytest.mark.parametrize(
    "address",
    [
        "/findes-ikke",
        "/guidelines/",
        "/guidelines/findes-ikke",
        "/guidelines/a%00b",
        "/guidelines/bolig/fastholdelse",
        "/principles/7'",
        "/actors/%ff",
        "/acts/findes-ikke",
        "/provisions/serviceloven/9999",
        "/provisions/findes-ikke/110",
        "/glossary/" + "x" * 5000,
        "/resources/<script>",
        "/situations/findes-ikke",
        "/sources/findes-ikke",
    ],
)
def test_what_does_not_exist_is_refused_in_danish(address: str) -> None:
    assert ask(address, status=404)["error"].startswith("Det findes ikke.")


@pytest.mark.parametrize("path", ["/", "/guidelines", "/search", "/findes-ikke", "/openapi.json"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(path: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{ROOT}{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response.json() == {"error": "Data kan kun læses: brug GET."}


@pytest.mark.parametrize("path", ["/", "/guidelines", "/instructions", "/search?q=bolig", "/openapi.json", "/docs"])
def test_who_has_the_newest_answer_is_not_sent_it_again(path: str) -> None:
    client = Client()
    first = client.get(f"{ROOT}{path}")
    again = client.get(f"{ROOT}{path}", headers={"if-none-match": first["ETag"]})

    assert first.status_code == 200
    assert (again.status_code, again.content) == (304, b"")


def test_a_change_of_the_content_is_a_new_answer() -> None:
    before = Client().get(f"{ROOT}/")
    ContentVersion.increment()
    after = Client().get(f"{ROOT}/")

    assert after["ETag"] != before["ETag"]
    assert after.json()["content_version"] == before.json()["content_version"] + 1


@pytest.mark.parametrize("path", ["/", "/guidelines", "/search?q=bolig", "/openapi.json", "/docs", "/findes-ikke"])
def test_a_reader_gets_no_cookie(path: str) -> None:
    response = Client().get(f"{ROOT}{path}")

    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("path", ["/", "/guidelines", "/search?limit=x", "/openapi.json", "/findes-ikke"])
def test_scripts_of_other_sites_may_read(path: str) -> None:
    client = Client()
    for _ in ("made", "from the page cache"):
        response = client.get(f"{ROOT}{path}")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("path", ["/", "/guidelines", "/openapi.json", "/docs"])
def test_the_head_of_an_answer_can_be_asked_for(path: str) -> None:
    response = Client().head(f"{ROOT}{path}")

    assert (response.status_code, response.content) == (200, b"")


def test_the_address_without_its_slash_leads_to_the_root() -> None:
    assert Client().get(ROOT)["Location"] == f"{ROOT}/"


def test_an_index_that_cannot_be_used_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def unusable() -> None:
        raise IndexUnusable("the disk is full")

    monkeypatch.setattr("api.endpoints.search.usable_snapshot", unusable)
    response = Client().get(f"{ROOT}/search?q=bolig")

    assert response.status_code == 503
    assert response.json() == {"error": "Søgningen er ikke klar endnu. Prøv igen om lidt."}
    assert response["Cache-Control"] == "no-store"


def test_a_fault_of_ours_is_said_in_json_without_its_details(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("api.endpoints.search.usable_snapshot", broken)
    response = Client().get(f"{ROOT}/search?q=bolig")

    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    assert response.json()["error"].startswith("Noget gik galt hos os.")
