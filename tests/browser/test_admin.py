"""An editor at work in a real browser, under the content security policy, by keyboard and on a phone."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
LISTS = (
    "guidelines/guideline",
    "guidelines/instruction/?lovgrundlag=aldrig",
    "library/source",
    "feedback/reply",
    "search/synonym",
    "search/searchcount",
)
FORMS = ("guidelines/guideline", "guidelines/situation", "library/act", "library/resource", "search/synonym")


@pytest.fixture
def complaints(editor_page: Page) -> list[str]:
    """What the browser has to say against the pages, the policy's refusals among it."""
    found: list[str] = []
    editor_page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    editor_page.on("pageerror", lambda error: found.append(str(error)))
    return found


def open_first(page: Page, kind: str) -> None:
    page.goto(f"/admin/{kind}/")
    page.locator("#result_list tbody a").first.click()
    page.wait_for_load_state("networkidle")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{item['id']}: {item['nodes'][0]['target']}" for item in result["violations"]]


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_is_quiet_under_the_policy_and_accessible(editor_page: Page, complaints: list[str], kind: str) -> None:
    open_first(editor_page, kind)
    assert complaints == []
    assert violations(editor_page) == []


@pytest.mark.parametrize("address", ["", *LISTS])
def test_a_list_is_quiet_under_the_policy_and_accessible(
    editor_page: Page, complaints: list[str], address: str
) -> None:
    editor_page.goto(f"/admin/{address}", wait_until="networkidle")
    assert complaints == []
    assert violations(editor_page) == []


def test_the_sign_in_page_is_accessible(page: Page) -> None:
    page.goto("/admin/login/")
    assert violations(page) == []


@pytest.mark.parametrize("kind", FORMS)
def test_nothing_sticks_out_sideways_on_a_small_phone(editor_page: Page, kind: str) -> None:
    editor_page.set_viewport_size({"width": 360, "height": 740})
    open_first(editor_page, kind)
    assert editor_page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_preview_follows_the_typing_and_names_what_is_wrong(editor_page: Page) -> None:
    editor_page.goto("/admin/library/glossaryterm/add/")
    editor_page.locator("#id_body").fill("Hjælp efter serviceloven § 110 og [[ukendt-navn]].")
    preview = editor_page.frame_locator(".preview-frame")
    expect(preview.locator("a.citation")).to_have_attribute("href", "/love/serviceloven/110/")
    expect(editor_page.locator(".editor-problems")).to_contain_text("linje 1: [[ukendt-navn]]")


def test_a_guideline_is_previewed_with_its_badges(editor_page: Page) -> None:
    open_first(editor_page, "guidelines/guideline")
    preview = editor_page.frame_locator(".preview-frame")
    expect(preview.locator(".instruction").first).to_be_visible()
    expect(preview.locator(".instruction .ob")).to_have_count(preview.locator(".instruction").count())


def test_the_tab_key_leaves_the_editor(editor_page: Page) -> None:
    editor_page.goto("/admin/library/glossaryterm/add/")
    editor = editor_page.locator("#id_body")
    editor.fill("Tekst")
    editor.press("Tab")
    expect(editor).not_to_be_focused()
    expect(editor).to_have_value("Tekst")


def test_a_provision_is_added_in_a_new_row(editor_page: Page) -> None:
    editor_page.goto("/admin/library/act/add/")
    editor_page.fill("#id_title", "Bekendtgørelse af prøveloven")
    editor_page.fill("#id_short_title", "prøveloven")
    editor_page.fill("#id_aliases", "prøveloven\nprøvelovens")
    editor_page.fill("#id_url", "https://www.retsinformation.dk/eli/lta/2026/1")
    editor_page.get_by_role("button", name="Tilføj paragraf").click()
    row = editor_page.locator("[data-rows=provisions] .row").last
    row.get_by_label("§").fill("1")
    row.get_by_label("overskrift").fill("Formål")
    row.get_by_label("indhold i kort form").fill("At prøve.")
    editor_page.fill("#id_public_note", "Loven er ny her.")
    editor_page.get_by_label("mindre").check()
    editor_page.get_by_role("button", name="Send til godkendelse").click()
    editor_page.get_by_role("button", name="Godkend og offentliggør").click()
    expect(editor_page.locator(".messagelist .success")).to_have_text("Teksten er offentliggjort.")
    editor_page.goto("/love/proeveloven/1/")
    expect(editor_page.locator("h1")).to_contain_text("Formål")
