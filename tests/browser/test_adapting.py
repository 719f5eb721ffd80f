"""Readers who set text, colours and size as they need them: nothing is cut off, lost or told by colour alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_keyboard import wait_until
from tests.browser.test_reading import PAGES

pytestmark = pytest.mark.browser

GUIDELINE = "/retningslinjer/boligindsatser/boligfastholdelse/"
# WCAG 1.4.12.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
# Texts in a box that is too small for them and hides what sticks out.
CUT_OFF = """[...document.querySelectorAll("body *")].filter(element =>
    !element.children.length && element.textContent.trim() && !element.closest(".sr-only")
    && getComputedStyle(element).overflow === "hidden"
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)
).map(element => element.outerHTML.slice(0, 120))"""
# The fingers' targets that do not stand in a sentence.
TARGETS = """[...document.querySelectorAll("main :is(h2, h3, h4, h5) a, summary, .choice, main .button, nav a")]
    .map(element => [element, element.getBoundingClientRect()])
    .filter(([element, box]) => box.width && box.height && box.height < 32 && !element.closest(".wide-only, svg"))
    .map(([element, box]) => `${box.height}: ${element.outerHTML.slice(0, 120)}`)"""


@pytest.fixture(scope="module")
def enlarged(browser: Browser, site: Site) -> Iterator[Page]:
    """What is left of a desk of 1280 × 1024 at 400 %, on which a test may add styles."""
    context = browser.new_context(base_url=site.url, viewport={"width": 320, "height": 256}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_wider_spacing_at_400_percent_cuts_nothing_off(enlarged: Page, address: str) -> None:
    enlarged.goto(address)
    enlarged.add_style_tag(content=SPACING)
    enlarged.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert enlarged.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert enlarged.evaluate(CUT_OFF) == []


def test_nothing_stands_in_the_way_on_a_desk_at_400_percent(enlarged: Page) -> None:
    enlarged.goto(GUIDELINE)
    assert not enlarged.locator(".jumpbar").is_visible()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "address",
    [
        *("/", GUIDELINE, "/anvisninger/", "/aktoerer/boformer/", "/love/serviceloven/110/"),
        "/soeg/?q=hvem+har+ansvaret+for+en+borger+pa+herbreg",
    ],
)
def test_what_a_finger_is_to_hit_is_large_enough(phone: Page, address: str) -> None:
    phone.goto(address)
    phone.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert phone.evaluate(TARGETS) == []


def test_the_way_to_the_contents_unfolds_them(phone: Page) -> None:
    phone.goto(GUIDELINE)
    link = phone.locator(".toc a[href='#hvorfor']")
    assert not link.is_visible()
    phone.tap(".jumpbar a[href='#indholdsliste']")
    link.wait_for(state="visible")
    link.tap()
    expect(phone).to_have_url(re.compile("#hvorfor$"))


def test_the_contents_list_follows_the_reading(page: Page) -> None:
    page.goto(GUIDELINE)
    marked = "[...document.querySelectorAll('.toc a')].find(link => getComputedStyle(link).fontWeight === '600')"
    page.evaluate("document.querySelector('#hvorfor').scrollIntoView()")
    wait_until(page, f"{marked}?.hash === '#hvorfor'")
    page.evaluate("document.querySelector('#giv-midlertidig-huslejehjaelp').scrollIntoView()")
    wait_until(page, f"{marked}?.hash === '#giv-midlertidig-huslejehjaelp'")
    assert page.locator(".toc").bounding_box()["y"] >= 0  # type: ignore[index]  # it is on the page


def test_the_signs_differ_where_the_reader_chooses_the_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto("/principper/matrix/")
    looks = {
        word: page.locator(f".matrix td .pip.{word}").first.evaluate(
            """sign => {
                const style = getComputedStyle(sign);
                return [style.backgroundColor !== getComputedStyle(document.body).backgroundColor,
                        style.borderRadius, style.borderWidth].join();
            }"""
        )
        for word in ("skal", "boer", "kan")
    }
    assert len(set(looks.values())) == 3, looks


def test_nothing_moves_where_the_reader_wants_no_motion(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    for address in ("/", GUIDELINE, "/anvisninger/", "/overblik/"):
        page.goto(address)
        moving = page.evaluate(
            """[...document.querySelectorAll("*")].map(element => getComputedStyle(element)).filter(style =>
                parseFloat(style.transitionDuration) > 0 || style.animationName !== "none"
                || style.scrollBehavior === "smooth").length"""
        )
        assert moving == 0, address
