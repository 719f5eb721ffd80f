"""The documentation says what the program does, where it can be compared."""

import re

import pytest
from django.conf import settings

from markup.kinds import ACTOR_KINDS, RESOURCE_KINDS, SCHEMA, Kind


def read(name: str) -> str:
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", list(Kind))
def test_the_content_format_lists_the_fields_of_each_kind_in_their_order(kind: Kind) -> None:
    fields = ", ".join(f"**{field.name}**" if field.required else field.name for field in SCHEMA[kind])
    assert f"| {kind.value} | {fields} |" in read("docs/content-format.md")


@pytest.mark.parametrize(("owner", "kinds"), [("an actor", ACTOR_KINDS), ("a resource", RESOURCE_KINDS)])
def test_the_content_format_lists_the_closed_choices(owner: str, kinds: tuple[str, ...]) -> None:
    assert f"| kind of {owner} | {', '.join(f'`{kind}`' for kind in kinds)} |" in read("docs/content-format.md")


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_files_and_folders_that_documents_name_are_there(document: str) -> None:
    named = re.findall(r"`([a-z_]+(?:/[a-z_.]+)+/?)`|\]\(([\w./-]+)\)", read(document))
    folder = (settings.BASE_DIR / document).parent
    paths = [settings.BASE_DIR / code if code else folder / link for code, link in named]
    missing = [path.name for path in paths if not path.exists()]
    assert missing == []


def test_the_production_example_sets_only_what_the_settings_read() -> None:
    source = read("config/settings.py") + read("config/databases.py")
    for name in re.findall(r"^([A-Z_]+)=", read("deploy/production.env.example"), re.MULTILINE):
        assert f'"{name}"' in source, name


def test_the_licence_is_the_one_that_the_project_names() -> None:
    assert 'license = "EUPL-1.2"' in read("pyproject.toml")
    assert read("LICENSE").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
