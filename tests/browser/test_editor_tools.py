"""The tools around the text: the toolbar, the dialog to refer with, what is wrong beside it, and room for them all."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_admin import complaints, violations

__all__ = ["complaints"]  # a fixture

pytestmark = pytest.mark.browser

NEW_GUIDELINE = "/admin/guidelines/guideline/add/"
NEW_TERM = "/admin/library/glossaryterm/add/"


def open_editor(page: Page, address: str, text: str = "") -> Locator:
    """The text field of the form at `address`, holding `text`, with the cursor at its end."""
    page.goto(address)
    editor = page.locator("#id_body")
    editor.fill(text)
    editor.press("ControlOrMeta+End")
    return editor


def tool(page: Page, name: str) -> Locator:
    return page.get_by_role("toolbar").get_by_role("button", name=name, exact=True)


def select(editor: Locator, words: str) -> None:
    start = editor.input_value().index(words)
    editor.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, start + len(words)])


def selection(editor: Locator) -> str:
    return str(editor.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)"))


def test_an_instruction_is_inserted_as_a_block_and_undone(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_GUIDELINE, "## Anvisninger")
    tool(editor_page, "Bør-anvisning").click()
    expect(editor).to_have_value(
        "## Anvisninger\n\n### Bør: Kort bydende titel\nAktører: \nPrincipper: \nKilder: \n\nTekst."
    )
    expect(editor).to_be_focused()
    assert selection(editor) == "Kort bydende titel"
    editor.press("ControlOrMeta+z")
    expect(editor).to_have_value("## Anvisninger")


def test_instructions_are_offered_only_where_they_belong(editor_page: Page) -> None:
    editor_page.goto(NEW_TERM)
    expect(tool(editor_page, "Fed")).to_be_visible()
    expect(tool(editor_page, "Skal-anvisning")).to_have_count(0)


def test_words_become_bold_lines_become_a_list_and_a_table_stands_alone(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_TERM, "Et vigtigt ord")
    select(editor, "vigtigt")
    tool(editor_page, "Fed").click()
    expect(editor).to_have_value("Et **vigtigt** ord")
    editor.fill("Før\nen\nto\nEfter")
    select(editor, "en\nto")
    tool(editor_page, "Liste").click()
    expect(editor).to_have_value("Før\n\n- en\n- to\n\nEfter")
    editor.fill("Før")
    tool(editor_page, "Tabel").click()
    preview = editor_page.frame_locator(".preview-frame")
    expect(preview.locator("table th")).to_have_count(2)


def test_the_toolbar_is_one_stop_for_tab_and_arrows_go_through_it(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_GUIDELINE)
    editor.press("Shift+Tab")
    expect(tool(editor_page, "Skal-anvisning")).to_be_focused()
    editor_page.keyboard.press("ArrowRight")
    expect(tool(editor_page, "Bør-anvisning")).to_be_focused()
    editor_page.keyboard.press("End")
    expect(tool(editor_page, "Billede")).to_be_focused()
    editor_page.keyboard.press("ArrowRight")
    expect(tool(editor_page, "Skal-anvisning")).to_be_focused()
    editor_page.keyboard.press("ArrowLeft")
    editor_page.keyboard.press("Tab")
    expect(editor).to_be_focused()
    editor.press("Shift+Tab")
    expect(tool(editor_page, "Billede")).to_be_focused()


def test_a_text_is_found_and_linked_by_keyboard_alone(editor_page: Page, complaints: list[str]) -> None:
    editor = open_editor(editor_page, NEW_TERM, "Se ")
    tool(editor_page, "Henvisning").focus()
    editor_page.keyboard.press("Enter")
    dialog = editor_page.get_by_role("dialog", name="Henvis til en tekst")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    editor_page.keyboard.type("boligfasth")
    first = dialog.get_by_role("button", name="Boligfastholdelse").first
    expect(first).to_be_visible()
    expect(dialog.get_by_role("status")).to_contain_text("vist")
    editor_page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    editor_page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(editor).to_have_value("Se [[boligfastholdelse]]")
    expect(editor).to_be_focused()
    link = editor_page.frame_locator(".preview-frame").locator("#text a")
    expect(link).to_have_text("Boligfastholdelse")
    assert complaints == []


def test_selected_words_become_the_link_to_an_instruction(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_TERM, "Tag stilling straks.")
    select(editor, "Tag stilling")
    tool(editor_page, "Henvisning").click()
    dialog = editor_page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_have_value("Tag stilling")
    dialog.get_by_role("button", name="Tag straks stilling til hjælp").click()
    expect(editor).to_have_value(
        "[[boligfastholdelse#tag-straks-stilling-til-hjaelp-naar-en-lejer-saettes-ud|Tag stilling]] straks."
    )


def test_law_is_cited_as_it_is_written(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_TERM, "Efter ")
    tool(editor_page, "Lov §").click()
    editor_page.keyboard.type("sel 110")
    dialog = editor_page.get_by_role("dialog", name="Henvis til loven")
    expect(dialog.get_by_role("button", name="serviceloven § 110")).to_be_visible()
    editor_page.keyboard.press("Enter")
    expect(editor).to_have_value("Efter serviceloven § 110")


def test_names_below_a_heading_stand_without_brackets(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_GUIDELINE, "Aktører: ")
    tool(editor_page, "Henvisning").click()
    editor_page.keyboard.type("boformer efter")
    dialog = editor_page.get_by_role("dialog")
    dialog.get_by_role("button", name="Boformer efter serviceloven § 110 Aktør").click()
    expect(editor).to_have_value("Aktører: boformer")


def test_the_dialog_closes_without_a_trace(editor_page: Page) -> None:
    editor = open_editor(editor_page, NEW_TERM, "Tekst")
    tool(editor_page, "Henvisning").click()
    editor_page.keyboard.type("findes slet ikke")
    dialog = editor_page.get_by_role("dialog")
    expect(dialog.get_by_role("status")).to_contain_text("Intet fundet")
    assert violations(editor_page) == []
    dialog.get_by_role("textbox").focus()
    editor_page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    editor_page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(tool(editor_page, "Henvisning")).to_be_focused()
    expect(editor).to_have_value("Tekst")


def test_errors_and_advice_come_as_one_types_and_lead_to_their_line(editor_page: Page) -> None:
    long_sentence = " ".join(["ord"] * 31)
    editor = open_editor(editor_page, NEW_TERM, "\n" * 60 + f"Kort.\n\n{long_sentence}.\n\n[[ukendt-navn]]")
    panel = editor_page.get_by_role("region", name="Fejl og råd")
    expect(panel.get_by_role("status")).to_have_text("1 fejl, 1 råd")
    problems = panel.get_by_role("listitem")
    expect(problems.nth(0)).to_contain_text("Fejl, linje 65: [[ukendt-navn]]")
    expect(problems.nth(1)).to_contain_text("Råd, linje 63: En sætning på 31 ord")
    problems.nth(1).get_by_role("link").click()
    expect(editor).to_be_focused()
    assert selection(editor) == f"{long_sentence}."
    assert editor.evaluate("field => field.scrollTop") > 0
    assert violations(editor_page) == []
    editor.fill("Kort.")
    expect(panel.get_by_role("status")).to_have_text("Ingen fejl, ingen råd")
    expect(problems).to_have_count(0)


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (1100, True), (768, False), (360, False)])
def test_the_preview_stands_beside_the_text_where_there_is_room(editor_page: Page, width: int, beside: bool) -> None:
    editor_page.set_viewport_size({"width": width, "height": 800})
    editor = open_editor(editor_page, NEW_GUIDELINE)
    text, preview = editor.bounding_box(), editor_page.locator(".preview-frame").bounding_box()
    assert text
    assert preview
    assert (preview["x"] >= text["x"] + text["width"]) is beside
    assert (preview["y"] >= text["y"] + text["height"]) is not beside
    assert editor_page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_the_text_is_a_plain_field(editor_page: Page) -> None:
    cookies = editor_page.context.cookies()
    browser = editor_page.context.browser
    assert browser
    plain = browser.new_context(java_script_enabled=False, base_url=editor_page.url)
    plain.add_cookies([dict(cookie) for cookie in cookies])  # type: ignore[misc]  # the two shapes differ in name only
    page = plain.new_page()
    page.goto(NEW_TERM)
    expect(page.locator("#id_body")).to_be_visible()
    expect(page.locator(".editor-tools")).to_be_hidden()
    expect(page.locator(".editor-problems")).to_be_hidden()
    plain.close()
