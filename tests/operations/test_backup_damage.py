"""A file that is not as it was written is refused in one line, before the database is touched."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from operations.backup.archive import writing
from operations.backup.errors import BackupError
from operations.backup.manifest import ImagePart, Manifest, TablePart, dump, image_member, parse, table_member
from operations.backup.restoring import check
from tests.operations.installations import raw_rows, refusal

LINES = [json.dumps([number, f"Tekst {number} æøå"], ensure_ascii=False).encode() + b"\n" for number in range(50)]
NAME = "0123456789abcdef0123456789abcdef.png"
SEAL_DIGITS = 64


@pytest.fixture(scope="module")
def backup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small one."""
    file = tmp_path_factory.mktemp("backup") / "a.zip"
    with writing(file, force=False) as writer:
        rows, count = writer.add(table_member("feedback.reply"), LINES)
        image, _ = writer.add(image_member(NAME), [b"\x00\x01" * 500], packed=False)
        writer.finish(
            Manifest(
                made_at=datetime(2026, 3, 2, 12, 0, 0, 5, tzinfo=UTC),
                program="abc",
                database="sqlite",
                content_version=7,
                migrations={"feedback": ["0001_initial"]},
                tables=(TablePart("feedback.reply", ("id", "text"), count, rows),),
                images=(ImagePart(NAME, image),),
                missing=(),
            )
        )
    return file


def is_refused(file: Path) -> str:
    with pytest.raises(BackupError) as error:
        check(file)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_whole_one_is_taken_and_says_the_same_again(backup: Path) -> None:
    manifest = check(backup)

    assert manifest.content_version == 7
    assert parse(dump(manifest)) == manifest


def test_one_that_ends_early_is_refused_wherever_it_ends(backup: Path, tmp_path: Path) -> None:
    data = backup.read_bytes()
    for size in {*range(0, len(data), 7), *range(len(data) - 100, len(data))}:
        (tmp_path / "a.zip").write_bytes(data[:size])
        is_refused(tmp_path / "a.zip")


def test_one_wrong_byte_is_found_wherever_it_is(backup: Path, tmp_path: Path) -> None:
    data = bytearray(backup.read_bytes())
    for place in {*range(0, len(data), 5), *range(len(data) - 100, len(data))}:
        data[place] ^= 1
        (tmp_path / "a.zip").write_bytes(data)
        is_refused(tmp_path / "a.zip")
        data[place] ^= 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_what_is_no_backup_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)

    assert "is damaged, or no backup of Hjemvej" in is_refused(tmp_path / "a.zip")


def sealed(source: Path, target: Path, member: str, change: Callable[[bytes], bytes]) -> Path:
    """`source` with one member changed by somebody who knows how the seal is made (docs/operations.md)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            new.writestr(info, change(data) if info.filename == member else data)
        new.comment = old.comment
    data = target.read_bytes()[:-SEAL_DIGITS]
    target.write_bytes(data + hashlib.sha256(data).hexdigest().encode())
    return target


def with_fields(**changes: Any) -> Callable[[bytes], bytes]:
    return lambda manifest: json.dumps(json.loads(manifest) | changes).encode()


def test_one_of_a_newer_format_says_so(backup: Path, tmp_path: Path) -> None:
    newer = sealed(backup, tmp_path / "newer.zip", "manifest.json", with_fields(format=2))

    assert is_refused(newer) == (
        "The backup is of format 2, this program knows format 1. Restore it with the program that made it, or a newer "
        "one."
    )


@pytest.mark.parametrize(
    ("member", "change"),
    [
        ("tables/feedback.reply.jsonl", lambda lines: lines.replace(b"Tekst 7", b"Tekst 8")),
        ("tables/feedback.reply.jsonl", lambda lines: lines.partition(b"\n")[2]),
        (f"media/{NAME}", lambda image: image[:-1]),
        ("manifest.json", lambda manifest: b"[]"),
        ("manifest.json", lambda manifest: b"17"),
        ("manifest.json", with_fields(made_at="i dag")),
    ],
)
def test_a_member_that_was_changed_is_refused_even_under_a_seal_that_fits(
    backup: Path, tmp_path: Path, member: str, change: Callable[[bytes], bytes]
) -> None:
    assert " is damaged, or of no backup of Hjemvej: " in is_refused(sealed(backup, tmp_path / "x.zip", member, change))


@pytest.mark.django_db
def test_the_command_says_it_and_changes_nothing(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(backup.read_bytes()[:-1])
    before = raw_rows()

    for options in ([], ["--check"]):
        assert refusal("restore", str(tmp_path / "a.zip"), *options) == (
            f"{tmp_path}/a.zip is damaged, or no backup of Hjemvej: its checksum does not fit."
        )
    assert refusal("restore", str(tmp_path / "b.zip")) == f"{tmp_path}/b.zip: No such file or directory."
    assert raw_rows() == before


@pytest.mark.django_db
def test_one_of_a_newer_program_says_so(backup: Path, tmp_path: Path) -> None:
    migrations = {"feedback": ["0001_initial", "0099_to_come"]}
    newer = sealed(backup, tmp_path / "newer.zip", "manifest.json", with_fields(migrations=migrations))

    said = refusal("restore", str(newer))

    assert said == "The backup is of a newer program than this one: it has the migration feedback.0099_to_come."
