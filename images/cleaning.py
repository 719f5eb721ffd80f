"""What somebody sends as an image → an image that is nothing else: decoded, made smaller, encoded anew.

Nothing of the file that was sent is kept but its picture: no place and time of taking, no preview that shows more than
the picture does, no second file hidden in it. What a file is called or says of itself is never believed.
"""

import hashlib
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import Image, ImageCms, ImageOps

from markup.images import Size

MAX_BYTES = 10 * 1024 * 1024
# Beyond this, decoding would take more memory than a small server should spend on one image.
MAX_PIXELS = 30_000_000
# Twice the width of a column of text, for sharp screens.
MAX_SIDE = 1600
# Pillow's name of a format → the ending of its files. MPO is what telephones make of several JPEG in one file.
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
_FORMATS = ("JPEG", "PNG", "WEBP")
_ENCODING: dict[str, dict[str, object]] = {
    "jpg": {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "optimize": True},
    "webp": {"format": "WEBP", "quality": 85, "method": 6},
}
# What an image says beyond its picture, as Pillow names it.
_METADATA = frozenset(
    {"exif", "xmp", "icc_profile", "comment", "photoshop", "XML:com.adobe.xmp", "Raw profile type exif"}
)


class ImageRefusedError(Exception):
    """Not taken as an image. `code` is one of `MESSAGES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(MESSAGES[code])


MESSAGES = {
    "no_image": "Filen er ikke et billede i formatet PNG, JPEG eller WebP, eller den er beskadiget.",
    "too_many_bytes": f"Filen fylder for meget. Et billede må højst fylde {MAX_BYTES // 1024 // 1024} MB.",
    "too_many_pixels": f"Billedet er for stort. Det må højst have {MAX_PIXELS // 1_000_000} millioner billedpunkter.",
    "has_metadata": "Billedet siger mere, end det viser, fx hvor det er taget.",
    "moves": "Billedet bevæger sig. Brug et, der står stille.",
}


@dataclass(frozen=True)
class CleanImage:
    """The bytes to keep, and what they are. `name` is made from them, so that equal images have one name."""

    data: bytes
    extension: str
    size: Size

    @property
    def hash(self) -> str:
        return content_hash(self.data)

    @property
    def name(self) -> str:
        return f"{self.hash}.{self.extension}"


def content_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def clean(data: bytes) -> CleanImage:
    """The picture in `data`, upright, in sRGB, no side longer than MAX_SIDE. Raises ImageRefusedError."""
    with _opened(data) as image:
        extension = EXTENSIONS[image.format or ""]
        picture = _plain(image)
        picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        if extension == "jpg" and picture.mode != "L":
            picture = picture.convert("RGB")
        buffer = io.BytesIO()
        picture.save(buffer, **_ENCODING[extension])  # type: ignore[arg-type]  # each format's own options
    return CleanImage(buffer.getvalue(), extension, Size(*picture.size))


def examine(data: bytes) -> CleanImage:
    """An image that was cleaned before, as a file of the content holds it, with the same bytes and so the same name.

    Raises ImageRefusedError where it is not whole, or says more than its picture.
    """
    with _opened(data) as image:
        image.load()
        if _METADATA & image.info.keys():
            raise ImageRefusedError("has_metadata")
        return CleanImage(data, EXTENSIONS[image.format or ""], Size(*image.size))


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The image in `data`, not decoded yet; whatever Pillow finds wrong with it then is one and the same error."""
    if len(data) > MAX_BYTES:
        raise ImageRefusedError("too_many_bytes")
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
            if image.width * image.height > MAX_PIXELS:
                raise ImageRefusedError("too_many_pixels")
            if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
                raise ImageRefusedError("moves")
            yield image
    except Image.DecompressionBombError:
        raise ImageRefusedError("too_many_pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error):
        # All that Pillow's readers are known to raise at files that are broken or made to be.
        raise ImageRefusedError("no_image") from None


def _plain(image: Image.Image) -> Image.Image:
    """The picture alone, turned as its camera says, with or without transparency, and no word about itself."""
    profile = image.info.get("icc_profile")
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    picture = ImageOps.exif_transpose(image)
    if picture.mode.startswith("I"):
        # Grey of 16 bits; Pillow would cut off what is above 255 rather than divide.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if has_alpha:
        picture = picture.convert("RGBA")
    elif picture.mode not in {"L", "RGB", "CMYK"}:
        picture = picture.convert("RGB")
    if profile:
        picture = _in_srgb(picture, profile)
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    picture = picture.copy()
    picture.info = {}
    return picture


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """The colours as browsers take them where no profile is given; a profile that is no good is left out."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted or picture
