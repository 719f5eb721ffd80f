"""The site without a mouse: every walk below is made of key presses alone, and one sees where one is all the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EDITOR, PASSWORD, THE_DESK

pytestmark = pytest.mark.browser

MOST_STOPS = 400
# Where the focus is: whether it can be seen (its outline, and nothing lying over it), and a name for messages.
STOP = """() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    // The first line of a link that runs over several.
    const box = element.getClientRects()[0];
    const over = document.elementFromPoint(box.x + Math.min(box.width, 20) / 2, box.y + Math.min(box.height, 20) / 2);
    return {
        name: element.outerHTML.slice(0, 120),
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        covered: over !== null && !element.contains(over) && !over.contains(element),
        nowhere: element === document.body,
    };
}"""


def wait_until(page: Page, expression: str) -> None:
    """Wait until `expression` holds; Playwright's own way evaluates in the page, which its policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"This never became true: {expression}")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until `selector` has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"The Tab key never came to {selector}.")


@pytest.mark.parametrize(
    "address", ["/", "/retningslinjer/boligindsatser/boligfastholdelse/", "/anvisninger/", "/principper/matrix/"]
)
def test_the_focus_is_seen_at_every_stop_and_leaves_the_page_at_its_end(page: Page, address: str) -> None:
    page.goto(address)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["nowhere"]:
            return
        assert stop["outlined"], stop["name"]
        assert not stop["covered"], stop["name"]
    pytest.fail("The focus never left the page.")


def test_searching_and_opening_the_first_hit(page: Page) -> None:
    page.goto("/")
    tab_to(page, "input[type=search]")
    page.keyboard.type("fogeden kommer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/?q=fogeden+kommer")
    tab_to(page, "main :is(.beacon, .hit) a")
    expected = page.evaluate("document.activeElement.pathname")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{expected}*")


def test_filtering_the_instructions(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/anvisninger/")
    tab_to(page, ".facets > summary")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=forpligtelse][value=kan]")
    page.keyboard.press("Space")
    tab_to(page, ".facets button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/anvisninger/?*forpligtelse=kan*")
    count = int(page.inner_text("#antal").split()[0])
    assert count > 0
    expect(page.locator(".hit")).to_have_count(count)
    expect(page.locator(".hit .ob:not(.kan)")).to_have_count(0)


def test_scrolling_the_matrix_and_opening_a_cell(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/principper/matrix/")
    tab_to(page, "[tabindex='0'][role=region]")
    page.keyboard.press("ArrowRight")
    wait_until(page, "document.activeElement.scrollLeft > 0")
    tab_to(page, "td a")
    # The cell says "2 skal, 5 bør".
    count = sum(map(int, re.findall(r"\d+", page.evaluate("document.activeElement.textContent"))))
    page.keyboard.press("Enter")
    page.wait_for_url("**/anvisninger/?*")
    assert int(page.inner_text("#antal").split()[0]) == count


def test_saying_that_a_page_was_of_help(page: Page) -> None:
    page.goto("/begreber/handleplan/")
    tab_to(page, ".helpful a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/feedback/?side=/begreber/handleplan/")
    tab_to(page, "#svar-ja")
    page.keyboard.press("Space")
    tab_to(page, "#tekst")
    page.keyboard.type("Prøve uden mus.")
    # Whoever answers within three seconds is taken for a machine.
    page.wait_for_timeout(4000)
    tab_to(page, "button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/feedback/tak/?*")


def test_signing_in_to_the_admin(page: Page) -> None:
    page.goto("/admin/")
    # The field for the name has the focus as soon as it is there.
    expect(page.locator("[name=login]")).to_be_focused()
    page.keyboard.type(EDITOR)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(THE_DESK)
    assert page.locator("#user-tools").inner_text()
