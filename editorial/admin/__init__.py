"""The admin of all content: one class for each kind, all of which save through `content.store`."""

from editorial.admin import guidance, images, library

__all__ = ["guidance", "images", "library"]
