"""The form of a record: what the editor fills in becomes the text of a draft.

The form never writes. `record` is the draft to be saved: it may be incomplete or wrong, as long as its text holds all
that was typed. What is wrong with a draft stands at its fields when it is opened, that of the text with its line.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Max
from django.http import QueryDict

from content.plan import anchored, record_of
from editorial.conflicts import Conflict, conflict_with
from editorial.forms.fields import BodyField
from editorial.forms.rows import BaseRows, RowSpec
from editorial.forms.values import FORM_NAMES, front_matter_value, initial_of
from editorial.models import Revision
from editorial.revisions import WITHDRAWAL_IS_OPEN, last_public, open_revision, reserved_numbers
from library.danish import format_date
from library.models import Record as RecordRow
from markup.kinds import FOLDERS, SCHEMA, Kind
from markup.problems import Problem
from markup.record import Record, dump, read
from markup.slugs import slugify

# Without these a text has no address; all else may be missing in a draft.
NEEDED = frozenset({"title", "theme"})


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to the type checker
    """The base of all kinds. A kind adds its Meta.model, its help texts, and its rows.

    The admin makes a class of its own for each request. draft: the open revision that is edited, if there is one.
    withdrawal: the one that proposes that the text goes; meanwhile it is not edited.
    restored: what the editor had typed and not saved, to be taken up again.
    """

    ROWS: ClassVar[tuple[RowSpec, ...]] = ()
    draft: ClassVar[Revision | None] = None
    withdrawal: ClassVar[Revision | None] = None
    restored: ClassVar[QueryDict | None] = None

    body = BodyField(label="Tekst")

    class Media:
        js = ("admin-hjemvej/form.js", "admin-hjemvej/autosave.js")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if self.restored is not None and not args:
            kwargs["data"] = self.restored
        super().__init__(*args, **kwargs)
        self.kind: Kind = self._meta.model.KIND
        self.published: Record | None = record_of(self.instance) if self.instance.pk else None
        self.start: Record | None = self.draft.record if self.draft else self.published
        self.record: Record | None = None
        self.conflict: Conflict | None = None
        if self.start:
            self.instance.slug = self.start.slug
            self.initial.update(initial_of(self.start))
        self.row_sets: dict[str, BaseRows] = {
            spec.name: spec.formset(self.data if self.is_bound else None, self._old(spec.name, []))
            for spec in self.ROWS
        }
        self._prepare_fields()

    def _prepare_fields(self) -> None:
        for name, field in self.fields.items():
            field.required = field.required and name in NEEDED
            if isinstance(field.widget, RelatedFieldWidgetWrapper):
                # Another text is written on its own page, and can be named when it is published.
                field.widget.can_change_related = field.widget.can_delete_related = False
                field.widget.can_view_related = field.widget.can_add_related = False
        if "body" in self.fields:
            widget = self.fields["body"].widget
            widget.preview_kind, widget.preview_slug = self.kind, self.start.slug if self.start else ""
        if "slug" in self.fields:
            self.fields["slug"].disabled = self.start is not None
            self.fields["slug"].help_text = "Lad feltet stå tomt, så dannes det af titlen. Det kan ikke ændres siden."
        if "number" in self.fields:
            self.fields["number"].help_text = "Giver rækkefølgen. Tomt felt: det næste ledige nummer."

    @property
    def changes_text(self) -> bool:
        """Whether a valid form says anything that the text it opened with does not."""
        return self.record != self.start

    @property
    def row_groups(self) -> list[tuple[RowSpec, BaseRows]]:
        """Each list of rows with what the template needs to know of it."""
        return [(spec, self.row_sets[spec.name]) for spec in self.ROWS]

    @property
    def edition(self) -> int:
        """Which edition the form was opened on; after a conflict, the one that the editor has now seen."""
        if self.is_bound and not self.conflict:
            return _whole_number(self.data.get("edition"))
        return self.draft.edition if self.draft else 0

    @property
    def based_on(self) -> int | None:
        """The public revision that the text was made from: the draft's, or what readers have as the form opens."""
        if self.is_bound:
            return _whole_number(self.data.get("merged")) or _whole_number(self.data.get("based_on")) or None
        if self.draft:
            return self.draft.base_id
        last = last_public(self.kind, self.start.slug) if self.start else None
        return last.pk if last else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for rows in self.row_sets.values():
            rows.full_clean()
        if not all(rows.is_valid() for rows in self.row_sets.values()):
            self.add_error(None, "Ret felterne markeret i rækkerne.")
        self._check_slug(cleaned)
        self._check_number(cleaned)
        if not self.errors:
            self._take(self._build(cleaned))
        return cleaned

    def _check_slug(self, cleaned: dict[str, Any]) -> None:
        """Texts are stored by slug: a new one that took another's would overwrite it."""
        if self.start or not cleaned.get("title"):
            return
        # An act is known by its short title: /love/serviceloven/.
        slug = self.instance.slug = cleaned.get("slug") or slugify(cleaned.get("short_title") or cleaned["title"])
        field = "slug" if cleaned.get("slug") else "title"
        if self._meta.model.objects.filter(slug=slug).exists():
            self.add_error(field, f"Navnet »{slug}« i adressen er allerede brugt.")
        elif draft := open_revision(self.kind, slug):
            self.add_error(field, f"Navnet »{slug}« i adressen er taget af en kladde af {draft.author or 'en anden'}.")

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        if "number" not in self.fields:
            cleaned["number"] = self.start.number if self.start else None
            return
        others = self._meta.model.objects.exclude(slug=self.instance.slug)
        theme = cleaned.get("theme")
        if theme:
            others = others.filter(theme=theme)
        if not cleaned.get("number"):
            last = others.aggregate(last=Max("number"))["last"] or 0
            taken = reserved_numbers(self.kind, theme.slug if theme else "", self.instance.slug)
            cleaned["number"] = max([last, *taken]) + 1
        elif other := others.filter(number=cleaned["number"]).first():
            self.add_error("number", f"»{other}« har allerede nummer {cleaned['number']}.")

    def _build(self, cleaned: dict[str, Any]) -> Record:
        fields = dict(self.start.fields) if self.start else {}
        for field in SCHEMA[self.kind]:
            if field.name in self.row_sets:
                spec = next(spec for spec in self.ROWS if spec.name == field.name)
                value = self._row_values(spec)
            elif (name := FORM_NAMES.get(field.name, field.name)) in self.fields:
                value = front_matter_value(cleaned.get(name), field.type, fields.get(field.name, ()))
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

    def _take(self, record: Record) -> None:
        """Keep `record` as the draft, unless its text would lose some of it or somebody else has saved meanwhile."""
        read_back, problems = read(dump(record), record.path)
        if read_back != record:
            self._show(problems, read_back or record)
            return
        if self.withdrawal:
            self.add_error(None, WITHDRAWAL_IS_OPEN)
            return
        if self.edition != (self.draft.edition if self.draft else 0):
            self.conflict = conflict_with(self.draft, dump(anchored(record)), self.kind, record.slug)
            if self.conflict:
                self.add_error(None, self.conflict.message)
                return
        self.record = record

    def show_draft_problems(self, problems: Iterable[Problem]) -> None:
        """Put what is wrong with the draft at the fields of the form that it is opened in."""
        self.full_clean()
        self.cleaned_data: dict[str, Any] = {}
        if self.start:
            self._show([problem for problem in problems if problem.level == "error"], self.start)

    def _show(self, problems: Iterable[Problem], record: Record) -> None:
        for problem in problems:
            message = f"{problem.message('da')}. {problem.cure('da')}"
            message = message[0].upper() + message[1:]
            if problem.path and problem.path != record.path:
                self.add_error(None, f"{title_at(problem.path)}: {message}")
                continue
            key, _, place = problem.key.partition(".")
            place = place.partition(".")[0]
            name = FORM_NAMES.get(key, key)
            if place.isdigit() and len(rows := record.fields.get(key, ())) >= int(place):
                message = f"{_row_name(rows[int(place) - 1])}: {message}"
            if name == "body" and problem.line:
                message = f"Linje {max(problem.line - record.offset, 1)}: {message}"
            self.add_error(name if name in self.fields else None, message)

    def _old(self, name: str, default: Any) -> Any:
        return self.start.fields.get(name, default) if self.start else default

    def has_changed(self) -> bool:
        return super().has_changed() or any(rows.has_changed() for rows in self.row_sets.values())

    def _save_m2m(self) -> None:
        """Relations are projections of the text; `content.store` writes them when it is published."""


def _row_name(row: Any) -> str:
    """How an editor recognises a provision or a change."""
    if isinstance(row, dict):
        return format_date(row["date"]) if "date" in row else f"§ {row.get('number', '?')}"
    return str(row)


def _whole_number(text: Any) -> int:
    return int(text) if str(text or "").isdecimal() else 0


def title_at(path: str) -> str:
    """The title of the record whose file would be at `path`; the path itself where there is none."""
    slug = path.rpartition("/")[2].removesuffix(".md").lstrip("0123456789").removeprefix("-")
    kinds = [kind for kind, folder in FOLDERS.items() if path.startswith(f"{folder}/")]
    row = RecordRow.objects.filter(slug=slug, kind__in=kinds).first()
    return f"»{row.title}«" if row else path
