"""typst in a process of its own: `python press.py MOMENT IMAGES < document.json > document.pdf`.

The book takes half a gigabyte while it is set, which a server should not keep. Imports nothing of Django or of ours,
so that it starts in no time.
"""

import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).resolve().parent / "typeset" / "document.typ"


def press(document: str, moment: int, images: str) -> bytes:
    """The PDF of `document`, JSON as the template reads it, dated `moment` in UNIX seconds.

    images: the folder of the images that the document shows, the only one that the template can read from.
    Set with the fonts inside typst alone, so that every machine sets the same pages. Raises typst.TypstError where the
    result would not be PDF/UA-1.
    """
    pdf: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        root=images,  # type: ignore[type-var]  # the stubs want a text and a folder to be of one type
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"document": document},
        pdf_standards=["ua-1"],
        timestamp=moment,
    )
    return pdf


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(press(sys.stdin.buffer.read().decode(), int(sys.argv[1]), sys.argv[2]))
    except typst.TypstError as error:
        sys.exit(f"{error.message} {error.diagnostic}")
