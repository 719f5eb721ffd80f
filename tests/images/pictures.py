"""Image files as people send them, and as people make them who mean no good."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

# Where a telephone says that a picture was taken.
PLACE = (55.0, 40.0, 34.0)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any) -> bytes:
    """A small picture, dark to the left and light to the right."""
    image = Image.linear_gradient("L").rotate(90).resize(size).convert(mode)
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def exif(orientation: int = 1) -> bytes:
    """What a telephone writes into a picture: its make, the place, and which way up it was held."""
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x010F] = "Telefon"
    tags[0x9286] = "hemmelig bemærkning"
    place = tags.get_ifd(0x8825)
    place[1], place[2] = "N", PLACE
    return tags.tobytes()


def png_of_size(width: int, height: int) -> bytes:
    """A PNG of some hundred bytes that says it is `width` by `height`, and has next to nothing in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def brightness(data: bytes, x: int, y: int) -> int:
    """How light a point of an image is, 0 to 255."""
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("L").tobytes()[y * image.width + x]
