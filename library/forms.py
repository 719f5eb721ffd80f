"""What readers may send to the pages of the library. Values that a page does not know are left out and named."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms

LONGEST_QUERY = 200


class KnownChoices(forms.MultipleChoiceField):
    """Several values of a closed list; those outside it go to `unknown` and do not fail the form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.unknown: list[str] = []

    def clean(self, value: Any) -> list[str]:
        given = list(dict.fromkeys(self.to_python(value)))
        self.unknown = [text for text in given if not self.valid_value(text)]
        return [text for text in given if text not in self.unknown]


class FacetFilter(forms.Form):
    """A form whose fields of `KnownChoices` filter a list by facets; see `library.facets`."""

    def __init__(self, data: Any, known: Mapping[str, Collection[str]]) -> None:
        """known: per field the slugs that the list knows."""
        super().__init__(data)
        for name, field in self._facets():
            field.choices = [(slug, slug) for slug in known[name]]

    def _facets(self) -> list[tuple[str, KnownChoices]]:
        return [(name, field) for name, field in self.fields.items() if isinstance(field, KnownChoices)]

    def chosen(self) -> dict[str, list[str]]:
        """Per field the known slugs that were asked for."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, []) for name, _ in self._facets()}

    def unknown(self) -> list[str]:
        """The values that mean nothing here, shortened; to be asked after `chosen`."""
        return [text[:60] for _, field in self._facets() for text in field.unknown]


class ResourceFilter(FacetFilter):
    """Which resources to list: by principle, actor and guideline, several of each."""

    princip = KnownChoices()
    aktoer = KnownChoices()
    retningslinje = KnownChoices()


class SourceFilter(forms.Form):
    """Which sources to list, and in which order."""

    ORDERS = (("titel", "Titel"), ("udgiver", "Udgiver"))

    q = forms.CharField(label="Søg i kilderne", required=False, max_length=LONGEST_QUERY, strip=True)
    orden = forms.ChoiceField(label="Ordnet efter", choices=ORDERS, required=False)

    def query(self) -> str:
        """The words to look for; of a text that is too long, its beginning."""
        self.full_clean()
        given: str = self.cleaned_data.get("q", "")
        if "q" in self.errors:
            given = str(self.data.get("q", "")).replace("\x00", "")[:LONGEST_QUERY].strip()
        return given

    def order(self) -> str:
        """By "titel" or "udgiver"; by "titel" for everything else."""
        self.full_clean()
        return self.cleaned_data.get("orden") or "titel"
