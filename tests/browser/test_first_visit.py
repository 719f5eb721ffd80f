"""What somebody meets who has just typed `make run` and opens the address."""

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from scripts import instance
from tests.browser.conftest import EDITOR, Site

pytestmark = pytest.mark.browser


def test_the_first_page_loads_from_this_site_alone_without_errors_or_cookies(
    page: Page, context: BrowserContext, site: Site
) -> None:
    answers: list[Response] = []
    complaints: list[str] = []
    page.on("response", lambda answer: answers.append(answer))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto("/", wait_until="networkidle")

    assert page.locator("h1").count() == 1
    assert {answer.url.startswith(site.url) for answer in answers} == {True}
    assert [answer.url for answer in answers if answer.status >= 400] == []
    assert complaints == []
    assert context.cookies() == []


def test_the_second_start_does_nothing_again(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    instance.prepare(site.env)

    assert capsys.readouterr().out == ""


def test_the_editor_account_opens_the_admin(editor_page: Page) -> None:
    expect(editor_page.locator("#user-tools")).to_contain_text(EDITOR)
