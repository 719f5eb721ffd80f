"""What readers may send to the pages of the principles."""

from django import forms

from library.forms import FacetFilter, KnownChoices
from markup.kinds import Obligation


class PrincipleFilter(FacetFilter):
    """Which of a principle's instructions to list."""

    forpligtelse = KnownChoices()
    aktoer = KnownChoices()


class MatrixForm(forms.Form):
    """Which instructions to count in the table."""

    forpligtelse = forms.ChoiceField(choices=[(word.value, word.label) for word in Obligation], required=False)

    def obligation(self) -> str:
        """The word asked for, as "boer"; empty for all, and for what is none of the three."""
        self.full_clean()
        return str(self.cleaned_data.get("forpligtelse", ""))
