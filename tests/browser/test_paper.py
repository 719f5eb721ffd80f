"""Pages on paper: the text, where its links lead, and badges that black ink can tell apart."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

GUIDELINE = "/retningslinjer/boligindsatser/boligfastholdelse/"


@pytest.fixture
def paper(page: Page) -> Page:
    """A guideline as it is printed on A4."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    page.goto(GUIDELINE)
    return page


def test_the_address_of_a_link_stands_behind_it(paper: Page) -> None:
    behind = paper.locator("main .text a[href^=http]").evaluate_all(
        "links => links.map(link => [link.getAttribute('href'), getComputedStyle(link, '::after').content])"
    )
    assert behind
    assert all(address in shown or "attr(href)" in shown for address, shown in behind), behind


def test_where_and_what_it_was_printed_from_stands_at_the_end(paper: Page, page: Page) -> None:
    assert GUIDELINE in paper.locator(".print-only").last.inner_text()


def test_nothing_that_only_a_screen_can_use_is_printed(paper: Page) -> None:
    for selector in ("header .find", ".menu", ".toc", ".jumpbar", ".site-footer", ".copy", ".helpful", ".neighbours"):
        assert paper.locator(selector).count(), selector
        assert not paper.locator(selector).first.is_visible(), selector


def test_badges_can_be_told_apart_without_colour(paper: Page) -> None:
    looks = {
        word: paper.locator(f".instruction .ob.{word}").first.evaluate(
            """badge => {
                const style = getComputedStyle(badge);
                return [badge.innerText, style.backgroundColor, style.borderTopStyle, style.printColorAdjust].join();
            }"""
        )
        for word in ("skal", "boer", "kan")
    }
    assert len(set(looks.values())) == 3
    assert all(look.endswith("exact") for look in looks.values()), looks
