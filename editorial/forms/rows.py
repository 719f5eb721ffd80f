"""Rows inside a form: the provisions and amendments of an act, the instructions of a situation.

They are Django formsets, but their rows are entries of the record's front matter, not rows of the database.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from editorial.forms.fields import date_input
from library.models import Source
from markup.catalogue import number_key

Row = dict[str, Any]
EXTRA_ROWS = 3


def long_text() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3, "cols": 60})


class ProvisionRow(forms.Form):
    number = forms.CharField(label="§", max_length=20, widget=forms.TextInput(attrs={"size": 6}))
    heading = forms.CharField(label="overskrift", max_length=300, widget=forms.TextInput(attrs={"size": 40}))
    summary = forms.CharField(label="indhold i kort form", widget=forms.Textarea(attrs={"rows": 3, "cols": 60}))

    def clean_number(self) -> str:
        """Without the § that many would type."""
        return str(self.cleaned_data["number"]).lstrip("§ ").strip()


class ChangeRow(forms.Form):
    date = forms.DateField(label="i kraft", widget=date_input())
    provision = forms.CharField(label="§", max_length=20, required=False, widget=forms.TextInput(attrs={"size": 6}))
    status = forms.ChoiceField(
        label="status", required=False, choices=[("", "vedtaget"), ("foreslaaet", "foreslået, ikke bekræftet")]
    )
    summary = forms.CharField(label="ændring", widget=long_text())
    source = forms.CharField(
        label="kilde", required=False, widget=forms.TextInput(attrs={"size": 24, "list": "source-choices"})
    )

    def clean_provision(self) -> str:
        return str(self.cleaned_data["provision"]).lstrip("§ ").strip()

    def clean_source(self) -> str:
        slug = str(self.cleaned_data["source"]).strip()
        if slug and not Source.objects.filter(slug=slug).exists():
            raise forms.ValidationError(f"Der er ingen kilde med navnet »{slug}«. Vælg en fra listen.")
        return slug


class StepRow(forms.Form):
    instruction = forms.CharField(
        label="anvisning", widget=forms.TextInput(attrs={"size": 70, "list": "instruction-choices"})
    )

    def clean_instruction(self) -> str:
        return str(self.cleaned_data["instruction"]).strip()


class BaseRows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only to the type checker
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "slet"
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = "plads"
            form.fields["ORDER"].widget.attrs["class"] = "row-order"


@dataclass(frozen=True)
class RowSpec:
    """How one list of rows is edited. `ordered`: the editor decides the order, else `sort_rows` does."""

    name: str
    title: str
    add: str
    form: type[forms.Form]
    help: str
    ordered: bool = False

    def formset(self, data: Mapping[str, Any] | None, initial: list[Row]) -> BaseRows:
        """The formset over `initial`, bound to `data` when that is given."""
        factory: Any = forms.formset_factory(
            self.form, BaseRows, extra=EXTRA_ROWS, can_delete=True, can_order=self.ordered, max_num=500
        )
        rows: BaseRows = factory(data, initial=initial, prefix=self.name)
        return rows

    def rows(self, formset: BaseRows) -> list[Row]:
        """What a valid formset says, without empty and deleted rows and empty values."""
        forms_in_order = formset.ordered_forms if self.ordered else formset.forms
        rows = []
        for form in forms_in_order:
            given = form.cleaned_data
            row = {name: given[name] for name in self.form.base_fields if given.get(name)}
            if row and not given.get("DELETE"):
                rows.append(row)
        return rows if self.ordered else sort_rows(rows)


PROVISIONS = RowSpec(
    "provisions",
    "Paragraffer",
    "Tilføj paragraf",
    ProvisionRow,
    "De paragraffer, som teksterne henviser til. De stilles selv i nummerorden.",
)
CHANGES = RowSpec(
    "changes",
    "Ændringer i loven",
    "Tilføj ændring",
    ChangeRow,
    "Lad § stå tom, hvis ændringen gælder hele loven. Ændringerne stilles selv i datoorden.",
)
STEPS = RowSpec(
    "instructions",
    "Anvisninger",
    "Tilføj anvisning",
    StepRow,
    "I den rækkefølge, de skal læses. Skriv nogle ord af titlen, og vælg fra listen.",
    ordered=True,
)


def sort_rows(rows: Iterable[Row]) -> list[Row]:
    """Provisions in the order of an act (85, 85 a, 86); changes by date, those of one day as written."""

    def key(row: Row) -> tuple[date, int, str]:
        if "date" in row:
            return row["date"], 0, ""
        digits = re.match(r"\d+", row["number"])
        return date.min, int(digits.group()) if digits else 0, number_key(row["number"])

    return sorted(rows, key=key)
