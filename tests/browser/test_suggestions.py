"""Suggestions in the search field, by keyboard and pointer, and the same search without them."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.test_reading import AXE

pytestmark = pytest.mark.browser

FIELD = "#q"


def type_slowly(page: Page, text: str) -> Locator:
    """What somebody types, and the options that come up for all of it."""
    with page.expect_response(lambda response: response.url.endswith(f"/suggest?q={quote(text)}")):
        page.locator(FIELD).press_sequentially(text)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    return options


@pytest.mark.parametrize("address", ["/", "/principper/", "/soeg/", "/soeg/?q=herberg"])
def test_every_search_field_suggests_pages(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(FIELD).fill("")

    options = type_slowly(page, "fogeden")

    assert "Fogeden kommer" in options.first.inner_text()
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="forslag")).to_be_attached()


def test_arrows_choose_and_enter_leads_straight_to_the_page(page: Page) -> None:
    page.goto("/")
    options = type_slowly(page, "hjemloesh")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")

    field = page.locator(FIELD)
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()

    page.keyboard.press("Enter")
    page.wait_for_url("**/begreber/hjemloeshed/")


def test_the_arrows_go_round_past_the_field_itself(page: Page) -> None:
    page.goto("/")
    options = type_slowly(page, "herberg")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")

    page.keyboard.press("ArrowDown")
    expect(page.locator(FIELD)).not_to_have_attribute("aria-activedescendant", re.compile(""))
    expect(page.locator("[aria-selected=true]")).to_have_count(0)


def test_enter_without_a_choice_searches(page: Page) -> None:
    page.goto("/")
    type_slowly(page, "herberg")
    page.keyboard.press("Enter")

    page.wait_for_url("**/soeg/?q=herberg")


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/")
    options = type_slowly(page, "herberg")
    page.keyboard.press("Escape")

    expect(options).to_have_count(0)
    expect(page.locator(FIELD)).to_have_value("herberg")
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "false")


def test_tab_goes_on_and_closes_the_list(page: Page) -> None:
    page.goto("/")
    options = type_slowly(page, "herberg")
    page.keyboard.press("Tab")

    expect(options).to_have_count(0)
    expect(page.get_by_role("button", name="Søg")).to_be_focused()


def test_a_suggestion_can_be_clicked(page: Page) -> None:
    page.goto("/principper/")
    type_slowly(page, "sel 110").first.click()

    page.wait_for_url("**/love/serviceloven/110/")


def test_a_page_is_accessible_with_its_suggestions_open(page: Page) -> None:
    complaints: list[str] = []
    # axe itself tries inline styles, which the policy refuses.
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in ("/", "/principper/"):
        page.goto(address)
        type_slowly(page, "bolig")
        page.keyboard.press("ArrowDown")
        page.evaluate(AXE)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in found["violations"]] == []
    assert complaints == []


def test_on_a_small_phone_the_list_stays_within_the_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/principper/")
    type_slowly(page, "bolig")

    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_where_suggestions_cannot_be_fetched_the_field_searches_as_ever(context: BrowserContext) -> None:
    page = context.new_page()
    page.route("**/api/v1/suggest*", lambda route: route.abort())
    page.goto("/")
    page.locator(FIELD).press_sequentially("herberg")
    page.keyboard.press("Enter")

    page.wait_for_url("**/soeg/?q=herberg")
