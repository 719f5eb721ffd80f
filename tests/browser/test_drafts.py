"""Drafts in a real browser: what is typed outlives a lost session, and the pages of the review are for everybody."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import EDITOR, PASSWORD

pytestmark = pytest.mark.browser

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
ADD = "/admin/library/glossaryterm/add/"


def sign_in(page: Page, address: str) -> None:
    page.goto(f"/admin/login/?next={address}")
    page.fill("input[name=login]", EDITOR)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"**{address}")


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{item['id']}: {item['nodes'][0]['target']}" for item in result["violations"]]


def save(page: Page) -> None:
    page.get_by_role("button", name="Gem kladde").click()
    expect(page.locator(".messagelist .draft-saved")).to_be_visible()


def test_what_is_typed_is_put_aside_and_offered_at_the_next_opening(editor_page: Page) -> None:
    editor_page.goto(ADD)
    editor_page.fill("#id_title", "Lagt til side")
    expect(editor_page.locator(".autosave-note")).to_contain_text("lagt til side")
    editor_page.goto(ADD)
    editor_page.get_by_role("link", name="Gendan").click()
    expect(editor_page.locator("#id_title")).to_have_value("Lagt til side")
    save(editor_page)
    editor_page.goto(ADD)
    expect(editor_page.locator("[data-autosaved]")).to_have_count(0)


def test_what_is_typed_after_the_session_is_lost_comes_back(editor_page: Page) -> None:
    editor_page.goto(ADD)
    editor_page.context.clear_cookies()
    editor_page.fill("#id_title", "Skrevet uden session")
    expect(editor_page.locator(".autosave-note")).to_contain_text("gemt her i browseren")
    sign_in(editor_page, ADD)
    editor_page.get_by_role("button", name="Gendan").click()
    expect(editor_page.locator("#id_title")).to_have_value("Skrevet uden session")
    save(editor_page)
    editor_page.goto(ADD)
    expect(editor_page.get_by_role("button", name="Gendan")).to_have_count(0)


def test_a_save_that_does_not_come_through_loses_nothing(editor_page: Page) -> None:
    editor_page.goto(ADD)
    editor_page.fill("#id_title", "Gemt for sent")
    editor_page.context.clear_cookies()
    editor_page.get_by_role("button", name="Gem kladde").click()
    editor_page.wait_for_load_state()
    sign_in(editor_page, ADD)
    editor_page.get_by_role("button", name="Gendan").click()
    expect(editor_page.locator("#id_title")).to_have_value("Gemt for sent")


def test_what_is_offered_can_be_thrown_away(editor_page: Page) -> None:
    editor_page.goto("/admin/library/source/add/")
    editor_page.fill("#id_title", "Kasseres")
    expect(editor_page.locator(".autosave-note")).to_contain_text("lagt til side")
    editor_page.reload()
    editor_page.locator("[data-drop]").click()
    expect(editor_page.locator("[data-autosaved]")).to_have_count(0)
    editor_page.reload()
    expect(editor_page.locator("[data-autosaved]")).to_have_count(0)


def test_the_pages_of_a_draft_are_accessible_and_fit_a_small_phone(editor_page: Page) -> None:
    editor_page.goto(ADD)
    editor_page.fill("#id_title", "Et ord under gennemsyn")
    editor_page.fill("#id_body", "Se [[findes-ikke]] og en sætning mere.")
    save(editor_page)
    form = editor_page.url
    editor_page.get_by_role("link", name="Gennemsyn", exact=True).click()
    expect(editor_page).not_to_have_url(form)
    for address in (editor_page.url, form):
        editor_page.goto(address, wait_until="networkidle")
        assert violations(editor_page) == []
        editor_page.set_viewport_size({"width": 320, "height": 740})
        assert editor_page.evaluate("document.documentElement.scrollWidth") <= 320
        editor_page.set_viewport_size({"width": 1280, "height": 800})
