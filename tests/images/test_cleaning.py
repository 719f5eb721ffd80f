"""Whatever is sent as an image comes out as a picture and nothing else, or not at all."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from images.cleaning import MAX_BYTES, MAX_SIDE, CleanImage, ImageRefusedError, clean, examine
from tests.images.pictures import brightness, exif, picture, png_of_size

KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def refusal(data: bytes) -> str:
    with pytest.raises(ImageRefusedError) as caught:
        clean(data)
    return caught.value.code


def opened(image: CleanImage) -> Image.Image:
    return Image.open(io.BytesIO(image.data))


@pytest.mark.parametrize(("kind", "extension"), KINDS.items())
def test_an_image_keeps_its_format_and_its_picture(kind: str, extension: str) -> None:
    image = clean(picture(kind))
    assert (image.extension, image.size.width, image.size.height) == (extension, 60, 40)
    assert opened(image).format == kind
    assert brightness(image.data, 2, 20) < 40 < 215 < brightness(image.data, 57, 20)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_tells_where_and_with_what_it_was_taken(kind: str) -> None:
    sent = picture(kind, exif=exif())
    assert b"Telefon" in sent
    image = clean(sent)
    assert b"Telefon" not in image.data
    assert not opened(image).getexif()
    assert examine(image.data) == image


@pytest.mark.parametrize(
    "sent",
    [
        picture("JPEG", comment=b"hemmelig"),
        picture("JPEG", xmp=b"<x:xmpmeta>hemmelig</x:xmpmeta>"),
        picture("WEBP", xmp=b"<x:xmpmeta>hemmelig</x:xmpmeta>"),
        picture("WEBP", exif=exif()),
    ],
)
def test_words_hidden_in_an_image_are_left_out(sent: bytes) -> None:
    with pytest.raises(ImageRefusedError):
        examine(sent)
    assert b"hemmelig" not in clean(sent).data


def test_a_picture_taken_with_the_telephone_on_its_side_stands_upright() -> None:
    image = clean(picture("JPEG", exif=exif(orientation=6)))
    assert (image.size.width, image.size.height) == (40, 60)
    assert brightness(image.data, 20, 2) < brightness(image.data, 20, 57)


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    image = clean(picture("JPEG", (MAX_SIDE * 2, MAX_SIDE)))
    assert (image.size.width, image.size.height) == (MAX_SIDE, MAX_SIDE // 2)


def test_the_same_picture_has_the_same_name_each_time_and_another_has_another() -> None:
    assert clean(picture()).name == clean(picture()).name != clean(picture(size=(61, 40))).name


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_stays_so(kind: str, mode: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).convert(mode).save(buffer, "PNG", transparency=0 if mode == "P" else None)
    with Image.open(buffer) as image:
        sent = io.BytesIO()
        image.convert("RGBA").save(sent, kind) if kind == "WEBP" else image.save(sent, kind)
    assert opened(clean(sent.getvalue())).convert("RGBA").getpixel((1, 1))[3] == 0  # type: ignore[index]  # RGBA has four


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "YCbCr"])
def test_every_way_to_hold_colours_comes_out_as_browsers_show_it(mode: str) -> None:
    image = clean(picture("JPEG" if mode in {"CMYK", "YCbCr"} else "PNG", mode=mode))
    assert opened(image).mode in {"L", "RGB"}
    assert brightness(image.data, 2, 20) < 60 < 195 < brightness(image.data, 57, 20)


def test_a_grey_of_sixteen_bits_keeps_its_shades() -> None:
    buffer = io.BytesIO()
    Image.new("I;16", (8, 8), 0x8000).save(buffer, "PNG")
    assert brightness(clean(buffer.getvalue()).data, 4, 4) == 0x80


def test_colours_of_another_profile_are_turned_into_those_of_the_web() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for icc in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), profile, b"no profile"):
        image = clean(picture("JPEG", icc_profile=icc))
        assert "icc_profile" not in opened(image).info


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        picture("GIF"),
        picture("BMP"),
        picture("TIFF"),
        picture("ICO"),
        picture("PNG")[:100],
        picture("JPEG")[:300],
        picture("WEBP")[:60],
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    ],
)
def test_what_is_no_whole_png_jpeg_or_webp_is_refused(data: bytes) -> None:
    assert refusal(data) == "no_image"


def test_a_file_that_is_two_things_at_once_comes_out_as_one() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("ond.html", "<script>alert(1)</script>")
    page = b"<script>alert(document.cookie)</script>"
    for sent in (picture("PNG") + archive.getvalue(), picture("JPEG") + page, picture("JPEG", comment=page)):
        image = clean(sent)
        assert b"script" not in image.data
        assert not zipfile.is_zipfile(io.BytesIO(image.data))


@pytest.mark.parametrize("size", [(30_000, 30_000), (6_000, 6_000), (2**31 - 1, 1)])
def test_a_small_file_that_would_unfold_into_a_huge_picture_is_refused_unread(size: tuple[int, int]) -> None:
    assert refusal(png_of_size(*size)) == "too_many_pixels"


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refusal(picture() + bytes(MAX_BYTES)) == "too_many_bytes"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_image_that_moves_is_refused(kind: str) -> None:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    assert refusal(buffer.getvalue()) == "moves"


def test_the_first_of_a_telephones_several_pictures_is_taken() -> None:
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("black", "white")]
    frames[0].save(buffer, "MPO", save_all=True, append_images=frames[1:])
    image = clean(buffer.getvalue())
    assert (image.extension, brightness(image.data, 4, 4)) == ("jpg", 0)


@given(st.sampled_from(list(KINDS)), st.data())
def test_a_damaged_image_is_shown_or_refused_and_never_an_accident(kind: str, data: st.DataObject) -> None:
    sent = bytearray(picture(kind, size=(16, 16)))
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(sent) - 1), st.integers(0, 255)), max_size=8)):
        sent[place] = value
    try:
        image = clean(bytes(sent[: data.draw(st.integers(0, len(sent)))]))
    except ImageRefusedError:
        return
    assert examine(image.data) == image
