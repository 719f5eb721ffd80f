"""The images that texts show, as files beside the texts: `images/<hash>.<ending>`."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from content.companions import Companion
from images.cleaning import CleanImage, ImageRefusedError, examine
from images.files import keep, path_of
from images.models import Image
from library.models import Record as RecordRow
from markup.images import IMAGES_AT, images_in
from markup.problems import ContentError, Problem


def published_images() -> set[str]:
    """The names of all images that a published text speaks of."""
    texts: Iterable[str] = RecordRow.objects.filter(text__contains=IMAGES_AT).values_list("text", flat=True)
    return {name for text in texts for name in images_in(text)}


class ImageFolder(Companion):
    """The folder of images: loaded as they are, exported as far as a published text shows them.

    No load removes an image: an editor may have put it there for a text that is still a draft.
    """

    path = "images"

    def check(self, file: Path) -> None:
        _read(file)

    def load(self, place: Path, *, overwrite: bool, check: bool) -> Counter[str]:
        counts: Counter[str] = Counter()
        known = Image.objects.sizes()
        for file in sorted(place.iterdir()) if place.is_dir() else ():
            if file.name.startswith("."):
                continue
            counts["unchanged" if file.name in known else "created"] += 1
            if file.name not in known or not path_of(file.name).exists():
                keep(_read(file), with_file=not check)
        return counts

    def dump(self) -> dict[str, bytes]:
        known = Image.objects.sizes()
        return {f"{self.path}/{name}": path_of(name).read_bytes() for name in published_images() if name in known}


def _read(file: Path) -> CleanImage:
    """The image in a file of the content; it must be one that was cleaned, under the name that its bytes give it."""
    try:
        image = examine(file.read_bytes())
        reason = f"its content names it {image.name}" if image.name != file.name else ""
    except ImageRefusedError as error:
        reason = error.code
    if reason:
        raise ContentError([Problem("bad_image", f"{ImageFolder.path}/{file.name}", params={"reason": reason})])
    return image
