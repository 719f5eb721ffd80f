"""Images in a real browser: put into a text by button, by dropping and by pasting, and shown without a jump."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.test_admin import violations
from tests.images.pictures import picture

pytestmark = pytest.mark.browser

FORM = "/admin/library/glossaryterm/add/"
DROP = """([bytes, kind]) => {
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(bytes)], "hus.png", {type: "image/png"}));
    const how = kind === "drop"
        ? new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: files})
        : new ClipboardEvent("paste", {bubbles: true, cancelable: true, clipboardData: files});
    document.querySelector("#id_body").dispatchEvent(how);
}"""
PUBLISH = """
import pathlib
from content.store import save_record
from images.cleaning import clean
from images.files import keep
from markup.kinds import Kind
from markup.record import Record
image = keep(clean(pathlib.Path({path!r}).read_bytes()), "Et hus")
fields = {{"title": "Billedprøve", "summary": "En prøve."}}
save_record(Record(Kind.GLOSSARY, "billedproeve", fields, f"{{image.markdown}}\\n\\nTekst under billedet."))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "hus.png"
    path.write_bytes(picture("PNG", (900, 600)))
    return path


def test_an_image_is_put_into_the_text_by_keyboard_alone(editor_page: Page, file: Path) -> None:
    editor_page.goto(FORM)
    editor = editor_page.locator("#id_body")
    editor.fill("Før")
    button = editor_page.get_by_role("toolbar").get_by_role("button", name="Billede")
    editor_page.get_by_role("toolbar").get_by_role("button").first.focus()
    editor_page.keyboard.press("End")
    expect(button).to_be_focused()
    editor_page.keyboard.press("Enter")
    dialog = editor_page.get_by_role("dialog", name="Indsæt et billede")
    expect(dialog.get_by_label("Billedfil")).to_be_focused()
    dialog.get_by_label("Billedfil").set_input_files(file)
    editor_page.keyboard.press("Tab")
    expect(dialog.get_by_label("Hvad viser billedet?")).to_be_focused()
    editor_page.keyboard.type("Et hus")
    assert violations(editor_page) == []
    editor_page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    expect(editor).to_be_focused()
    text = editor.input_value()
    assert text.startswith("Før\n\n![Et hus](/media/")
    expect(editor_page.frame_locator(".preview-frame").get_by_role("img", name="Et hus")).to_be_visible()
    editor_page.keyboard.press("Control+z")
    expect(editor).to_have_value("Før")


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_a_picture_that_is_dropped_or_pasted_asks_what_it_shows(editor_page: Page, kind: str) -> None:
    editor_page.goto(FORM)
    editor_page.locator("#id_body").fill("Før")
    editor_page.evaluate(DROP, [list(picture()), kind])
    dialog = editor_page.get_by_role("dialog", name="Indsæt et billede")
    dialog.get_by_label("Hvad viser billedet?").fill("Et hus")
    dialog.get_by_role("button", name="Indsæt").click()
    expect(editor_page.locator("#id_body")).to_have_value(re.compile(r"!\[Et hus\]\(/media/[0-9a-f]{32}\.png\)"))


def test_what_is_no_image_is_refused_in_words_and_nothing_typed_is_lost(editor_page: Page, tmp_path: Path) -> None:
    drawing = tmp_path / "hus.png"
    drawing.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    editor_page.goto(FORM)
    editor_page.locator("#id_body").fill("Før")
    editor_page.get_by_role("button", name="Billede").click()
    dialog = editor_page.get_by_role("dialog", name="Indsæt et billede")
    dialog.get_by_label("Billedfil").set_input_files(drawing)
    dialog.get_by_label("Hvad viser billedet?").fill("Et hus")
    dialog.get_by_role("button", name="Indsæt").click()
    expect(dialog.get_by_role("status")).to_contain_text("PNG, JPEG eller WebP")
    editor_page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(editor_page.locator("#id_body")).to_have_value("Før")


def test_the_list_of_images_is_accessible(editor_page: Page, file: Path) -> None:
    editor_page.goto("/admin/images/image/add/")
    editor_page.get_by_label("Billedfil").set_input_files(file)
    editor_page.get_by_label("Hvad viser billedet?").fill("Et hus ved vejen")
    assert violations(editor_page) == []
    editor_page.locator("[name=_save]").first.click()
    for address in ("/admin/images/image/", "/admin/images/image/?brug=ubrugt", "/admin/linkcheck/externallink/"):
        editor_page.goto(address, wait_until="networkidle")
        assert violations(editor_page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_text_has_room_for_an_image_before_it_comes(site: Site, page: Page, file: Path, width: int) -> None:
    site.manage("shell", "-v0", "-c", PUBLISH.format(path=str(file)))
    page.set_viewport_size({"width": width, "height": 800})
    # The image is asked for, and never comes.
    page.route("**/media/**", lambda route: None)
    page.goto("/begreber/billedproeve/", wait_until="domcontentloaded")
    box = page.get_by_role("img", name="Et hus").bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(box["width"] * 2 / 3, abs=1)
    assert box["width"] > width / 4
    assert page.evaluate("document.documentElement.scrollWidth") <= width
