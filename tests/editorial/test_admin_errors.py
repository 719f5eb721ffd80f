"""What is wrong is said at its field, in the text with its line; nothing is stored and nothing typed is lost."""

import pytest
from django.test import Client

from content.models import ContentVersion
from guidelines.models import Actor, Guideline
from library.models import GlossaryTerm, Source
from tests.editorial.admin_form import add_address, change_address, editor_client, errors_of, fields_of, save

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
    lines = body.split("\n")
    assert any(says in message for message in messages), messages
    numbers = [int(message.split()[1].rstrip(":")) for message in messages if says in message]
    assert all(lines.index(instruction.split("\n")[0]) < number <= len(lines) for number in numbers)
    assert ContentVersion.current() == version
    assert Guideline.objects.get(pk=guideline.pk).text == guideline.text


def test_the_line_is_the_one_that_the_editor_sees_below_leading_blank_lines(
    editor: Client, guideline: Guideline
) -> None:
    body = fields_of(editor, change_address(guideline))["body"]
    response = save(editor, change_address(guideline), body=f"\n\n[[ukendt-navn]]\n\n{body}")
    assert [message.split(":")[0] for message in errors_of(response)["body"]] == ["Linje 3"]


def test_a_refused_text_is_still_in_the_form(editor: Client, guideline: Guideline) -> None:
    response = save(editor, change_address(guideline), body="Alt det, jeg skrev.", summary="Mit resumé.")
    page = response.content.decode()
    assert "body" in errors_of(response)
    assert "Alt det, jeg skrev." in page
    assert "Mit resumé." in page


def test_every_problem_is_shown_at_once(editor: Client, guideline: Guideline) -> None:
    body = fields_of(editor, change_address(guideline))["body"]
    response = save(editor, change_address(guideline), body=f"[[et-navn]]\n\n[[et-andet-navn]]\n\n{body}")
    assert len(errors_of(response)["body"]) == 2


def test_an_empty_field_is_named(editor: Client) -> None:
    response = save(editor, add_address(GlossaryTerm), title="Et ord")
    assert "summary" in errors_of(response)


def test_a_title_whose_address_is_taken_does_not_overwrite_the_other(editor: Client) -> None:
    taken = Source.objects.get(slug="nr-2020")
    response = save(editor, add_address(Source), title="NR 2020", publisher="En anden")
    assert "title" in errors_of(response)
    assert Source.objects.get(slug="nr-2020").text == taken.text


def test_two_guidelines_of_a_theme_do_not_share_a_number(editor: Client, guideline: Guideline) -> None:
    other = Guideline.objects.filter(theme=guideline.theme).exclude(pk=guideline.pk)[0]
    response = save(editor, change_address(guideline), number=other.number)
    assert other.title in " ".join(errors_of(response)["number"])


def test_an_actor_cannot_stand_under_itself(editor: Client) -> None:
    actor = Actor.objects.get(slug="boformer")
    response = save(editor, change_address(actor), parent=actor.pk)
    assert "parent" in errors_of(response)
