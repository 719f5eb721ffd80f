"""What readers and browsers get at the address of an image, and what nobody gets there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from images.cleaning import CleanImage, clean
from images.files import keep
from tests.editorial.admin_form import editor_client
from tests.images.pictures import picture

pytestmark = pytest.mark.usefixtures("db", "own_media")


@pytest.fixture(params=["JPEG", "PNG", "WEBP"])
def image(request: pytest.FixtureRequest, own_media: Path) -> CleanImage:
    image = clean(picture(request.param))
    keep(image, "Et hus")
    return image


def test_an_image_may_be_kept_for_ever_and_is_nothing_but_an_image(image: CleanImage) -> None:
    response = Client().get(f"/media/{image.name}")
    assert response.getvalue() == image.data
    assert response["Content-Type"] == f"image/{image.extension.replace('jpg', 'jpeg')}"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response


def test_an_editor_gets_the_same(image: CleanImage) -> None:
    response = editor_client().get(f"/media/{image.name}")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_who_has_the_image_is_not_sent_it_again(image: CleanImage) -> None:
    etag = Client().get(f"/media/{image.name}")["ETag"]
    assert Client().get(f"/media/{image.name}", headers={"if-none-match": etag}).status_code == 304


def test_an_image_can_only_be_read(image: CleanImage) -> None:
    assert Client().post(f"/media/{image.name}").status_code == 405
    assert Client().head(f"/media/{image.name}").status_code == 200


@pytest.fixture
def secret(own_media: Path) -> Iterator[Path]:
    """A file that lies beside the images, and one in their folder that is none."""
    (own_media / "hemmelig.png").write_bytes(b"hemmelig")
    outside = own_media.parent / "hemmelig.png"
    outside.write_bytes(b"hemmelig")
    yield outside
    outside.unlink()


@pytest.mark.usefixtures("secret")
@pytest.mark.parametrize(
    "path",
    [
        "",
        "hemmelig.png",
        "../hemmelig.png",
        "%2e%2e/hemmelig.png",
        "..%2fhemmelig.png",
        "0" * 32 + ".png",
        "0" * 32 + ".png%00",
        "0" * 32 + ".svg",
        "0" * 32 + ".png/../../hemmelig.png",
        "A" * 32 + ".png",
        ".draft-x",
    ],
)
def test_no_other_file_is_to_be_had(path: str) -> None:
    assert Client().get(f"/media/{path}").status_code == 404
