"""Whatever an editor does, the process that does it may be killed at any moment: it is done as a whole or not at all,
what was written before is still there, and the next process goes on at once."""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from content.loader import load
from content.models import ContentVersion
from editorial.images import remove
from editorial.models import Autosave, Revision
from editorial.publishing import approve, publish_due
from editorial.revisions import open_revision, propose_withdrawal
from guidelines.models import Guideline
from images.cleaning import clean, content_hash
from images.files import keep, path_of
from images.models import Image
from library.models import Link, Tombstone
from library.models import Record as RecordRow
from markup.kinds import Kind
from search.engines import get_engine
from search.query import SearchQuery, search
from tests.content.trees import write_tree
from tests.editorial.admin_form import change_address, fields_of
from tests.editorial.killing import COMMIT, Act, Site, Step, done, moments_of
from tests.editorial.writing import approver, changed, client_of, drafted, editor, row_of, submitted
from tests.images.pictures import picture

pytestmark = pytest.mark.django_db

TERM = Kind.GLOSSARY
WRITTEN, TO_SEND, TO_APPROVE, IN_FILES, GOING, *PLANNED = "telt", "skur", "herberg", "hytte", "nilhest", "hus", "slot"
TREE = {
    f"glossary/{slug}.md": f"---\ntitle: {slug.title()}\nsummary: Et sted.\n---\nHer bor en flodhest.\n"
    for slug in (WRITTEN, TO_SEND, IN_FILES, GOING, *PLANNED)
}
# The last two show the title of what is approved.
PAGES = (f"/begreber/{TO_APPROVE}/", f"/begreber/{GOING}/", f"/begreber/{IN_FILES}/", "/begreber/", "/nyt/")
HELD, UPLOADED, FROM_FILE = picture("PNG"), picture("JPEG"), picture("WEBP")
# So often one is killed by chance.
CHANCES = 5


@dataclass(frozen=True)
class Seen:
    """What a new process finds, what readers get and what editors have.

    index: the content version that the search is at, once somebody has searched. torn: images that are not whole.
    """

    pages: tuple[str, ...]
    texts: str
    found: int
    version: int
    index: int
    revisions: tuple[Any, ...]
    typed: tuple[str, ...]
    published: int
    images: tuple[str, ...]
    torn: tuple[str, ...]


def look() -> Seen:
    reader = Client()
    fields = ("path", "state", "edition", "content_version", "text", "public_note", "saved_by__username")
    return Seen(
        pages=tuple(f"{page.status_code} {digest(page.content)}" for page in map(reader.get, PAGES)),
        texts=digest(
            *RecordRow.objects.order_by("address").values_list("address", "title", "text", "html"),
            *Link.objects.order_by("source__address", "pk").values_list("source__address"),
            *Tombstone.objects.order_by("address").values_list("address", "title", "reason"),
        ),
        found=search(SearchQuery("flodhest")).count,
        version=ContentVersion.current(),
        index=get_engine().version(),
        revisions=tuple(Revision.objects.exclude(text="").order_by(*fields).values_list(*fields)),
        typed=tuple(map(repr, Autosave.objects.order_by("token").values_list("user__username", "token", "fields"))),
        published=AuditEntry.objects.filter(action__in=["published", "withdrawn"]).count(),
        images=tuple(name for name in sorted(Image.objects.sizes()) if path_of(name).exists()),
        torn=tuple(file.name for file in Path(settings.MEDIA_ROOT).glob("[!.]*") if is_torn(file)),
    )


def digest(*parts: Any) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def is_torn(image: Path) -> bool:
    return image.stem != content_hash(image.read_bytes())


# ---------- The site before anybody is killed ----------


def prepare() -> None:
    """A small site, with texts at each place on their way from a draft to readers."""
    for model in (Guideline, RecordRow, Tombstone, Revision):
        model._default_manager.all().delete()
    load(files())
    get_engine().rebuild()
    propose_withdrawal(TERM, GOING, editor(), reason="Den er flyttet.")
    drafted(changed(TERM, WRITTEN, add="En kladde."))
    type_in("Skrevet, men ikke gemt")()
    drafted(changed(TERM, TO_SEND, add="En kladde til."))
    submitted(drafted(changed(TERM, TO_APPROVE, title="Herberg og flodhest")))
    day = timezone.localdate()
    for slug in PLANNED:
        sent = submitted(drafted(changed(TERM, slug, add="Noget planlagt.")))
        approve(sent.pk, approver(), edition=sent.edition, publish_on=day + timedelta(days=1))
    Revision.objects.filter(publish_on__isnull=False).update(publish_on=day)
    keep(clean(HELD), "Et billede, som ingen tekst viser")


def files() -> Path:
    """The files that the site was loaded from."""
    return Path(settings.MEDIA_ROOT).parent / "files"


def read_templates() -> None:
    """Read once, they are there in each process that is forked from this one."""
    with transaction.atomic():
        client = client_of(editor())
        for address in (*PAGES, change_address(row_of(TERM, TO_APPROVE))):
            client.get(address)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def kept_site(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    with django_db_blocker.unblock():
        read_templates()
        site = Site(tmp_path_factory.mktemp("killed"))
        try:
            write_tree(site.folder / "files", changed=TREE)
            site.do(prepare)
            site.do(look)
            site.keep()
            yield site
        finally:
            site.remove()


@pytest.fixture
def site(kept_site: Site) -> Site:
    kept_site.restore()
    return kept_site


# ---------- What is done ----------


def type_in(summary: str) -> Act:
    client = client_of(editor())
    fields = fields_of(client, change_address(row_of(TERM, WRITTEN)))
    fields |= {"summary": summary, "_token": f"{TERM}/{WRITTEN}"}
    return lambda: client.post(reverse("editorial:autosave"), fields)


def autosave() -> Act:
    return type_in("Skrevet videre")


def form(slug: str, **changes: str) -> Act:
    """Send the form of a text as it stands, but for `changes`."""
    client, address = client_of(editor()), change_address(row_of(TERM, slug))
    fields = fields_of(client, address) | changes
    return lambda: client.post(address, fields)


def save() -> Act:
    return form(WRITTEN, summary="Gemt oven på kladden.")


def save_and_send() -> Act:
    return form(TO_SEND, _submit="1")


def approve_text(slug: str = TO_APPROVE) -> Act:
    client, revision = client_of(approver()), open_revision(TERM, slug)
    assert revision
    address = reverse("editorial:approve", args=[revision.pk])
    return lambda: client.post(address, {"edition": revision.edition})


def withdraw() -> Act:
    return approve_text(GOING)


def publish_planned() -> Act:
    return lambda: call_command("publish_due")


def publish_the_first() -> None:
    next(publish_due(timezone.localdate()))


def upload() -> Act:
    client = client_of(editor())
    fields = {"image": SimpleUploadedFile("hus.jpg", UPLOADED), "description": "Et hus"}
    return lambda: client.post(reverse("editorial:upload-image"), fields)


def load_files() -> Act:
    """One text and one image differ from what the site has."""
    path, image = f"glossary/{IN_FILES}.md", clean(FROM_FILE)
    (files() / path).write_text(f"{TREE[path]}\nEn flodhest fra filerne.\n")
    (files() / "images").mkdir(exist_ok=True)
    (files() / "images" / image.name).write_bytes(image.data)
    return lambda: call_command("load_content", files())


def remove_image() -> Act:
    return lambda: remove(Image.objects.named(clean(HELD).name))


STEPS: tuple[Step, ...] = (autosave, save, save_and_send, approve_text, withdraw, publish_planned, upload, load_files)
# Each of the texts that are planned comes by itself.
FIRST_OF_TWO: dict[Step, Callable[[], object]] = {publish_planned: publish_the_first}


# ---------- What is left ----------


def stages(site: Site, step: Step) -> tuple[list[Seen], list[str]]:
    """All that may be seen of `step`, from before it to after it, and what it touches."""
    seen = [site.do(look)]
    if step in FIRST_OF_TWO:
        site.do(FIRST_OF_TWO[step])
        seen.append(site.do(look))
        site.restore()
    touched = site.touches(step)
    seen.append(site.do(look))
    assert len(set(seen)) == len(seen)
    return seen, touched


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_what_is_killed_is_done_as_a_whole_or_not_at_all_and_then_by_the_next(site: Site, step: Step) -> None:
    whole, touched = stages(site, step)
    seen = []
    for number in moments_of(touched):
        site.restore()
        site.kill(step, number)
        seen.append(site.do(look))
        assert seen[-1] in whole
        assert not seen[-1].torn
        if touched[number - 1] == COMMIT:
            # The dead had everything in hand.
            site.do(done(step))
            assert site.do(look) == whole[-1]
    assert set(seen) == set(whole)


def test_it_is_the_same_whenever_a_process_is_killed(site: Site) -> None:
    whole, _ = stages(site, approve_text)
    chance = random.Random(110)
    for _ in range(CHANCES):
        site.restore()
        site.kill_after(approve_text, chance.uniform(0, 0.3))
        assert site.do(look) in whole


def test_an_image_that_was_being_removed_is_served_to_nobody_unless_it_can_be_removed_again(site: Site) -> None:
    def left() -> tuple[bool, bool]:
        name = clean(HELD).name
        return Image.objects.named(name).exists(), path_of(name).exists()

    moments = moments_of(site.touches(remove_image))
    assert len(moments) > 2
    for number in moments:
        site.restore()
        site.kill(remove_image, number)
        is_listed, is_served = site.do(left)
        assert is_listed or not is_served
        site.do(done(remove_image))
        assert site.do(left) == (False, False)
