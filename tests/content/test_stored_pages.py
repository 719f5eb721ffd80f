"""Pages that are stored finished: never other than what their views would make now, and missed by nobody."""

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from content.models import StoredPage
from content.store import delete_record, record_of, save_record
from content.stored_pages import refresh
from guidelines.models import Actor, Basis, Guideline, Theme
from guidelines.views import guideline as guideline_page
from library.models import Act, GlossaryTerm, Link, Resource, Source
from library.models import Record as RecordRow
from markup.kinds import Kind
from markup.record import Record
from principles.models import Principle
from tests.editorial.admin_form import editor_client

pytestmark = pytest.mark.usefixtures("content")

MARK = b"not made anew"


@pytest.fixture(autouse=True)
def _stored_and_not_in_memory(content: None, settings: Settings) -> None:
    """What is looked at here is what stands in the database, by the code as it is now."""
    settings.PAGE_CACHE = False
    refresh()


@pytest.fixture
def guideline() -> Guideline:
    return Guideline.objects.get(slug="boligfastholdelse")


def made(guideline: Guideline) -> str:
    """What its view makes of the content as it is now."""
    request = RequestFactory().get(guideline.address)
    return guideline_page(request, theme=guideline.theme.slug, slug=guideline.slug).content.decode()


def stored() -> dict[str, str]:
    return {page.address: brotli.decompress(bytes(page.body)).decode() for page in StoredPage.objects.all()}


def expect_all_current() -> None:
    pages = stored()
    guidelines = Guideline.objects.select_related("theme")
    assert pages.keys() == {guideline.address for guideline in guidelines}
    stale = [guideline.slug for guideline in guidelines if pages[guideline.address] != made(guideline)]
    assert stale == []


def changed(row: RecordRow, **fields: Any) -> Record:
    record = record_of(row)
    return replace(record, fields=record.fields | fields)


# What an editor may do to the content; each gives the words that some page must show afterwards.


def rename_theme() -> str:
    save_record(changed(Theme.objects.order_by("number")[1], title="Et omdøbt tema"))
    return "Et omdøbt tema"


def rename_guideline() -> str:
    save_record(changed(Guideline.objects.get(slug="boligfastholdelse"), title="En omdøbt retningslinje"))
    return "En omdøbt retningslinje"


def move_guideline() -> str:
    moved = Guideline.objects.order_by("theme__number", "number")[0]
    save_record(replace(record_of(moved), number=77))
    return moved.title


def move_guideline_to_another_theme() -> str:
    moved = Guideline.objects.order_by("theme__number", "number")[0]
    save_record(replace(record_of(moved), number=78, theme=Theme.objects.order_by("-number")[0].slug))
    return moved.title


def add_guideline() -> str:
    model = record_of(Guideline.objects.get(slug="boligfastholdelse"))
    save_record(replace(changed_record(model, title="Den nye retningslinje"), slug="den-nye", number=79))
    return "Den nye retningslinje"


def changed_record(record: Record, **fields: Any) -> Record:
    return replace(record, fields=record.fields | fields)


def relate_another_guideline() -> str:
    first, *_, last = Guideline.objects.order_by("theme__number", "number")
    save_record(changed(first, related=[last.slug]))
    return last.title


def rename_principle() -> str:
    used = Principle.objects.filter(instructions__isnull=False).order_by("number")[0]
    save_record(changed(used, short="Omdøbt princip"))
    return "Omdøbt princip"


def rename_actor() -> str:
    used = Actor.objects.filter(instructions__isnull=False).order_by("slug")[0]
    save_record(changed(used, title="Omdøbt aktør"))
    return "Omdøbt aktør"


def rename_act() -> str:
    act = Act.objects.filter(provisions__bases__isnull=False).order_by("slug")[0]
    save_record(changed(act, short_title="omdøbtloven", aliases=[*act.aliases, "omdøbtloven"]))
    return "Omdøbtloven"


def amend_provision() -> str:
    basis = Basis.objects.filter(provision__isnull=False).order_by("pk")[0]
    assert basis.provision is not None
    act, today = basis.provision.act, timezone.localdate()
    save_record(changed(basis.instruction.guideline, law_checked=today - timedelta(days=9)))
    change = {"date": today, "provision": basis.provision.number, "summary": "Prøvens ændring."}
    save_record(changed(act, changes=[change, *record_of(act).fields.get("changes", [])]))
    return "Lovgrundlaget er ændret siden vores kontrol"


def rename_source() -> str:
    used = Source.objects.filter(guidelines__isnull=False).order_by("slug")[0]
    save_record(changed(used, title="Omdøbt kilde", publisher="Omdøbt udgiver"))
    return "Omdøbt udgiver"


def rename_source_of_an_instruction() -> str:
    used = Source.objects.filter(bases__isnull=False, guidelines__isnull=True).order_by("slug").first()
    used = used or Source.objects.filter(bases__isnull=False).order_by("slug")[0]
    save_record(changed(used, title="Anvisningens kilde", publisher="Anvisningens udgiver"))
    return "Anvisningens"


def rename_term() -> str:
    linking = Link.objects.filter(target__kind="guideline", source__kind="glossary").values("source")
    term = GlossaryTerm.objects.filter(pk__in=linking).order_by("slug").first() or GlossaryTerm.objects.all()[0]
    save_record(changed(term, title="Omdøbt begreb"))
    return ""


def term_leads_to_a_guideline() -> str:
    term = record_of(GlossaryTerm.objects.order_by("slug")[0])
    first = Guideline.objects.order_by("theme__number", "number")[0]
    save_record(replace(changed_record(term, title="Et vejviserbegreb"), body=f"Se [[guideline:{first.slug}]]."))
    return "Et vejviserbegreb"


def term_no_longer_leads_to_a_guideline() -> str:
    link = Link.objects.filter(target__kind="guideline", source__kind="glossary").order_by("pk")[0]
    save_record(replace(record_of(link.source), body="Et begreb, der ikke fører nogen vegne."))
    return ""


def resource_names_a_guideline() -> str:
    resource = Resource.objects.filter(guidelines=None).order_by("slug").first() or Resource.objects.all()[0]
    last = Guideline.objects.order_by("-theme__number", "-number")[0]
    save_record(changed(resource, guidelines=[last.slug], title="Et nævnende materiale"))
    return "Et nævnende materiale"


def resource_names_another_guideline_alone() -> str:
    resource = Resource.objects.filter(guidelines__isnull=False).order_by("slug")[0]
    others = Guideline.objects.exclude(pk__in=resource.guidelines.all()).exclude(pk__in=resource.used_by.all())
    save_record(changed(resource, guidelines=[others.order_by("slug")[0].slug]))
    return resource.title


def remove_resource() -> str:
    save_record(
        Record(
            Kind.RESOURCE,
            "proevens",
            {"title": "Prøvens materiale", "kind": "metode", "summary": "Kort.", "guidelines": ["boligfastholdelse"]},
            body="Kort.",
        )
    )
    assert any("Prøvens materiale" in page for page in stored().values())
    delete_record(Kind.RESOURCE, "proevens")
    assert not any("Prøvens materiale" in page for page in stored().values())
    return ""


def change_a_text_alone() -> str:
    record = record_of(Guideline.objects.get(slug="boligfastholdelse"))
    save_record(replace(record, body="Prøvens indledning.\n\n" + record.body))
    return "Prøvens indledning."


@pytest.mark.parametrize(
    "save",
    [
        rename_theme,
        rename_guideline,
        move_guideline,
        move_guideline_to_another_theme,
        add_guideline,
        relate_another_guideline,
        rename_principle,
        rename_actor,
        rename_act,
        amend_provision,
        rename_source,
        rename_source_of_an_instruction,
        rename_term,
        term_leads_to_a_guideline,
        term_no_longer_leads_to_a_guideline,
        resource_names_a_guideline,
        resource_names_another_guideline_alone,
        remove_resource,
        change_a_text_alone,
    ],
)
def test_no_stored_page_is_other_than_its_view_would_make_it(save: Callable[[], str]) -> None:
    words = save()
    expect_all_current()
    assert any(words in page for page in stored().values())


def remade(save: Callable[[], object]) -> set[str]:
    """The addresses of the pages that a save makes anew."""
    StoredPage.objects.update(body=MARK)
    save()
    return {page.address for page in StoredPage.objects.all() if bytes(page.body) != MARK}


def test_a_text_that_shows_nowhere_else_makes_no_other_page_anew(guideline: Guideline) -> None:
    assert remade(change_a_text_alone) == {guideline.address}


def test_what_no_page_shows_of_a_source_makes_no_page_anew() -> None:
    source = Source.objects.filter(guidelines__isnull=False, bases__isnull=False).order_by("slug")[0]
    assert remade(lambda: save_record(changed(source, license="Frit."))) == set()


def test_a_stored_page_costs_no_rendering(client: Client, guideline: Guideline) -> None:
    StoredPage.objects.filter(address=guideline.address).update(body=brotli.compress(b"som gemt"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(guideline.address).content == b"som gemt"
    assert len(queries) <= 2


@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_a_stored_page_and_a_made_one_are_the_same_to_readers(
    client: Client, guideline: Guideline, settings: Settings, encoding: str
) -> None:
    read: Callable[[bytes], bytes] = {"gzip": gzip.decompress, "br": brotli.decompress}.get(encoding, bytes)
    answers = []
    for settings.STORED_PAGES in (True, False):
        answer = client.get(guideline.address, headers={"Accept-Encoding": encoding})
        assert answer.get("Content-Encoding", "") == encoding
        assert answer["Content-Length"] == str(len(answer.content))
        answers.append((read(answer.content), dict(answer.items())))
    assert answers[0] == answers[1]


def test_an_editor_gets_the_page_too_and_keeps_nothing(guideline: Guideline) -> None:
    answer = editor_client().get(guideline.address)
    assert guideline.title in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_a_page_of_other_code_is_not_served_and_made_again(
    client: Client, guideline: Guideline, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    StoredPage.objects.update(body=brotli.compress(b"af anden kode"), code="anden")
    assert guideline.title in client.get(guideline.address).content.decode()
    assert refresh() == Guideline.objects.count()
    assert refresh() == 0
    expect_all_current()


def test_pages_of_other_code_go_when_something_is_published(guideline: Guideline) -> None:
    StoredPage.objects.exclude(address=guideline.address).update(code="anden")
    change_a_text_alone()
    assert StoredPage.objects.get().address == guideline.address


def test_a_page_is_served_until_the_law_changes(
    client: Client, guideline: Guideline, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = timezone.localdate()
    basis = Basis.objects.filter(instruction__guideline=guideline, provision__isnull=False)[0]
    assert basis.provision is not None
    change = {"date": today + timedelta(days=2), "provision": basis.provision.number, "summary": "Prøvens ændring."}
    save_record(changed(guideline, law_checked=today))
    save_record(changed(basis.provision.act, changes=[change]))
    for days, is_stored in ((-1, False), (0, True), (1, True), (2, False)):
        monkeypatch.setattr(timezone, "localdate", lambda day=today + timedelta(days=days): day)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(guideline.address).content.decode()
        assert (len(queries) <= 2) == is_stored
        assert ("Lovgrundlaget er ændret siden" in page) == (days == 2)
    call_command("publish_due")
    expect_all_current()


def test_pages_that_are_gone_are_made_by_their_views_and_then_again(client: Client, guideline: Guideline) -> None:
    StoredPage.objects.all().delete()
    assert guideline.title in client.get(guideline.address).content.decode()
    call_command("load_content")
    expect_all_current()


def test_the_page_of_a_guideline_that_is_gone_goes_with_it(client: Client) -> None:
    add_guideline()
    address = Guideline.objects.get(slug="den-nye").address
    assert client.get(address).status_code == 200
    delete_record(Kind.GUIDELINE, "den-nye")
    assert client.get(address).status_code == 410
    expect_all_current()


def test_texts_are_stored_before_the_static_files_are_collected_too(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    manifest = {"BACKEND": "config.static_storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": manifest}
    save_record(changed(Guideline.objects.get(slug="boligfastholdelse"), title="En omdøbt retningslinje"))
    assert "boligfastholdelse" not in " ".join(stored())
    assert refresh() == 0
