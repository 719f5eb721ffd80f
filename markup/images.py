"""How texts name images: by an address on this site that is made from the image itself."""

import re
from dataclasses import dataclass

# The beginning of every image's address; what follows is its name, "<hash of its content>.<ending>".
IMAGES_AT = "/media/"
NAME = r"[0-9a-f]{32}\.(?:jpg|png|webp)"
_ADDRESS = re.compile(rf"{IMAGES_AT}({NAME})(?!\w)")


@dataclass(frozen=True)
class Size:
    """In pixels, as a browser must know it to keep room for the image before it has come."""

    width: int
    height: int


def images_in(text: str) -> set[str]:
    """The names of all images that a text, Markdown or HTML, speaks of."""
    return set(_ADDRESS.findall(text))
