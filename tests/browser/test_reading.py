"""Every kind of page in a real browser: accessible, never wider than the screen, and of use without script or mouse."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from scripts.console import ROOT
from tests.browser.conftest import Site

pytestmark = pytest.mark.browser

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

# One of each template, and those that filters change most.
PAGES = [
    "/",
    "/retningslinjer/",
    "/retningslinjer/forebyggelse/",
    "/retningslinjer/boligindsatser/boligfastholdelse/",
    "/principper/",
    "/principper/helhedsorienteret-tilgang/?forpligtelse=kan",
    "/principper/matrix/",
    "/aktoerer/",
    "/aktoerer/boformer/",
    "/situationer/",
    "/situationer/fogeden-kommer/",
    "/anvisninger/",
    "/anvisninger/?lov=serviceloven:110&forpligtelse=skal&aktoer=ukendt",
    "/anvisninger/?gruppe=princip&ordning=lov&aktoer=boformer",
    "/overblik/",
    "/love/",
    "/love/serviceloven/",
    "/love/serviceloven/110/",
    "/materialer/",
    "/materialer/housing-first/",
    "/begreber/",
    "/begreber/handleplan/",
    "/kilder/",
    "/kilder/nr-2020/",
    "/nyt/",
    "/nyt/?lov=serviceloven&aktoer=boformer&tema=ukendt",
    "/historik/begreb/handleplan/",
    "/om/",
    "/om/privatliv/",
    "/feedback/?side=/begreber/handleplan/",
    "/feedback/tak/?side=/begreber/handleplan/",
    "/was",
    "/soeg/",
    "/soeg/?q=fogeden+kommer",
    "/soeg/?q=hvem+har+ansvaret+for+en+borger+pa+herbreg",
    "/findes-ikke/",
]
# A small phone, which is also a desk at 400 %, a tablet, and a desk.
WIDTHS = [320, 768, 1280]
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]


@pytest.fixture(scope="module", params=WIDTHS, ids=lambda width: f"{width}px")
def screen(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A page on a screen of one width."""
    context = browser.new_context(
        base_url=site.url, locale="da-DK", viewport={"width": request.param, "height": 800}, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_accessible_and_no_wider_than_the_screen(screen: Page, address: str) -> None:
    width = screen.evaluate("innerWidth")
    screen.set_viewport_size({"width": width, "height": 800})
    screen.goto(address)
    screen.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert screen.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    # In a window as tall as the page, the sticky bar lies over no link and so does not count against its size.
    screen.set_viewport_size({"width": width, "height": screen.evaluate("document.documentElement.scrollHeight")})
    screen.evaluate(AXE)
    for scheme in SCHEMES:
        screen.emulate_media(color_scheme=scheme)
        found = screen.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        violations = [(violation["id"], violation["nodes"][0]["html"][:200]) for violation in found["violations"]]
        assert violations == [], scheme


@pytest.fixture
def plain_page(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone with scripts off."""
    context = browser.new_context(
        base_url=site.url, locale="da-DK", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_the_menu_opens_without_script(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.locator(".menu summary").click()
    plain_page.locator(".menu a", has_text="Aktører").click()
    expect(plain_page).to_have_url(re.compile("/aktoerer/$"))


def test_the_finder_filters_without_script(plain_page: Page) -> None:
    plain_page.goto("/anvisninger/")
    plain_page.locator(".facets > summary").click()
    plain_page.check("input[name=forpligtelse][value=skal]")
    plain_page.locator(".facet > summary", has_text="Hvem").click()
    plain_page.check("input[name=aktoer][value=boformer]")
    plain_page.click("text=Vis anvisninger")
    expect(plain_page).to_have_url(re.compile("forpligtelse=skal&aktoer=boformer"))
    expect(plain_page.locator(".hit")).to_have_count(int(plain_page.inner_text("#antal").split()[0]))


def test_the_bar_at_the_thumb_jumps_to_the_first_of_each_kind(plain_page: Page) -> None:
    plain_page.goto("/retningslinjer/boligindsatser/boligfastholdelse/")
    plain_page.locator(".jumpbar a", has_text="Kan").click()
    expect(plain_page).to_have_url(re.compile("#giv-midlertidig-huslejehjaelp$"))
    expect(plain_page.locator("#giv-midlertidig-huslejehjaelp")).to_be_in_viewport()


def test_a_reference_is_copied_by_keyboard_and_announced(context: BrowserContext, site: Site) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page = context.new_page()
    page.goto("/retningslinjer/boligindsatser/boligfastholdelse/")
    page.locator(".copy").first.press("Enter")
    page.locator("[role=status]", has_text="er kopieret").wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Skal: Tag straks stilling til hjælp, når en lejer sættes ud\n")
    text, place, address = copied.split("\n", 1)[1].rsplit("\n", 2)
    words = page.locator(".instruction .text p").first.inner_text()
    assert " ".join(words.split()) in text
    identifier = r"boligfastholdelse#tag-straks-stilling\S*"
    assert re.fullmatch(rf"Boligfastholdelse, Hjemvej, anvisning {identifier}, læst \d+\. [a-z]+ \d{{4}}", place)
    assert address.startswith("http")
    assert "/retningslinjer/boligindsatser/boligfastholdelse/#tag-straks-stilling" in copied


def test_the_first_press_of_tab_offers_a_way_past_the_header(page: Page) -> None:
    page.goto("/principper/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#indhold$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
