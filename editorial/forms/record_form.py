"""The form of a record: what the editor fills in becomes the record's text and is checked as a file would be.

The form never writes. `record` is what `content.store` is to save; each problem that would stop it stands at
the field it belongs to, those of the text with their line.
"""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Max, QuerySet

from content.plan import make_plan, record_of
from editorial.forms.fields import BodyField, join_tags
from editorial.forms.rows import BaseRows, RowSpec
from library.danish import format_date
from library.models import Record as RecordRow
from markup.kinds import FOLDERS, SCHEMA, FieldType, Kind
from markup.problems import ContentError, Problem
from markup.record import Record, dump, parse
from markup.slugs import slugify

# Front-matter keys whose form field is called otherwise; "" and "body" are the Markdown.
FORM_NAMES = {"kind": "category", "": "body"}


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to the type checker
    """The base of all kinds. A kind adds its Meta.model, its help texts, and its rows."""

    ROWS: ClassVar[tuple[RowSpec, ...]] = ()

    body = BodyField(label="Tekst")

    class Media:
        js = ("admin-hjemvej/form.js",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind: Kind = self._meta.model.KIND
        self.stored: Record | None = record_of(self.instance) if self.instance.pk else None
        self.record: Record | None = None
        self.warnings: list[Problem] = []
        self.row_sets: dict[str, BaseRows] = {
            spec.name: spec.formset(self.data if self.is_bound else None, self._old(spec.name, []))
            for spec in self.ROWS
        }
        self._prepare_fields()

    def _prepare_fields(self) -> None:
        if "body" in self.fields:
            self.initial.setdefault("body", self.stored.body if self.stored else "")
            widget = self.fields["body"].widget
            widget.preview_kind, widget.preview_slug = self.kind, self.stored.slug if self.stored else ""
        if "tags" in self.fields:
            self.initial["tags"] = join_tags(self._old("tags", []))
        for field in self.fields.values():
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                # One adds a source from here; to change or delete another text is no part of editing this one.
                field.widget.can_change_related = field.widget.can_delete_related = False
                field.widget.can_view_related = False
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Lad feltet stå tomt, så dannes det af titlen. Det kan ikke ændres siden."
        if "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].help_text = "Giver rækkefølgen. Tomt felt: det næste ledige nummer."

    @property
    def changes_text(self) -> bool:
        """Whether a valid form says anything that the stored text does not."""
        return self.record != self.stored

    @property
    def row_groups(self) -> list[tuple[RowSpec, BaseRows]]:
        """Each list of rows with what the template needs to know of it."""
        return [(spec, self.row_sets[spec.name]) for spec in self.ROWS]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for rows in self.row_sets.values():
            rows.full_clean()
        if not all(rows.is_valid() for rows in self.row_sets.values()):
            self.add_error(None, "Ret felterne markeret i rækkerne.")
        self._check_slug(cleaned)
        self._check_number(cleaned)
        if not self.errors:
            self._check(self._build(cleaned))
        return cleaned

    def _check_slug(self, cleaned: dict[str, Any]) -> None:
        """Records are stored by slug: a new one that took another's would overwrite it."""
        if self.stored or not cleaned.get("title"):
            return
        # An act is known by its short title: /love/serviceloven/.
        self.instance.slug = cleaned.get("slug") or slugify(cleaned.get("short_title") or cleaned["title"])
        if self._meta.model.objects.filter(slug=self.instance.slug).exists():
            field = "slug" if cleaned.get("slug") else "title"
            self.add_error(field, f"Navnet »{self.instance.slug}« i adressen er allerede brugt.")

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        if "number" not in self.fields:
            cleaned["number"] = self.stored.number if self.stored else None
            return
        others = self._meta.model.objects.exclude(pk=self.instance.pk)
        if theme := cleaned.get("theme"):
            others = others.filter(theme=theme)
        if not cleaned.get("number"):
            cleaned["number"] = (others.aggregate(last=Max("number"))["last"] or 0) + 1
        elif other := others.filter(number=cleaned["number"]).first():
            self.add_error("number", f"»{other}« har allerede nummer {cleaned['number']}.")

    def _build(self, cleaned: dict[str, Any]) -> Record:
        fields = dict(self.stored.fields) if self.stored else {}
        for field in SCHEMA[self.kind]:
            if field.name in self.row_sets:
                spec = next(spec for spec in self.ROWS if spec.name == field.name)
                value = self._row_values(spec)
            elif (name := FORM_NAMES.get(field.name, field.name)) in self.fields:
                value = _front_matter_value(cleaned.get(name), field.type, fields.get(field.name, ()))
            else:
                continue
            fields[field.name] = value
        theme = cleaned.get("theme")
        return Record(
            kind=self.kind,
            slug=self.instance.slug,
            fields=fields,
            body=cleaned.get("body", ""),
            number=cleaned.get("number"),
            theme=theme.slug if theme else "",
        )

    def _row_values(self, spec: RowSpec) -> list[Any]:
        return spec.rows(self.row_sets[spec.name])

    def _check(self, record: Record) -> None:
        """Through the text, as a file would go: what cannot be written or read back is found here too."""
        try:
            self.record = parse(dump(record), record.path)
            self.warnings = make_plan([self.record]).warnings
        except ContentError as error:
            self._show([problem for problem in error.problems if problem.level == "error"], record)

    def _show(self, problems: Sequence[Problem], record: Record) -> None:
        lines_above = dump(record).partition("\n---\n")[0].count("\n") + 2
        # The canonical text has no blank lines before its first; the editor counts those that were typed.
        typed = self.cleaned_data.get("body", "")
        blank_lines_above = len(list(takewhile(lambda line: not line.strip(), typed.splitlines())))
        for problem in problems:
            message = f"{problem.message('da')}. {problem.cure('da')}"
            message = message[0].upper() + message[1:]
            if problem.path and problem.path != record.path:
                self.add_error(None, f"{title_at(problem.path)}: {message}")
                continue
            key, _, place = problem.key.partition(".")
            name = FORM_NAMES.get(key, key)
            if place.isdigit():
                message = f"{_row_name(record.fields[key][int(place) - 1])}: {message}"
            if name == "body" and problem.line:
                message = f"Linje {problem.line - lines_above + blank_lines_above}: {message}"
            self.add_error(name if name in self.fields else None, message)

    def _old(self, name: str, default: Any) -> Any:
        return self.stored.fields.get(name, default) if self.stored else default

    def has_changed(self) -> bool:
        return super().has_changed() or any(rows.has_changed() for rows in self.row_sets.values())

    def _save_m2m(self) -> None:
        """Relations are projections of the text; `content.store` has written them."""


def _row_name(row: Any) -> str:
    """How an editor recognises a provision or a change."""
    if isinstance(row, dict):
        return format_date(row["date"]) if "date" in row else f"§ {row['number']}"
    return str(row)


def _front_matter_value(value: Any, type_: FieldType, old: Any) -> Any:
    """A cleaned value as front matter holds it. Relations keep the order of the text; new ones come last."""
    if type_ is FieldType.SLUG:
        return value.slug if value else ""
    if type_ in (FieldType.SLUGS, FieldType.NUMBERS):
        attribute = "number" if type_ is FieldType.NUMBERS else "slug"
        chosen = [getattr(row, attribute) for row in _in_order(value)]
        kept = [item for item in old if item in chosen]
        return kept + [item for item in chosen if item not in kept]
    return value


def _in_order(rows: "QuerySet[RecordRow] | None") -> Iterable[RecordRow]:
    return rows.order_by("number", "sort_key") if rows is not None else ()


def title_at(path: str) -> str:
    """The title of the record whose file would be at `path`; the path itself where there is none."""
    slug = path.rpartition("/")[2].removesuffix(".md").lstrip("0123456789").removeprefix("-")
    kinds = [kind for kind, folder in FOLDERS.items() if path.startswith(f"{folder}/")]
    row = RecordRow.objects.filter(slug=slug, kind__in=kinds).first()
    return f"»{row.title}«" if row else path
