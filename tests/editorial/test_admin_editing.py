"""An editor changes the knowledge base in the admin, and readers see it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from content.exporter import export
from content.models import ContentVersion
from content.signals import content_stored
from editorial.models import Revision
from editorial.publishing import approve
from guidelines.models import Actor, Guideline, Instruction, Situation, Theme
from library.models import Act, GlossaryTerm, Record, Resource, Source, Tombstone
from markup.problems import ContentError
from principles.models import Principle
from tests.editorial.admin_form import add_address, change_address, editor_client, errors_of, fields_of, publish, save
from tests.editorial.writing import approver

pytestmark = pytest.mark.usefixtures("content")

SKAL = """
### Skal: Vink til borgeren
Aktører: kommunal-myndighed
Principper: 2
Kilder: serviceloven § 10

Kommunen skal vinke, når borgeren kommer.
"""


@pytest.fixture
def editor(content: None) -> Client:
    return editor_client()


@pytest.fixture
def guideline(content: None) -> Guideline:
    return Guideline.objects.get(slug="raadgivning-og-vejledning")


def with_instruction(body: str, instruction: str) -> str:
    """The body with one more instruction, before the section that follows the instructions."""
    start, heading, rest = body.partition("## Anvisninger\n")
    return f"{start}{heading}{instruction}{rest}"


@pytest.mark.parametrize("record", Record.objects.model.__subclasses__(), ids=lambda model: model.__name__)
def test_opening_and_saving_a_record_untouched_changes_nothing(editor: Client, record: type[Record]) -> None:
    version = ContentVersion.current()
    for row in record.objects.order_by("pk")[:3]:
        response = save(editor, change_address(row))
        assert errors_of(response) == {}
        again = record.objects.get(pk=row.pk)
        assert again.text == row.text
        assert again.changed_at == row.changed_at
        assert not again.is_edited
    assert ContentVersion.current() == version
    assert not Revision.objects.open().exists()


def test_a_changed_text_is_on_the_public_page_once_it_is_approved(editor: Client, guideline: Guideline) -> None:
    body = fields_of(editor, change_address(guideline))["body"]
    save(editor, change_address(guideline), body=f"Døren står altid åben på rådhuset.\n\n{body}")
    assert "Døren står altid åben" not in Client().get(guideline.address).content.decode()
    publish()
    assert "Døren står altid åben på rådhuset." in Client().get(guideline.address).content.decode()


def test_a_new_instruction_gets_an_anchor_and_is_found_by_itself(editor: Client, guideline: Guideline) -> None:
    body = fields_of(editor, change_address(guideline))["body"]
    response = save(editor, change_address(guideline), body=with_instruction(body, SKAL))
    assert errors_of(response) == {}
    publish()
    instruction = Instruction.objects.get(guideline=guideline, title="Vink til borgeren")
    assert (instruction.anchor, instruction.obligation) == ("vink-til-borgeren", "skal")
    assert [str(basis) for basis in instruction.bases.all()] == ["serviceloven § 10"]
    assert "### Skal: Vink til borgeren {#vink-til-borgeren}" in Guideline.objects.get(pk=guideline.pk).text


def test_an_instruction_keeps_its_anchor_when_its_title_changes(editor: Client, guideline: Guideline) -> None:
    old = guideline.instructions.order_by("position")[0]
    body = fields_of(editor, change_address(guideline))["body"]
    response = save(editor, change_address(guideline), body=body.replace(old.title, "Et helt andet navn"))
    assert errors_of(response) == {}
    publish()
    assert Instruction.objects.get(pk=old.pk).title == "Et helt andet navn"
    assert Instruction.objects.get(pk=old.pk).anchor == old.anchor


def test_relations_and_tags_are_kept_in_the_order_of_the_text(editor: Client, guideline: Guideline) -> None:
    address = change_address(guideline)
    fields = fields_of(editor, address)
    first, *rest = fields["actors"]
    save(editor, address, actors=rest, tags=f"{fields['tags']}, nyt emne")
    publish()
    text = Guideline.objects.get(pk=guideline.pk).text
    before = next(line for line in guideline.text.split("\n") if line.startswith("actors: "))
    gone = Actor.objects.get(pk=first).slug
    expected = [slug for slug in before.removeprefix("actors: ").strip("[]").split(", ") if slug != gone]
    assert f"actors: [{', '.join(expected)}]" in text
    assert Guideline.objects.get(pk=guideline.pk).tags.filter(name="nyt emne").exists()
    assert set(Guideline.objects.get(pk=guideline.pk).actors.values_list("slug", flat=True)) == set(expected)


def test_what_an_editor_has_published_is_what_the_export_writes(
    editor: Client, guideline: Guideline, tmp_path: Path
) -> None:
    save(editor, change_address(guideline), summary="Et nyt resumé: kort og »klart«.")
    publish()
    export(tmp_path)
    changed = [
        path.relative_to(tmp_path)
        for path in tmp_path.rglob("*.md")
        if path.read_bytes() != (settings.CONTENT_DIR / path.relative_to(tmp_path)).read_bytes()
    ]
    assert [path.stem for path in changed] == ["01-raadgivning-og-vejledning"]
    assert 'summary: "Et nyt resumé: kort og »klart«."' in (tmp_path / changed[0]).read_text()


NEW_RECORDS = {
    Theme: {"title": "Et nyt tema", "summary": "Om temaet.", "body": "Tekst."},
    Principle: {"title": "Et tiende princip", "summary": "Om princippet.", "body": "Tekst."},
    Actor: {"title": "Brandvæsenet", "summary": "Slukker ild.", "category": "kommune", "body": "Tekst."},
    GlossaryTerm: {"title": "Ørkenvandring", "summary": "At blive sendt rundt.", "aliases": "ørkenvandringer"},
    Resource: {"title": "En ny håndbog", "summary": "Om bogen.", "category": "metode", "body": "Tekst."},
    Source: {"title": "Årsberetning 2025", "publisher": "Et råd", "year": "2025"},
}


@pytest.mark.parametrize("model", NEW_RECORDS, ids=lambda model: model.__name__)
def test_a_new_record_has_a_page_at_an_address_made_from_its_title(editor: Client, model: type[Record]) -> None:
    response = save(editor, add_address(model), **NEW_RECORDS[model])
    assert errors_of(response) == {}
    publish()
    record = model.objects.get(title=NEW_RECORDS[model]["title"])
    assert record.slug.isascii()
    page = Client().get(record.address)
    assert page.status_code == 200
    assert record.title in page.content.decode()


def test_a_new_guideline_comes_last_in_its_theme(editor: Client) -> None:
    theme = Theme.objects.get(slug="forebyggelse")
    last = theme.guidelines.order_by("number").last()
    response = save(
        editor,
        add_address(Guideline),
        title="Vinterberedskab",
        summary="Når det fryser.",
        theme=theme.pk,
        principles=[Principle.objects.get(number=1).pk],
        actors=[Actor.objects.get(slug="kommunal-myndighed").pk],
        body=f"Derfor.\n\n## Anvisninger\n{SKAL}",
    )
    assert errors_of(response) == {}
    publish()
    guideline = Guideline.objects.get(slug="vinterberedskab")
    assert last is not None
    assert guideline.number == (last.number or 0) + 1
    assert "Vink til borgeren" in Client().get(guideline.address).content.decode()


def test_a_record_that_nothing_needs_is_taken_out_and_leaves_its_address(editor: Client) -> None:
    save(editor, add_address(Source), title="Midlertidig kilde", publisher="Et råd")
    publish()
    source = Source.objects.get(slug="midlertidig-kilde")
    response = save(editor, change_address(source).replace("change", "delete"), reason="Rapporten er trukket tilbage.")
    assert Source.objects.filter(pk=source.pk).exists()
    proposal = response.context["revision"]
    approve(proposal.pk, approver(), edition=proposal.edition)
    assert not Source.objects.filter(pk=source.pk).exists()
    assert Tombstone.objects.filter(address=source.address).exists()
    answer = Client().get(source.address)
    assert (answer.status_code, "Rapporten er trukket tilbage." in answer.content.decode()) == (410, True)


def test_a_guideline_that_moves_to_another_theme_is_still_found_at_its_old_address(
    editor: Client, guideline: Guideline
) -> None:
    theme = Theme.objects.get(slug="forebyggelse")
    response = save(editor, change_address(guideline), theme=theme.pk, number="")
    assert errors_of(response) == {}
    publish()
    moved = Guideline.objects.get(pk=guideline.pk)
    assert moved.address == "/retningslinjer/forebyggelse/raadgivning-og-vejledning/"
    answer = Client().get(guideline.address)
    assert (answer.status_code, answer["Location"]) == (301, moved.address)
    assert Client().get(moved.address).status_code == 200


def test_those_who_keep_the_search_are_told_what_changed(editor: Client, guideline: Guideline) -> None:
    told: list[set[int]] = []

    def listen(changed: set[int], **kwargs: object) -> None:
        told.append(changed)

    content_stored.connect(listen)
    try:
        version = ContentVersion.current()
        save(editor, change_address(guideline), summary="Et helt nyt resumé.")
        assert told == []
        publish()
    finally:
        content_stored.disconnect(listen)
    assert [guideline.pk in changed for changed in told] == [True]
    assert ContentVersion.current() == version + 1


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        (Theme, "forebyggelse"),
        (Principle, "fokus-paa-forebyggelse"),
        (Guideline, "boligfastholdelse"),
        (Actor, "kommunal-myndighed"),
        (Act, "serviceloven"),
        (Resource, "housing-first"),
        (Source, "nr-2020"),
    ],
)
def test_what_is_in_use_is_not_taken_out(editor: Client, kind: type[Record], slug: str) -> None:
    record, count = kind.objects.get(slug=slug), Record.objects.count()
    response = editor.post(change_address(record).replace("change", "delete"), {"reason": "Væk."}, follow=True)
    assert "kan ikke udgå" in response.content.decode()
    assert Record.objects.count() == count
    assert not Revision.objects.open().exists()


def test_the_history_of_a_record_says_who_changed_it(editor: Client, guideline: Guideline) -> None:
    save(editor, change_address(guideline), summary="Et helt nyt resumé.")
    page = editor.get(change_address(guideline).replace("change", "history")).content.decode()
    assert "redaktoer" in page


def test_a_record_that_others_need_is_not_taken_out_and_says_who_they_are(editor: Client) -> None:
    actor = Actor.objects.get(slug="boformer")
    response = editor.post(change_address(actor).replace("change", "delete"), {"reason": "Væk."}, follow=True)
    assert Actor.objects.filter(pk=actor.pk).exists()
    page = response.content.decode()
    user = Guideline.objects.filter(actors=actor).first()
    assert user is not None
    assert "kan ikke udgå" in page
    assert user.title in page


def test_an_instruction_that_a_situation_gathers_stays_until_it_is_taken_out(editor: Client) -> None:
    step = Situation.objects.order_by("number")[0].steps.select_related("instruction__guideline")[0]
    guideline, title = step.instruction.guideline, step.instruction.title
    body = fields_of(editor, change_address(guideline))["body"]
    start = body.index(f": {title}")
    start = body.rindex("###", 0, start)
    end = body.find("\n##", start + 1)
    response = save(editor, change_address(guideline), body=body[:start] + body[end + 1 :])
    assert any(step.situation.title in message for message in errors_of(response)["__all__"])
    with pytest.raises(ContentError):
        publish()
    assert Instruction.objects.filter(pk=step.instruction.pk).exists()
