"""The form that an image comes in by, from the editor of a text and from the admin's list of images alike."""

from typing import Any

from django import forms

from images.cleaning import MAX_BYTES, MESSAGES, CleanImage, ImageRefusedError, clean
from images.files import keep
from images.models import Image


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only to the type checker
    """A file and what it shows; `cleaned_data["image"]` is the image made anew."""

    image = forms.FileField(
        label="Billedfil",
        help_text=f"PNG, JPEG eller WebP, højst {MAX_BYTES // 1024 // 1024} MB. Oplysninger om sted og tid fjernes.",
        error_messages={"required": "Vælg en billedfil.", "empty": "Filen er tom."},
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    description = forms.CharField(
        label="Hvad viser billedet?",
        help_text="Læses op for dem, der ikke kan se billedet. Skriv det, billedet siger, i en sætning eller to.",
        max_length=300,
        error_messages={"required": "Skriv, hvad billedet viser."},
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    class Meta:
        model = Image
        fields = ("description",)

    def clean_image(self) -> CleanImage:
        upload: Any = self.cleaned_data["image"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(MESSAGES["too_many_bytes"])
        try:
            return clean(upload.read())
        except ImageRefusedError as error:
            raise forms.ValidationError(str(error)) from None

    def keep(self, user_id: int | None) -> Image:
        """The stored image of a valid form; one that was stored before stays as it is."""
        data: dict[str, Any] = self.cleaned_data
        return keep(data["image"], data["description"], user_id)
