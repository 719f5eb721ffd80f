"""The list of all images: what they show, where they are used, and the unused ones to be deleted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from editorial.admin.base import ModelAdmin
from editorial.forms.images import ImageForm
from editorial.images import may_upload, remove, uses
from images.models import Image

USED, UNUSED = "brugt", "ubrugt"


class UseFilter(admin.SimpleListFilter):
    title = "brug"
    parameter_name = "brug"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [(USED, "Vises i en tekst"), (UNUSED, "Vises ingen steder")]

    def queryset(self, request: HttpRequest, queryset: "QuerySet[Image]") -> "QuerySet[Image]":
        if self.value() not in (USED, UNUSED):
            return queryset
        used = Q(hash__in=[name.partition(".")[0] for name in uses()])
        return queryset.filter(used if self.value() == USED else ~used)


@admin.register(Image)
class ImageAdmin(ModelAdmin):
    """Images are put up, looked at and deleted; they do not change."""

    form = ImageForm
    list_display = ("picture", "what", "used_in", "measures", "uploaded_at")
    list_display_links = ("picture", "what")
    list_filter = (UseFilter,)
    list_per_page = 50
    search_fields = ("description", "hash")
    search_help_text = "Søg i, hvad billederne viser"
    details = ("picture", "description", "code", "measures", "used_in", "uploaded_by", "uploaded_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_upload(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may put up an image may see those that are there."""
        return super().has_view_permission(request, obj) or may_upload(request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.details if obj else ("image", "description")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.details if obj else ()

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        _note_uses(changelist.result_list)
        return changelist

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        image = super().get_object(request, object_id, from_field)
        _note_uses([image] if image else [])
        return image

    def save_model(self, request: HttpRequest, obj: Image, form: "ModelForm[Any]", change: bool) -> None:
        if not isinstance(form, ImageForm):
            raise TypeError("An image comes in by its form only.")
        obj.__dict__.update(form.keep(request.user.pk).__dict__)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What goes, and what forbids it: the texts that show it."""
        used = uses()
        protected = [f"»{image}« vises i {title}" for image in objs for title in used.get(image.name, ())]
        return [str(image) for image in objs], {str(self.opts.verbose_name_plural): len(objs)}, set(), protected

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        self._remove(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: "QuerySet[Image]") -> None:
        self._remove(request, list(queryset))

    def _remove(self, request: HttpRequest, images: list[Image]) -> None:
        removed = remove(images)
        for image in images:
            if image not in removed:
                messages.warning(request, f"»{image}« er blevet taget i brug og er ikke slettet.")

    @admin.display(description="billede")
    def picture(self, image: Image) -> SafeString:
        return format_html(
            '<img class="image-small" src="{}" alt="{}" width="{}" height="{}" loading="lazy">',
            image.address,
            image.description or "Uden beskrivelse",
            image.width,
            image.height,
        )

    @admin.display(description="viser", ordering="description")
    def what(self, image: Image) -> str:
        return image.description or "(uden beskrivelse)"

    @admin.display(description="skrives i teksten som")
    def code(self, image: Image) -> SafeString:
        return format_html("<code>{}</code>", image.markdown)

    @admin.display(description="mål", ordering="bytes")
    def measures(self, image: Image) -> str:
        return f"{image.width} × {image.height}, {filesizeformat(image.bytes)}"

    @admin.display(description="vises i")
    def used_in(self, image: Any) -> str:
        return ", ".join(image.shown_in) or "ingen tekst"


def _note_uses(images: Iterable[Any]) -> None:
    """Give each image `shown_in`, the texts that show it: read once for a whole list."""
    used = uses()
    for image in images:
        image.shown_in = used.get(image.name, [])
