"""Form fields for what front matter holds besides plain text, and the editor for the text itself."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.forms.widgets import Script
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import AdminMarkdownxWidget
from taggit.forms import TagField, TagWidget

from markup.kinds import Kind

# What makes the preview look like the public pages.
PREVIEW_STYLES = ("css/base.css", "css/frame.css", "css/reading.css", "admin-hjemvej/preview.css")
# What stands around the text, each a script of its own.
EDITOR_MODULES = ("toolbar", "picker", "images", "problems")

BODY_HELP = SafeString('Markdown. <a href="#skrivehjaelp">Sådan skriver du</a>')


def date_input() -> forms.DateInput:
    """The browser's own date field: it needs no script, and phones know it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RecordPicker(AutocompleteSelectMultiple):
    """Django's picker without the button that empties it all: a slip would cost dearly, and it has no name."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().build_attrs(*args, **kwargs) | {"data-allow-clear": "false"}


class LinesField(forms.CharField):
    """A list of texts, written one on each line; blank lines and repetitions fall away."""

    widget = forms.Textarea(attrs={"rows": 6, "cols": 60, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """The lines, in the order written."""
        text = super().clean(value) or ""
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or ()) != self.clean(data) if not self.disabled else False


class TagsField(TagField):
    """Tags separated by commas. Unlike taggit's own field it never splits at a space."""

    widget = TagWidget(attrs={"class": "vTextField"})

    def clean(self, value: Any) -> list[str]:
        """The tags in the order written, without repetitions."""
        text = forms.CharField.clean(self, value) or ""
        return list(dict.fromkeys(tag for tag in map(str.strip, split_at_commas(text)) if tag))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.clean(initial) != self.clean(data)


def join_tags(tags: Iterable[str]) -> str:
    """The tags as `TagsField` reads them, in the same order."""
    return ", ".join(f'"{tag}"' if "," in tag else tag for tag in tags)


def split_at_commas(text: str) -> list[str]:
    """The parts of `text` between its commas; a comma inside "…" belongs to its part.

    >>> split_at_commas('ACT, "unge, 18-24 år"')
    ['ACT', ' unge, 18-24 år']
    """
    parts, inside = [""], False
    for sign in text:
        if sign == '"':
            inside = not inside
        elif sign == "," and not inside:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


class BodyWidget(AdminMarkdownxWidget):
    """Markdownx's editor with our toolbar, problems, and preview of the record being edited."""

    preview_kind: Kind | None = None
    preview_slug = ""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Markdownx's field inside our editor, with the toolbar and the list of problems."""
        context = {
            "field": super().render(name, value, attrs, renderer),
            "field_id": (attrs or {}).get("id", ""),
            "has_instructions": self.preview_kind is Kind.GUIDELINE,
            "lookup_url": reverse("editorial:lookup"),
        }
        return render_to_string("editorial/editor.html", context)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        query = urlencode({"slags": self.preview_kind or "", "navn": self.preview_slug})
        context["widget"]["attrs"] |= {
            "data-markdownx-urls-path": f"{reverse('editorial:preview')}?{query}",
            "data-markdownx-editor-resizable": "False",
            "data-preview-styles": " ".join(static(path) for path in PREVIEW_STYLES),
            "rows": 30,
        }
        return context

    class Media:
        js = [
            # Before markdownx's own script, whose handling of Tab and of dropped files it takes over.
            "admin-hjemvej/editor.js",
            *(Script(f"admin-hjemvej/{name}.js", type="module") for name in EDITOR_MODULES),
        ]
        css = {"all": ["admin-hjemvej/admin.css", "admin-hjemvej/editor.css"]}


class BodyField(MarkdownxFormField):
    """The Markdown of a record, unstripped: errors name lines as the editor counts them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, required=False, widget=BodyWidget, help_text=BODY_HELP, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "").strip() != (data or "").replace("\r\n", "\n").strip()
