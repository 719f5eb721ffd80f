"""What is filled in on the review page."""

from django import forms

from editorial.forms.fields import date_input
from editorial.models import Comment


class DecisionForm(forms.Form):
    """An approver's yes. edition: the one that was read."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    publish_on = forms.DateField(
        label="Offentliggør den",
        required=False,
        widget=date_input(),
        help_text="Tomt felt: med det samme.",
    )


class SendBackForm(forms.Form):
    note = forms.CharField(
        label="Hvad skal der rettes?", max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "cols": 60})
    )


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to the type checker
    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "cols": 60})}
        labels = {"text": "Skriv en kommentar"}
