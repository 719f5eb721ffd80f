"""The lists inside a record: an act's provisions and amendments, a situation's instructions."""

import pytest
from django.test import Client

from content.registry import MODELS
from editorial.forms.values import FORM_NAMES
from guidelines.models import Basis, Situation
from library.models import Act
from markup.kinds import ENTRY_FIELDS, SCHEMA
from markup.problems import ContentError
from tests.editorial.admin_form import (
    Fields,
    add_address,
    change_address,
    editor_client,
    errors_of,
    fields_of,
    publish,
    save,
)

pytestmark = pytest.mark.usefixtures("content")


@pytest.fixture
def editor(content: None) -> Client:
    return editor_client()


@pytest.fixture
def act(content: None) -> Act:
    return Act.objects.get(slug="serviceloven")


def test_the_form_of_every_kind_holds_every_field_of_its_texts(editor: Client) -> None:
    for kind, model in MODELS.items():
        form = editor.get(add_address(model)).context["adminform"].form
        names = {FORM_NAMES.get(field.name, field.name) for field in SCHEMA[kind]}
        assert names <= form.fields.keys() | form.row_sets.keys()
        for field in SCHEMA[kind]:
            if field.type in ENTRY_FIELDS:
                parts = {part.name for part in ENTRY_FIELDS[field.type]}
                assert parts == form.row_sets[field.name].form.base_fields.keys()


def filled_rows(fields: Fields, prefix: str) -> int:
    return int(fields[f"{prefix}-INITIAL_FORMS"])


def test_a_new_provision_finds_its_place_in_the_order_of_the_act(editor: Client, act: Act) -> None:
    address = change_address(act)
    row = f"provisions__{filled_rows(fields_of(editor, address), 'provisions')}"
    changes = {f"{row}__number": "§ 85 q", f"{row}__heading": "Prøve", f"{row}__summary": "En prøve."}
    response = save(editor, address, **changes)
    assert errors_of(response) == {}
    publish()
    numbers = list(act.provisions.order_by("position").values_list("number", flat=True))
    assert numbers[numbers.index("85 q") - 1].startswith("85")
    assert not numbers[numbers.index("85 q") + 1].startswith("85")
    assert Client().get(f"{act.address}85q/").status_code == 200


def test_an_amendment_with_date_and_source_is_on_the_page_of_its_provision(editor: Client, act: Act) -> None:
    address = change_address(act)
    row = f"changes__{filled_rows(fields_of(editor, address), 'changes')}"
    response = save(
        editor,
        address,
        **{
            f"{row}__date": "2026-12-01",
            f"{row}__provision": "110",
            f"{row}__summary": "Ordet vinter er nyt.",
            f"{row}__source": "nr-2020",
        },
    )
    assert errors_of(response) == {}
    publish()
    page = Client().get(f"{act.address}110/").content.decode()
    assert "Ordet vinter er nyt." in page
    assert "1. december 2026" in page


def test_a_provision_that_an_instruction_rests_on_cannot_be_taken_out(editor: Client, act: Act) -> None:
    basis = Basis.objects.filter(provision__act=act).select_related("provision", "instruction__guideline")[0]
    assert basis.provision is not None
    fields = fields_of(editor, change_address(act))
    row = next(
        name.removesuffix("-number")
        for name, value in fields.items()
        if name.startswith("provisions-") and name.endswith("-number") and value == basis.provision.number
    )
    response = save(editor, change_address(act), **{f"{row}-DELETE": "on"})
    assert any(basis.instruction.guideline.title in message for message in errors_of(response)["__all__"])
    with pytest.raises(ContentError):
        publish()
    assert act.provisions.filter(pk=basis.provision.pk).exists()


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [("date", "i morgen", "dato"), ("summary", "", "påkrævet"), ("source", "findes-ikke", "findes-ikke")],
)
def test_a_faulty_cell_is_named_in_its_row(editor: Client, act: Act, column: str, value: str, says: str) -> None:
    response = save(editor, change_address(act), **{f"changes__0__{column}": value})
    rows = response.context["adminform"].form.row_sets["changes"]
    assert says in str(rows.forms[0].errors[column])
    assert Act.objects.get(pk=act.pk).text == act.text


def test_the_instructions_of_a_situation_are_read_in_the_order_given(editor: Client) -> None:
    situation = Situation.objects.order_by("number")[0]
    before = [step.instruction.identifier for step in situation.steps.all()]
    response = save(editor, change_address(situation), instructions__0__ORDER=99)
    assert errors_of(response) == {}
    publish()
    after = [step.instruction.identifier for step in situation.steps.all()]
    assert after == [*before[1:], before[0]]


def test_an_unknown_instruction_is_named(editor: Client) -> None:
    situation = Situation.objects.order_by("number")[0]
    response = save(editor, change_address(situation), instructions__0__instruction="boligfastholdelse#ukendt")
    assert "boligfastholdelse#ukendt" in " ".join(errors_of(response)["__all__"])
