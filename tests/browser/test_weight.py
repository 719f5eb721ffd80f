"""What a visit costs over the wire, from the application server, compressed as it is for every browser."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, Request

pytestmark = pytest.mark.browser

FIRST_VISIT = 120_000
LATER_PAGE = 30_000
PAGES = [
    "/",
    "/retningslinjer/boligindsatser/boligfastholdelse/",
    "/soeg/?q=fogeden+kommer",
    "/principper/matrix/",
    "/anvisninger/",
    "/overblik/",
    "/aktoerer/kommunal-myndighed/",
    "/love/serviceloven/110/",
    "/kilder/",
]
# How far what is on the page moved after it was first shown.
SHIFT = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 300);
})"""


@contextmanager
def metered(page: Page) -> Iterator[dict[str, int]]:
    """Address → bytes of all that is fetched meanwhile, headers included."""
    fetched: list[Request] = []

    def note(request: Request) -> None:
        fetched.append(request)

    page.on("requestfinished", note)
    weights: dict[str, int] = {}
    yield weights
    page.remove_listener("requestfinished", note)
    for request in fetched:
        sizes = request.sizes()
        weights[request.url] = sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_light_and_nothing_moves(page: Page, address: str) -> None:
    with metered(page) as weights:
        page.goto(address, wait_until="networkidle")
    assert len(weights) > 5
    assert sum(weights.values()) <= FIRST_VISIT, weights
    assert page.evaluate(SHIFT) == 0


def test_later_pages_are_lighter_still(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/begreber/", wait_until="networkidle")
    for address in PAGES:
        with metered(page) as weights:
            page.goto(address, wait_until="networkidle")
        assert sum(weights.values()) <= LATER_PAGE, (address, weights)
