"""The form in which an editor writes a synonym."""

from typing import Any

from django import forms

from search.engines.base import IndexUnusable
from search.learning import unknown_words
from search.stopwords import is_stop_word
from search.synonym_list import MAX_MEANS, MAX_NOTE, MAX_TERM, Line, line
from search.synonyms import LONGEST_PHRASE

KNOWN = "kendte-ord"


class SynonymForm(forms.Form):
    """Gives the `Line` that was written, in its canonical form, once it is valid."""

    term = forms.CharField(
        label="Det, der skrives",
        max_length=MAX_TERM,
        help_text=f"Et ord eller højst {LONGEST_PHRASE}. Bøjninger er med af sig selv.",
    )
    means = forms.CharField(
        label="Søges også",
        max_length=MAX_MEANS,
        help_text="Ord, som teksterne bruger, med mellemrum imellem. Flere ord findes hvert for sig. "
        "Det gælder kun den ene vej: skal det også gælde den anden, så skriv et synonym mere.",
        widget=forms.TextInput(attrs={"list": KNOWN, "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note", max_length=MAX_NOTE, required=False, help_text="Hvorfor, til dem, der læser listen."
    )

    @property
    def line(self) -> Line:
        return line(self.cleaned_data["term"], self.cleaned_data["means"], self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not {"term", "means", "note"} <= cleaned.keys():
            return cleaned
        written = self.line
        if not written.term or len(written.term.split()) > LONGEST_PHRASE:
            self.add_error("term", f"Skriv et ord eller højst {LONGEST_PHRASE}.")
        elif not written.means:
            self.add_error("means", "Skriv mindst ét andet ord.")
        else:
            self._check_words(written)
        return cleaned

    def _check_words(self, written: Line) -> None:
        """A word that finds nothing, or nearly everything, helps nobody."""
        common = [word for word in written.means.split() if is_stop_word(word)]
        try:
            unknown = unknown_words(written)
        except IndexUnusable:
            unknown = []
        for words, what in ((common, "er for almindeligt at søge på"), (unknown, "står ikke i teksterne")):
            for word in words:
                self.add_error("means", f"»{word}« {what}.")
