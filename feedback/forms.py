"""The form behind "Var siden til hjælp?", and what it refuses."""

from typing import Any

from django import forms

from feedback.receipt import is_too_fresh, is_valid
from library.personal import has_cpr

LONGEST_TEXT = 2000
CPR_FOUND = "Teksten ser ud til at indeholde et CPR-nummer. Fjern det, og send igen. Intet er gemt."
TOO_FRESH = "Det gik så hurtigt, at vi ikke kan se, om det er et menneske, der skriver. Vent et øjeblik, og send igen."
STALE = "Siden har været åben for længe. Dit svar står her endnu: send det igen."


class ReplyForm(forms.Form):
    """page: the address of the page that is asked about, as the view knows it."""

    svar = forms.ChoiceField(
        choices=(("ja", "Ja"), ("nej", "Nej")),
        error_messages={"required": "Vælg ja eller nej.", "invalid_choice": "Vælg ja eller nej."},
    )
    tekst = forms.CharField(required=False)
    # People do not see this field; machines fill in whatever they find.
    hjemmeside = forms.CharField(required=False)
    kvittering = forms.CharField(required=False)

    def __init__(self, data: Any, page: str) -> None:
        super().__init__(data)
        self.page = page

    def clean_tekst(self) -> str:
        # A browser counts a line break as one character and sends two.
        text: str = self.cleaned_data["tekst"].replace("\r\n", "\n")
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(f"Teksten er på {len(text)} tegn. Der er plads til {LONGEST_TEXT}.")
        if has_cpr(text):
            raise forms.ValidationError(CPR_FOUND)
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        receipt = cleaned.get("kvittering", "")
        if not is_valid(receipt, self.page):
            raise forms.ValidationError(STALE)
        if is_too_fresh(receipt):
            raise forms.ValidationError(TOO_FRESH)
        return cleaned

    @property
    def is_from_machine(self) -> bool:
        return bool(self.data.get("hjemmeside"))
