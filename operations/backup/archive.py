"""The file of a backup: a zip that any program opens, whose comment ends with the SHA-256 of all that is before it.

It is written under another name, put on the disk, and then named; so a file that has the name is whole. That seal finds
any damage; it is no signature, for whoever can write the file can write its seal.
"""

import fcntl
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from operations.backup.errors import BackupError
from operations.backup.manifest import ImagePart, Manifest, TablePart, dump, image_member, parse, table_member

_MANIFEST = "manifest.json"
_COMMENT = b"Hjemvej backup, SHA-256 of all before: "
_DIGITS = 64
_CHUNK = 1 << 20
# All that reading a zip, or a manifest that is none, is known to raise.
_DAMAGE = (
    BadZipFile,
    zlib.error,
    AttributeError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)


class Writer:
    """Takes the members of a backup one after the other, without keeping any in memory."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    def add(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> tuple[str, int]:
        """Write a member; give its SHA-256, and how many chunks it was made of. Images are packed already."""
        digest, count = hashlib.sha256(), 0
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        with self._archive.open(info, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
                count += 1
        return digest.hexdigest(), count

    def finish(self, manifest: Manifest) -> None:
        self.add(_MANIFEST, [dump(manifest)])
        self._archive.comment = _COMMENT + b"0" * _DIGITS


@contextmanager
def writing(path: Path, *, force: bool) -> Iterator[Writer]:
    """A new backup at `path`, readable by its owner alone, which is there as a whole or not at all.

    force: replace a file that is there. Raises BackupError, or OSError where it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    _refuse_existing(path, force)
    with _own_file(part) as file:
        try:
            with ZipFile(file, "w") as archive:
                yield Writer(archive)
            seal = _digest(file)
            file.seek(-_DIGITS, os.SEEK_END)
            file.write(seal)
            file.flush()
            os.fsync(file.fileno())
            _refuse_existing(path, force)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    _put_on_disk(path.parent)


def _refuse_existing(path: Path, force: bool) -> None:
    if path.exists() and not force:
        raise BackupError(f"{path} is there already; --force replaces it.")


@contextmanager
def _own_file(part: Path) -> Iterator[IO[bytes]]:
    """The unfinished file, which nobody else writes: what a killed backup has left of it is written over."""
    with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = os.path.samestat(os.fstat(file.fileno()), part.stat())
        except (BlockingIOError, FileNotFoundError):
            is_ours = False
        if not is_ours:
            raise BackupError(f"Another backup is being written to {part}.")
        os.fchmod(file.fileno(), 0o600)
        file.truncate(0)
        yield file


def _put_on_disk(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(file: IO[bytes]) -> bytes:
    """The seal that belongs to a file: what its last digits ought to be."""
    left = file.seek(0, os.SEEK_END) - _DIGITS
    digest = hashlib.sha256()
    file.seek(0)
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


class Reader:
    """A backup whose seal fits. Whatever is wrong with a member raises BackupError when it has been read to its end."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        self._archive, self.manifest = archive, manifest

    def rows(self, part: TablePart) -> Iterator[bytes]:
        """The lines of one table's member."""
        digest, count, name = hashlib.sha256(), 0, table_member(part.model)
        with _finding_damage(name), self._archive.open(name) as member:
            for line in member:
                digest.update(line)
                count += 1
                yield line
            if (digest.hexdigest(), count) != (part.sha256, part.rows):
                raise ValueError("it is not what was written")

    def image(self, part: ImagePart) -> bytes:
        name = image_member(part.name)
        with _finding_damage(name):
            data = self._archive.read(name)
            if hashlib.sha256(data).hexdigest() != part.sha256:
                raise ValueError("it is not what was written")
        return data

    def verify(self) -> None:
        """Read everything once."""
        for table in self.manifest.tables:
            for _ in self.rows(table):
                pass
        for image in self.manifest.images:
            self.image(image)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """The backup at `path`. Raises BackupError where it is not whole or of another format; OSError if unreadable."""
    with path.open("rb") as file:
        seal = _digest(file)
        if file.read(_DIGITS) != seal:
            raise BackupError(f"{path} is damaged, or no backup of Hjemvej: its checksum does not fit.")
        with _finding_damage(str(path)):
            archive = ZipFile(file)
            manifest = parse(archive.read(_MANIFEST))
        with archive:
            yield Reader(archive, manifest)


@contextmanager
def _finding_damage(what: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise BackupError(f"{what} is damaged, or of no backup of Hjemvej: {error}.") from error
