"""Images in PDF: shown, with the words that a screen reader reads for them."""

import pytest

from images.cleaning import clean
from images.files import keep
from tests.images.pictures import picture
from tests.printing.setting import alternative_texts, image_sizes, set_html, words

pytestmark = pytest.mark.usefixtures("db", "own_media")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_image_is_printed_with_its_words(kind: str) -> None:
    image = clean(picture(kind, (900, 300)))
    keep(image)
    pdf = set_html(f'<p>Før <img src="/media/{image.name}" alt="Et &quot;hus&quot;"> efter</p>')
    assert image_sizes(pdf) == [(900, 300)]
    assert "Billede" not in words(pdf)
    assert 'Et "hus"' in alternative_texts(pdf)


def test_an_image_that_is_not_there_is_told_in_words() -> None:
    pdf = set_html(f'<p><img src="/media/{"0" * 32}.png" alt="Et hus"></p>')
    assert image_sizes(pdf) == []
    assert "[Billede: Et hus]" in words(pdf)


@pytest.mark.parametrize("source", ["/static/hus.png", "/etc/passwd", "/media/../../../etc/passwd", ""])
def test_no_other_file_comes_into_a_document(source: str) -> None:
    assert "[Billede: x]" in words(set_html(f'<p><img src="{source}" alt="x"></p>'))
