"""What is wrong is said at its field, in the text with its line; nothing is published and nothing typed is lost."""

import pytest
from django.test import Client

from content.models import ContentVersion
from editorial.models import Revision
from guidelines.models import Actor, Guideline
from library.models import GlossaryTerm, Source
from markup.problems import ContentError
from tests.editorial.admin_form import add_address, change_address, editor_client, errors_of, fields_of, publish, save

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def editor(content: None) -> Client:
    return editor_client()


@pytest.fixture
def guideline(content: None) -> Guideline:
    return Guideline.objects.get(slug="boligfastholdelse")


@pytest.mark.parametrize(
    ("instruction", "says"),
    [
        ("### Skal: Gør det\nAktører: boformer\nPrincipper: 1\nKilder: nr-2020\n\nTekst.\n", "paragraf"),
        ("### Bør: Gør det\nAktører: boformer\nPrincipper: 1\n\nTekst.\n", "Kilder"),
        ("### Må: Gør det\nAktører: boformer\nPrincipper: 1\nKilder: nr-2020\n\nTekst.\n", "Skal:, Bør: eller Kan:"),
        ("### Bør: Gør det\nAktører: troldmænd\nPrincipper: 1\nKilder: nr-2020\n\nTekst.\n", "troldmænd"),
        ("### Bør: Gør det\nAktører: boformer\nPrincipper: 1\nKilder: serviceloven § 9999\n\nTekst.\n", "9999"),
        ("### Bør: Gør det\nAktører: boformer\nPrincipper: 1\nKilder: nr-2020\n\nSe [[ukendt-navn]].\n", "ukendt-navn"),
        ("### Bør: Gør det\nAktører: boformer\nPrincipper: 1\nKilder: nr-2020\n\n<b>Fed</b>.\n", "HTML"),
    ],
)
def test_a_faulty_instruction_is_named_with_its_line(
    editor: Client, guideline: Guideline, instruction: str, says: str
) -> None:
    version = ContentVersion.current()
    body = f"Derfor.\n\n## Anvisninger\n\n{instruction}"
    response = save(editor, change_address(guideline), body=body)
    messages = errors_of(response)["body"]
    lines = fields_of(editor, change_address(guideline))["body"].split("\n")
    assert any(says in message for message in messages), messages
    numbers = [int(message.split()[1].rstrip(":")) for message in messages if says in message]
    heading = next(number for number, line in enumerate(lines, start=1) if line.startswith("### "))
    assert all(heading <= number <= len(lines) for number in numbers)
    assert "kan ikke sendes til godkendelse" in save(editor, change_address(guideline), _submit="1").content.decode()
    with pytest.raises(ContentError):
        publish()
    assert ContentVersion.current() == version
    assert Guideline.objects.get(pk=guideline.pk).text == guideline.text


def test_the_line_is_the_one_that_the_editor_sees(editor: Client, guideline: Guideline) -> None:
    body = fields_of(editor, change_address(guideline))["body"]
    response = save(editor, change_address(guideline), body=f"\n\nFørst.\n\n[[ukendt-navn]]\n\n{body}")
    (message,) = errors_of(response)["body"]
    shown = fields_of(editor, change_address(guideline))["body"].split("\n")
    assert shown[int(message.split(":")[0].removeprefix("Linje ")) - 1] == "[[ukendt-navn]]"


def test_a_text_with_errors_is_kept_as_a_draft(editor: Client, guideline: Guideline) -> None:
    response = save(editor, change_address(guideline), body="Alt det, jeg skrev.", summary="Mit resumé.")
    assert "body" in errors_of(response)
    fields = fields_of(editor, change_address(guideline))
    assert (fields["body"], fields["summary"]) == ("Alt det, jeg skrev.", "Mit resumé.")


def test_what_no_text_can_hold_is_not_saved_but_still_in_the_form(editor: Client) -> None:
    response = save(editor, add_address(Source), title="En kilde", publisher="Et råd", accessed="i morgen")
    assert "accessed" in errors_of(response)
    assert 'value="En kilde"' in response.content.decode()
    assert not Revision.objects.open().exists()


def test_every_problem_is_shown_at_once(editor: Client, guideline: Guideline) -> None:
    body = fields_of(editor, change_address(guideline))["body"]
    response = save(editor, change_address(guideline), body=f"[[et-navn]]\n\n[[et-andet-navn]]\n\n{body}")
    assert len(errors_of(response)["body"]) == 2


def test_an_empty_field_is_named(editor: Client) -> None:
    response = save(editor, add_address(GlossaryTerm), title="Et ord")
    assert "summary" in errors_of(response)
    with pytest.raises(ContentError):
        publish()


def test_a_text_without_a_title_is_not_saved(editor: Client) -> None:
    assert "title" in errors_of(save(editor, add_address(GlossaryTerm), summary="Om noget."))
    assert not Revision.objects.open().exists()


def test_a_title_whose_address_is_taken_does_not_overwrite_the_other(editor: Client) -> None:
    taken = Source.objects.get(slug="nr-2020")
    response = save(editor, add_address(Source), title="NR 2020", publisher="En anden")
    assert "title" in errors_of(response)
    assert Source.objects.get(slug="nr-2020").text == taken.text
    assert not Revision.objects.open().exists()


def test_the_address_of_a_draft_is_taken_too(editor: Client) -> None:
    save(editor, add_address(Source), title="Årsberetning 2025", publisher="Et råd")
    response = save(editor, add_address(Source), title="Årsberetning 2025", publisher="Et andet råd")
    assert "redaktoer" in errors_of(response)["title"][0]


def test_two_guidelines_of_a_theme_do_not_share_a_number(editor: Client, guideline: Guideline) -> None:
    other = Guideline.objects.filter(theme=guideline.theme).exclude(pk=guideline.pk)[0]
    response = save(editor, change_address(guideline), number=other.number)
    assert other.title in " ".join(errors_of(response)["number"])


def test_an_actor_cannot_stand_under_itself(editor: Client) -> None:
    actor = Actor.objects.get(slug="boformer")
    response = save(editor, change_address(actor), parent=actor.pk)
    assert "parent" in errors_of(response)
