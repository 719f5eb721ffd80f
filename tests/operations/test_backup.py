"""A backup is made while the site is in use: one whole file of one moment, or none."""

import fcntl
import resource
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from content.models import ContentVersion
from editorial.models import Revision
from feedback.models import Reply
from images.models import Image
from operations.backup import schema, tables
from operations.backup.making import make
from operations.backup.restoring import check
from operations.backup.snapshot import snapshot
from tests.editorial.killing import FORK, Site
from tests.operations.installations import NOT_KEPT, EmptySite, doing, refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(furnished: Site) -> Site:
    """A site in use."""
    furnished.restore()
    return furnished


def backing_up(file: Path, *options: str) -> Callable[[], object]:
    return lambda: call_command("backup", file, *options)


def test_a_backup_is_for_its_owner_alone_and_is_whole(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    version = site.do(doing(backing_up(file), ContentVersion.current))[1]

    assert file.stat().st_mode & 0o777 == 0o600
    assert check(file).content_version == version
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_a_file_that_is_there_is_replaced_only_when_that_is_asked_for(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_text("noget andet")
    said = site.do(lambda: refusal("backup", str(file)))

    assert said == f"{file} is there already; --force replaces it."
    assert file.read_text() == "noget andet"
    site.do(backing_up(file, "--force"))
    assert check(file)


def test_a_folder_that_is_not_there_is_named(site: Site, tmp_path: Path) -> None:
    said = site.do(lambda: refusal("backup", str(tmp_path / "nowhere" / "a.zip")))

    assert said == f"Cannot write {tmp_path}/nowhere/a.zip.part: No such file or directory."


def test_an_image_without_its_file_or_with_a_damaged_one_is_named(site: Site, tmp_path: Path) -> None:
    names = sorted(site.do(lambda: list(Image.objects.sizes())))
    media = site.folder / "media"
    (media / names[0]).unlink()
    (media / names[1]).write_bytes(b"noget andet")

    made = site.do(lambda: make(tmp_path / "a.zip"))

    assert made.missing == tuple(names)
    assert check(tmp_path / "a.zip").missing == tuple(names)


def test_two_do_not_write_one_file(site: Site, tmp_path: Path) -> None:
    with (tmp_path / "a.zip.part").open("w") as part:
        fcntl.flock(part, fcntl.LOCK_EX)
        said = site.do(lambda: refusal("backup", str(tmp_path / "a.zip")))

    assert said == f"Another backup is being written to {tmp_path}/a.zip.part."
    site.do(backing_up(tmp_path / "a.zip"))
    assert check(tmp_path / "a.zip")


@pytest.mark.parametrize("room", [1000, 100_000, 400_000])
def test_where_the_disk_is_full_that_is_said_and_nothing_is_left(site: Site, tmp_path: Path, room: int) -> None:
    """A limit on the size of files stands for the disk; there, writing fails in the same places."""

    def in_little_room() -> str:
        ContentVersion.current()  # what SQLite keeps beside an open database is there already
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        return refusal("backup", str(tmp_path / "a.zip"))

    said = site.do(in_little_room)

    assert said == f"Cannot write {tmp_path}/a.zip: File too large."
    assert list(tmp_path.iterdir()) == []


def test_killed_at_any_size_it_leaves_no_half_file_and_the_next_goes_well(site: Site, tmp_path: Path) -> None:
    file, part = tmp_path / "a.zip", tmp_path / "a.zip.part"
    for size in (0, 50_000, 200_000, 400_000):
        process = site.start(backing_up(file))
        while process.is_alive() and not (part.exists() and part.stat().st_size >= size):
            time.sleep(0.001)
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        assert not file.exists()

    site.do(backing_up(file))
    assert check(file)
    assert not part.exists()


def test_what_it_reads_is_of_one_moment_and_keeps_nobody_from_writing(site: Site) -> None:
    """Neither side waits for the other: the writer here is done while the moment is held."""
    held, written = FORK.Event(), FORK.Event()

    def write() -> None:
        held.wait()
        Reply.objects.create(page="/imens/", helpful=True)
        written.set()

    def read() -> tuple[int, int, int]:
        with snapshot():
            before = Reply.objects.count()
            held.set()
            assert written.wait(60)
            during = Reply.objects.count()
        return before, during, Reply.objects.count()

    writer = site.start(write)
    before, during, after = site.do(read)
    writer.join()

    assert before == during == after - 1


def test_memory_does_not_grow_with_the_content(site: Site, empty: EmptySite, tmp_path: Path) -> None:
    """30 MB of texts more, out and in again. SQLite keeps up to 16 MB of any database in memory."""
    text = "Kommunalbestyrelsen skal tilbyde midlertidigt ophold. " * 100

    def grow() -> None:
        texts = (
            Revision(kind="glossary", slug=f"n{number}", path="x.md", text=f"{number} {text}", state="published")
            for number in range(6000)
        )
        Revision.objects.bulk_create(texts, batch_size=500)

    few = growths(site, empty, tmp_path / "few.zip")
    site.do(grow)
    empty.restore()
    many = growths(site, empty, tmp_path / "many.zip")

    assert [more - less for more, less in zip(many, few, strict=True) if more - less > 20] == []


def growths(site: Site, empty: EmptySite, file: Path) -> tuple[float, float]:
    """By how many MB the memory grows that a backup of the site needs, and its restore."""
    backup = site.do(growth_while(backing_up(file)))
    return backup, empty.do(growth_while(lambda: call_command("restore", file)))


def growth_while(work: Callable[[], object]) -> Callable[[], float]:
    """By how many MB the memory of this process grows at most while it does `work`."""

    def run() -> float:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the most so far is forgotten
        before = _peak()
        work()
        return (_peak() - before) / 1024

    return run


def _peak() -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1])


# ---------- What is in it ----------


def test_every_table_is_in_it_or_is_left_out_on_purpose() -> None:
    """A table that is new must be thought about: it is kept, or it is one of those that are made anew."""
    kept = tables.kept(schema.models_at(schema.applied()))
    now = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    left_out = {model._meta.db_table for label, model in now.items() if label not in kept}

    assert kept.keys() <= now.keys()
    assert left_out == NOT_KEPT - {"cache", "django_migrations", "sqlite_sequence"}
    for label, model in kept.items():
        columns = {field.column for field in now[label]._meta.local_concrete_fields}
        assert set(tables.columns_of(model)) == columns
