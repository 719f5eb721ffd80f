"""manage.py load_content: all or nothing, once or many times, and never over an editor's work."""

from collections.abc import Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from content.loader import load
from content.models import ContentVersion
from content.registry import COLUMNS, MODELS
from content.signals import content_stored
from content.store import record_of, save_record
from guidelines.models import Guideline, Instruction, Situation
from library.models import Act, Citation, Link, Record, Source, Tombstone
from markup.instruction import MOST_ANCHOR, MOST_TITLE
from markup.kinds import SCHEMA
from markup.problems import ContentError
from tests.content import trees
from tests.content.trees import spoiled, write_tree

pytestmark = pytest.mark.usefixtures("no_content")

KINDS = len(trees.FILES)
LONGEST_URL = "https://example.org/".ljust(1000, "x")


def problems(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_tree_becomes_rows_of_every_kind(tmp_path: Path) -> None:
    report = load(write_tree(tmp_path))

    assert len(report.created) == KINDS == Record.objects.count()
    guideline = Guideline.objects.get(slug="hold-boligen")
    assert guideline.address == "/retningslinjer/bolig/hold-boligen/"
    assert [(each.obligation, each.anchor) for each in guideline.instructions.all()] == [
        ("skal", "handl-straks"),
        ("boer", "ring-til-borgeren"),
    ]
    assert [tag.slug for tag in guideline.tags.order_by("slug")] == ["oekonomi", "udsaettelse"]
    bases = guideline.instructions.get(anchor="handl-straks").bases.all()
    assert [str(basis) for basis in bases] == ["testloven § 5 a, stk. 2", "En rapport"]
    steps = Situation.objects.get().steps.all()
    assert [step.instruction.anchor for step in steps] == ["handl-straks", "ring-til-borgeren"]


@pytest.mark.parametrize(
    ("path", "old", "longest"),
    [
        (trees.SOURCE, "title: En rapport", f"title: {'å' * 400}"),
        (trees.SOURCE, "publisher: Styrelsen", f"publisher: {'å' * 300}\nisbn: {'x' * 20}\nlicense: {'å' * 2000}"),
        (trees.SOURCE, "year: 2020", "year: 9999"),
        (trees.SOURCE, "https://example.org/rapport", LONGEST_URL),
        (trees.ACT, "short_title: testloven", f"short_title: {'å' * 120}"),
        (trees.ACT, "https://example.org/eli/lta/2026/1", "https://example.org/".ljust(500, "x")),
        (trees.ACT, "heading: Hjælp", f"heading: {'å' * 300}"),
        (trees.PRINCIPLE, "short: Tidlig", f"short: {'å' * 40}"),
        (trees.GUIDELINE, "tags: [udsættelse", f"draft_title: {'å' * 400}\ntags: [{'å' * 100}"),
        (trees.GUIDELINE, "Skal: Handl straks", f"Skal: {'å' * 300}"),
        (trees.GUIDELINE, "Ring til borgeren {#ring-til-borgeren}", f"{'å' * 300} {{#ring-til-borgeren}}"),
        (trees.GUIDELINE, "§ 5 a, stk. 2", f"§ 5 a, stk. {'2' * 55}"),
        (trees.RESOURCE, "publisher: Styrelsen", f"publisher: {'å' * 300}\nurl: {LONGEST_URL}"),
        (trees.RESOURCE, "tags: [metode]", f"tags: [{'å' * 100}, {'å' * 99}a]"),
    ],
)
def test_the_longest_that_a_text_may_hold_fits(tmp_path: Path, path: str, old: str, longest: str) -> None:
    load(write_tree(tmp_path, changed=spoiled(path, old, longest)))

    assert Record.objects.count() == KINDS


def test_no_text_may_be_longer_than_its_column() -> None:
    for kind, model in MODELS.items():
        columns = {"title": "title", **COLUMNS[kind]}
        for field in SCHEMA[kind]:
            column: Any = model._meta.get_field(columns[field.name]) if field.name in columns else None
            if column and column.max_length and not field.choices:
                assert 0 < field.most <= column.max_length, f"{kind}.{field.name}"
    instruction: Any = Instruction._meta
    assert instruction.get_field("title").max_length >= MOST_TITLE
    assert instruction.get_field("anchor").max_length >= MOST_ANCHOR


def test_a_record_may_be_changed_by_who_asked_for_it(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    act = Act.objects.get()

    record_of(act).fields["provisions"][0]["heading"] = "Noget andet"
    record_of(act).fields["aliases"].append("noget andet")

    assert record_of(act).fields["provisions"][0]["heading"] == "Hjælp"
    assert "noget andet" not in record_of(act).fields["aliases"]


def test_what_no_column_can_hold_is_told_of_with_its_line(tmp_path: Path) -> None:
    too_long = spoiled(trees.ACT, "heading: Hjælp", f"heading: {'å' * 301}")

    assert problems(write_tree(tmp_path, changed=too_long)) == [
        "laws/testloven.md:8: provisions.1.heading: there are 301 characters, and at most 300 may be. Say it shorter."
    ]


def test_links_and_citations_become_rows(tmp_path: Path) -> None:
    load(write_tree(tmp_path))

    guideline = Guideline.objects.get()
    linked = {(link.source.slug, link.target.slug) for link in Link.objects.select_related("source", "target")}
    assert ("hold-boligen", "herberg") in linked
    assert ("tidlig-hjaelp", "hold-boligen") in linked
    cited = Citation.objects.filter(source=guideline).values_list("anchor", "provision__key", "subsection")
    assert set(cited) == {("", "5", "stk. 1"), ("handl-straks", "5a", "")}


def test_a_second_load_changes_nothing(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    before = list(Record.objects.order_by("pk").values())
    instructions = list(Instruction.objects.values_list("pk", flat=True))
    version = ContentVersion.current()

    report = load(tmp_path)

    assert len(report.unchanged) == KINDS
    assert not (report.created)
    assert not (report.updated)
    assert not (report.deleted)
    assert not (report.kept)
    assert list(Record.objects.order_by("pk").values()) == before
    assert list(Instruction.objects.values_list("pk", flat=True)) == instructions
    assert ContentVersion.current() == version


def test_a_changed_file_updates_its_record_and_keeps_its_instructions(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    kept = Instruction.objects.get(anchor="handl-straks").pk

    report = load(write_tree(tmp_path, changed=spoiled(trees.GUIDELINE, "Skal: Handl straks", "Skal: Handl i dag")))

    assert [slug for _, slug in report.updated] == ["hold-boligen"]
    instruction = Instruction.objects.get(anchor="handl-straks")
    assert (instruction.pk, instruction.title) == (kept, "Handl i dag")


def test_a_new_title_reaches_the_pages_that_link_to_it(tmp_path: Path) -> None:
    load(write_tree(tmp_path))

    load(write_tree(tmp_path, changed=spoiled(trees.GUIDELINE, "title: Hold boligen", "title: Behold boligen")))

    assert "Behold boligen" in Record.objects.get(slug="tidlig-hjaelp").html


def test_a_file_that_goes_takes_its_record_along_and_leaves_a_tombstone(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    (tmp_path / trees.RESOURCE).unlink()

    report = load(tmp_path)

    assert [slug for _, slug in report.deleted] == ["metoden"]
    assert Tombstone.objects.get().address == "/materialer/metoden/"


def test_a_guideline_that_moves_to_another_theme_leaves_its_new_address(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    text = (tmp_path / trees.GUIDELINE).read_text()
    (tmp_path / trees.GUIDELINE).unlink()
    theme = trees.FILES[trees.THEME].replace("title: Bolig", "title: Støtte")

    load(
        write_tree(
            tmp_path,
            changed={"themes/02-stoette.md": theme, "guidelines/stoette/01-hold-boligen.md": text},
            without=(trees.GUIDELINE,),
        )
    )

    assert Guideline.objects.get().address == "/retningslinjer/stoette/hold-boligen/"
    assert Tombstone.objects.get().successor == "/retningslinjer/stoette/hold-boligen/"


def test_an_anchor_is_never_given_to_another_instruction(tmp_path: Path) -> None:
    load(write_tree(tmp_path, without=(trees.SITUATION,)))
    gone = trees.FILES[trees.GUIDELINE].replace("{#ring-til-borgeren}", "{#ring-op}")
    load(write_tree(tmp_path, changed={trees.GUIDELINE: gone}, without=(trees.SITUATION,)))
    reused = gone.replace("Handl straks {#handl-straks}", "Noget helt andet {#ring-til-borgeren}")

    found = problems(write_tree(tmp_path, changed={trees.GUIDELINE: reused}, without=(trees.SITUATION,)))

    assert len(found) == 1
    assert "the anchor 'ring-til-borgeren' was used before" in found[0]


SPOILED = [
    # (what is spoiled, the file, the line, what the message says)
    (spoiled(trees.GUIDELINE, "actors: [kommunen]", "actors: [kommune]"), 5, "there is no actor 'kommune'"),
    (spoiled(trees.GUIDELINE, "principles: [1]", "principles: [2]"), 4, "there is no principle '2'"),
    (spoiled(trees.GUIDELINE, "testloven § 5 a, stk. 2; ", ""), 13, "names no provision of an act"),
    (
        spoiled(trees.GUIDELINE, "testloven § 5 a, stk. 2;", "testloven § 7;"),
        16,
        "testloven is cited with § 7",
    ),
    (
        spoiled(trees.GUIDELINE, "testloven § 5 a, stk. 2;", "ukendtloven § 7;"),
        16,
        "no act is called 'ukendtloven'",
    ),
    (spoiled(trees.GUIDELINE, "Kilder: rapport-2020\n", ""), 20, "has no line 'Kilder:'"),
    (
        spoiled(trees.GUIDELINE, "Kilder: rapport-2020\n", "Kilder: rapport-2021\n"),
        23,
        "no source 'rapport-2021'",
    ),
    (
        spoiled(trees.GUIDELINE, "{#ring-til-borgeren}", "{#handl-straks}"),
        20,
        "the anchor 'handl-straks' is used twice",
    ),
    (spoiled(trees.GUIDELINE, "### Bør:", "### Måske:"), 20, "does not begin with Skal:, Bør: or Kan:"),
    (spoiled(trees.PRINCIPLE, "[[hold-boligen]]", "[[hold-huset]]"), 6, "[[hold-huset]] leads nowhere"),
    (
        spoiled(trees.SITUATION, "hold-boligen#handl-straks", "hold-boligen#x"),
        5,
        "no instruction 'hold-boligen#x'",
    ),
    (spoiled(trees.ACT, "  provision: 5 a", "  provision: 9 z"), 14, "§ 9 z"),
    (spoiled(trees.ACTOR, "kind: kommune", "kind: komune"), 4, "'komune' is not one of"),
    (spoiled(trees.ACTOR, "kind: kommune", "kind: kommune\nparent: ingen"), 5, "there is no actor 'ingen'"),
    (spoiled(trees.TERM, "summary: Et midlertidigt sted at bo.\n", ""), 2, "missing"),
    (spoiled(trees.SOURCE, "year: 2020", "year: sidste år"), 4, "is not a whole number"),
    (spoiled(trees.SOURCE, "year: 2020", "year: [2020"), None, "not valid YAML"),
    ({trees.TERM: trees.FILES[trees.TERM].replace("Et", "Ét").encode("latin-1")}, 4, "not UTF-8"),
    (
        {"laws/andenloven.md": trees.FILES[trees.ACT].replace("short_title: testloven", "short_title: andenloven")},
        4,
        "also names",
    ),
    ({"themes/01-andet.md": trees.FILES[trees.THEME]}, None, "has the number 1"),
    (
        {"guidelines/bolig/02-hold-boligen.md": trees.FILES[trees.GUIDELINE]},
        None,
        "has the slug 'hold-boligen'",
    ),
]


@pytest.mark.parametrize(("changed", "line", "message"), SPOILED, ids=[message for _, _, message in SPOILED])
def test_a_mistake_is_named_with_file_and_line_and_nothing_is_stored(
    tmp_path: Path, changed: Mapping[str, str | bytes], line: int | None, message: str
) -> None:
    found = problems(write_tree(tmp_path, changed=changed))

    place = f"{next(iter(changed))}:{line}: " if line else ""
    assert any(each.startswith(place) and message in each for each in found), found
    assert not Record.objects.exists()
    assert ContentVersion.current() == 0


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    changed = spoiled(trees.ACTOR, "kind: kommune", "kind: x") | spoiled(trees.TERM, "title: Herberg\n", "")

    found = problems(write_tree(tmp_path, changed=changed))

    assert {each.partition(":")[0] for each in found} == {trees.ACTOR, trees.TERM}


def test_the_command_ends_with_an_error_and_lists_every_problem(tmp_path: Path) -> None:
    write_tree(tmp_path, changed=spoiled(trees.GUIDELINE, "actors: [kommunen]", "actors: [kommune]"))
    errors = StringIO()

    with pytest.raises(CommandError, match="nothing was stored"):
        call_command("load_content", str(tmp_path), stderr=errors)

    assert f"{trees.GUIDELINE}:5: actors: there is no actor 'kommune'" in errors.getvalue()


def test_check_finds_problems_and_writes_nothing(tmp_path: Path) -> None:
    output = StringIO()

    call_command("load_content", str(write_tree(tmp_path)), "--check", stdout=output)

    assert "nothing was written" in output.getvalue()
    assert not Record.objects.exists()


def edit(slug: str, old: str, new: str) -> None:
    record = record_of(Record.objects.get(slug=slug))
    assert old in record.body
    save_record(replace(record, body=record.body.replace(old, new)))


def test_a_record_that_an_editor_has_changed_is_left_alone_and_listed(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    edit("herberg", "et sted at bo", "et hus")

    report = load(write_tree(tmp_path, changed=spoiled(trees.TERM, "et sted at bo", "en seng")))

    assert [slug for _, slug in report.kept] == ["herberg"]
    assert "et hus" in Record.objects.get(slug="herberg").text


def test_overwrite_takes_the_file(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    edit("herberg", "et sted at bo", "et hus")

    report = load(tmp_path, overwrite=True)

    assert [slug for _, slug in report.updated] == ["herberg"]
    assert "et sted at bo" in Record.objects.get(slug="herberg").text
    assert not load(tmp_path).kept


def test_a_record_that_only_an_editor_has_made_survives_every_load(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    source = record_of(Source.objects.get())
    save_record(replace(source, slug="ny-kilde"))

    report = load(tmp_path, overwrite=True)

    assert [slug for _, slug in report.kept] == ["ny-kilde"]
    assert Source.objects.filter(slug="ny-kilde").exists()


def test_a_provision_that_is_cited_cannot_be_taken_from_its_act(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    act = record_of(Act.objects.get())
    fewer = replace(act, fields=act.fields | {"provisions": act.fields["provisions"][:1], "changes": []})

    with pytest.raises(ContentError) as caught:
        save_record(fewer)

    assert any(problem.path == trees.GUIDELINE for problem in caught.value.problems)
    assert Act.objects.get().provisions.count() == 2


def test_a_principle_that_texts_name_by_its_number_keeps_it(tmp_path: Path) -> None:
    load(write_tree(tmp_path))
    moved = {"principles/02-tidlig-hjaelp.md": trees.FILES[trees.PRINCIPLE]}
    (tmp_path / trees.PRINCIPLE).unlink()

    found = problems(write_tree(tmp_path, changed=moved, without=(trees.PRINCIPLE,)))

    assert any(each.startswith(trees.GUIDELINE) and "there is no principle '1'" in each for each in found)


def test_an_instruction_that_a_situation_gathers_cannot_be_removed(tmp_path: Path) -> None:
    load(write_tree(tmp_path))

    with pytest.raises(ContentError) as caught:
        edit("hold-boligen", "{#ring-til-borgeren}", "{#ring-op}")

    assert [problem.path for problem in caught.value.problems] == [trees.SITUATION]


def test_a_new_provision_reaches_the_pages_that_cite_it_and_leaves_the_others_alone(tmp_path: Path) -> None:
    citing = spoiled(trees.TERM, "Et herberg er et sted at bo.", "Et herberg er et sted at bo, jf. testloven § 7.")
    load(write_tree(tmp_path, changed=citing))
    term, act = Record.objects.get(slug="herberg"), record_of(Act.objects.get())
    assert "/love/testloven/7/" not in term.html
    told: list[set[int]] = []

    def listen(changed: set[int], **kwargs: object) -> None:
        told.append(changed)

    content_stored.connect(listen)
    provision = {"number": "7", "heading": "Herberg", "summary": "Kommunen kan drive herberger."}
    save_record(replace(act, fields=act.fields | {"provisions": [*act.fields["provisions"], provision]}))
    content_stored.disconnect(listen)

    term.refresh_from_db()
    assert "/love/testloven/7/" in term.html
    assert Citation.objects.filter(source=term, provision__key="7").exists()
    assert told == [{term.pk, Act.objects.get().pk}]
