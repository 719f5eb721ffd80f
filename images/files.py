"""Where the images lie: in one folder, MEDIA_ROOT, each under the name that its content gives it.

Several servers share the folder. A file never changes, so that copying the folder is a backup of it.
"""

import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

from images.cleaning import CleanImage
from images.models import Image
from markup.images import NAME

_NAME = re.compile(NAME)


def path_of(name: str) -> Path:
    """The file of an image, whether it is there or not. Raises ValueError for what cannot be an image's name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of an image")
    return Path(settings.MEDIA_ROOT) / name


def keep(image: CleanImage, description: str = "", user_id: int | None = None, *, with_file: bool = True) -> Image:
    """The row of `image`, made together with its file where there is none yet."""
    if with_file:
        put(path_of(image.name), image.data)
    row, _ = Image.objects.get_or_create(
        hash=image.hash,
        defaults={
            "extension": image.extension,
            "width": image.size.width,
            "height": image.size.height,
            "bytes": len(image.data),
            "description": description,
            "uploaded_by_id": user_id,
        },
    )
    return row


def put(path: Path, data: bytes) -> None:
    """Write the file where there is none: under its name all at once, so that nobody reads half an image."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp's files are for their maker alone; a web server in front may be another user.
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
