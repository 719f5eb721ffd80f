"""The lists of texts in the admin say which of them somebody is working on."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from library.models import GlossaryTerm
from markup.kinds import Kind
from tests.editorial.writing import changed, client_of, drafted, editor, submitted, user

pytestmark = pytest.mark.usefixtures("content")

LIST = "admin:library_glossaryterm_changelist"


def drafts(client: Client) -> dict[str, str]:
    """Title → what the column of drafts says, for the texts where it says something."""
    page = client.get(reverse(LIST)).content.decode()
    rows = re.findall(r"<tr>(.+?)</tr>", page.split("<tbody>")[-1], re.DOTALL)
    cells = [(re.search(r"<a [^>]+>(.+?)</a>", row), re.search(r'"field-draft">(.+?)</td>', row)) for row in rows]
    return {title[1]: draft[1] for title, draft in cells if title and draft and draft[1] != "-"}


def test_a_list_says_how_far_the_draft_of_each_text_is() -> None:
    drafted(changed(Kind.GLOSSARY, "herberg", add="Nyt."))
    submitted(drafted(changed(Kind.GLOSSARY, "bostoette", add="Nyt.")))
    herberg, support = (GlossaryTerm.objects.get(slug=slug).title for slug in ("herberg", "bostoette"))
    assert drafts(client_of(editor())) == {herberg: "kladde", support: "til godkendelse"}


def test_a_list_takes_no_more_queries_with_many_drafts(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for term in GlossaryTerm.objects.all()[:10]:
        drafted(changed(Kind.GLOSSARY, term.slug, add="Nyt."))
    client = client_of(editor())
    with django_assert_max_num_queries(10):
        assert len(drafts(client)) == 10


def test_who_may_only_look_is_told_nothing_of_drafts() -> None:
    drafted(changed(Kind.GLOSSARY, "herberg", add="Nyt."))
    looker = user("kigger")
    looker.user_permissions.set(Permission.objects.filter(codename="view_glossaryterm"))
    assert "field-draft" not in client_of(looker).get(reverse(LIST)).content.decode()
