"""The account pages in a real browser: a security key, the content security policy, and everybody's eyes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import EDITOR, PASSWORD, THE_DESK, Site

pytestmark = pytest.mark.browser

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
STRANGERS = ("log-ind/", "lukket/")
OWN = ("", "kodeord/", "app/", "noegler/", "noegler/tilfoej/", "log-ud/", "bekraeft/")
VIEWS = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
# A key is bound to a host's name; an address of numbers has none.
NUMBERS, NAME = "127.0.0.1", "localhost"


@pytest.fixture
def named(browser: Browser, site: Site) -> Iterator[Page]:
    """A page of a new profile at the site by its name, with a security key in the machine."""
    context = browser.new_context(base_url=site.url.replace(NUMBERS, NAME), locale="da-DK")
    context.set_default_timeout(10_000)
    page = context.new_page()
    plug_in_key(page)
    yield page
    context.close()


@pytest.fixture
def account(site: Site, request: pytest.FixtureRequest) -> Iterator[str]:
    """The name of an account of the test's own, with the password of all."""
    name = f"konto{abs(hash(request.node.name))}"
    site.manage("shell", "-c", _MAKE, ACCOUNT=name, PASSWORD=PASSWORD)
    yield name
    site.manage("shell", "-c", _REMOVE, ACCOUNT=name)


_MAKE = """
import os
from django.contrib.auth.models import Permission, User
user = User.objects.create_user(os.environ["ACCOUNT"], password=os.environ["PASSWORD"], is_staff=True)
user.user_permissions.add(Permission.objects.get(codename="view_auditentry"))
"""
_REMOVE = """
import os
from django.contrib.auth.models import User
User.objects.get(username=os.environ["ACCOUNT"]).delete()
"""


def plug_in_key(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})


def sign_in(page: Page, name: str) -> None:
    page.goto("/admin/konto/log-ind/")
    page.get_by_label("Brugernavn eller e-mail").fill(name)
    page.get_by_label("Kodeord").fill(PASSWORD)
    page.get_by_role("button", name="Log ind").click()


def complaints(page: Page) -> list[str]:
    """What the browser has to say against the page, the policy's refusals among it; grows as it comes."""
    found: list[str] = []
    page.on("console", lambda told: found.append(f"{told.text} {told.location}") if told.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{item['id']}: {item['nodes'][0]['target']}" for item in result["violations"]]


def check(page: Page, said: list[str]) -> None:
    """Quiet and accessible, and nothing sticks out, in every width and colour scheme."""
    assert said == [], page.url
    for width, scheme in VIEWS:
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two that there are
        assert violations(page) == [], (page.url, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    # The checker writes styles into the page, which the policy refuses.
    said.clear()


def test_a_security_key_is_added_under_the_policy_and_then_signs_in(named: Page, account: str) -> None:
    said = complaints(named)
    sign_in(named, account)
    named.goto("/admin/konto/noegler/tilfoej/")
    named.get_by_label("Dit kodeord").fill(PASSWORD)
    named.get_by_role("button", name="Bekræft").click()
    named.get_by_label("Navn").fill("Blå nøgle")
    named.get_by_role("button", name="Tilføj nøgle").click()
    expect(named.locator("h1")).to_have_text("Nødkoder")
    named.goto("/admin/konto/noegler/")
    expect(named.locator("main")).to_contain_text("Blå nøgle")

    named.context.clear_cookies()
    sign_in(named, account)
    expect(named.locator("h1")).to_have_text("Andet trin")
    check(named, said)
    named.get_by_role("button", name="Brug sikkerhedsnøgle").click()
    named.wait_for_url(THE_DESK)

    named.goto("/admin/konto/noegler/")
    named.get_by_role("link", name="Fjern").click()
    named.get_by_role("link", name="Brug en sikkerhedsnøgle").click()
    named.get_by_role("button", name="Brug sikkerhedsnøgle").click()
    named.get_by_role("button", name="Fjern").click()
    expect(named.locator("main")).to_contain_text("Ingen endnu")
    assert said == []


def test_another_key_does_not_sign_in(named: Page, account: str, browser: Browser) -> None:
    sign_in(named, account)
    named.goto("/admin/konto/noegler/tilfoej/")
    named.get_by_label("Dit kodeord").fill(PASSWORD)
    named.get_by_role("button", name="Bekræft").click()
    named.get_by_role("button", name="Tilføj nøgle").click()
    expect(named.locator("h1")).to_have_text("Nødkoder")
    other = browser.new_context(base_url=named.url.split("/admin")[0]).new_page()
    plug_in_key(other)
    sign_in(other, account)
    other.get_by_role("button", name="Brug sikkerhedsnøgle").click()
    expect(other.get_by_role("alert")).to_contain_text("Nøglen blev ikke læst")
    other.goto("/admin/")
    assert "/admin/konto/log-ind/" in other.url
    other.context.close()


def test_the_pages_before_signing_in_are_accessible_and_quiet(page: Page) -> None:
    said = complaints(page)
    for path in STRANGERS:
        page.goto(f"/admin/konto/{path}")
        check(page, said)


def test_the_pages_of_an_account_are_accessible_and_quiet(editor_page: Page) -> None:
    said = complaints(editor_page)
    editor_page.goto("/admin/konto/bekraeft/?next=/admin/konto/")
    editor_page.get_by_label("Dit kodeord").fill(PASSWORD)
    editor_page.get_by_role("button", name="Bekræft").click()
    for path in OWN:
        editor_page.goto(f"/admin/konto/{path}")
        check(editor_page, said)


def test_the_audit_log_is_accessible_and_quiet(page: Page, account: str) -> None:
    said = complaints(page)
    sign_in(page, account)
    for width, scheme in VIEWS:
        # Before the page is there: the admin's links take a moment to change colour.
        page.set_viewport_size({"width": width, "height": 740})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two that there are
        page.goto("/admin/accounts/auditentry/", wait_until="networkidle")
        expect(page.locator("#result_list")).to_contain_text(account)
        assert said == []
        assert violations(page) == [], (width, scheme)
        said.clear()


def test_a_form_sent_back_names_what_is_wrong_and_leads_to_it(page: Page) -> None:
    said = complaints(page)
    page.goto("/admin/konto/log-ind/")
    page.get_by_label("Brugernavn eller e-mail").fill(EDITOR)
    page.get_by_label("Kodeord").fill("forkert")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Brugernavnet eller kodeordet er forkert.")
    assert page.title().startswith("Ret: ")
    expect(page.get_by_label("Kodeord")).to_have_value("")
    check(page, said)


def test_one_signs_in_without_javascript(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, EDITOR)
    expect(page.locator("#site-name")).to_be_visible()
    page.get_by_role("button", name="Log ud").click()
    expect(page.locator("h1")).to_have_text("Log ind")
    context.close()
