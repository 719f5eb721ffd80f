"""The images that texts may show. Their files (`images.files`) lie beside the database, named after their content."""

from django.conf import settings
from django.db import models

from markup.images import IMAGES_AT, Size


class ImageQuerySet(models.QuerySet["Image"]):
    def sizes(self) -> dict[str, Size]:
        """Name → size: what a text that shows images is rendered with."""
        rows = self.values_list("hash", "extension", "width", "height")
        return {f"{hash_}.{extension}": Size(width, height) for hash_, extension, width, height in rows}

    def named(self, name: str) -> "ImageQuerySet":
        hash_, _, extension = name.partition(".")
        return self.filter(hash=hash_, extension=extension)


class Image(models.Model):
    """One image, cleaned and re-encoded (`images.cleaning`). It never changes: another content is another image.

    description: what the first who used it said that it shows; each text has its own alternative text.
    """

    hash = models.CharField("hash", max_length=32, unique=True)
    extension = models.CharField("format", max_length=4)
    width = models.PositiveIntegerField("bredde")
    height = models.PositiveIntegerField("højde")
    bytes = models.PositiveIntegerField("størrelse")
    description = models.CharField("hvad billedet viser", max_length=300, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="lagt op af"
    )
    uploaded_at = models.DateTimeField("lagt op", auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "billede"
        verbose_name_plural = "billeder"
        ordering = ["-uploaded_at", "-pk"]
        default_permissions = ("view", "delete")
        permissions = [("upload_image", "Kan lægge billeder op")]

    def __str__(self) -> str:
        return self.description or self.name

    @property
    def name(self) -> str:
        return f"{self.hash}.{self.extension}"

    @property
    def address(self) -> str:
        return f"{IMAGES_AT}{self.name}"

    @property
    def markdown(self) -> str:
        """What is written in a text to show it."""
        return f"![{escaped(self.description)}]({self.address})"


def escaped(description: str) -> str:
    r"""A description on one line, as it stands between the brackets of Markdown.

    >>> escaped("Huset [set fra\nvejen]")
    'Huset \\[set fra vejen\\]'
    """
    line = " ".join(description.split())
    return "".join(f"\\{sign}" if sign in "\\[]`*_" else sign for sign in line).replace("<", "&lt;")
