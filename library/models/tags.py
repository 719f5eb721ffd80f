"""Tags (emner) whose slugs are written the Danish way: økonomi → oekonomi."""

from django.db import models
from taggit.models import GenericTaggedItemBase, TagBase

from markup.slugs import slugify


class Tag(TagBase):
    class Meta:
        verbose_name = "emne"
        verbose_name_plural = "emner"
        ordering = ["name"]

    def slugify(self, tag: str, i: int | None = None) -> str:
        return slugify(tag) if i is None else f"{slugify(tag)}-{i}"


class TaggedRecord(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="items")
