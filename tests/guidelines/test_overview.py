"""The picture of the whole: everything is in it, and the words beside it say the same."""

import re
from itertools import pairwise

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guidelines.models import Actor, Guideline, Instruction, Theme
from guidelines.overview import Outline, draw, outlines
from principles.models import Principle

pytestmark = pytest.mark.usefixtures("content")


def test_the_picture_leads_to_everything_it_shows(client: Client) -> None:
    page = client.get("/overblik/").content.decode()
    svg = page[page.index('<svg class="picture"') : page.index("</svg>", page.index('<svg class="picture"'))]
    acting = Actor.objects.filter(instructions__isnull=False).distinct()
    for record in (*Theme.objects.all(), *Guideline.objects.all(), *Principle.objects.all(), *acting):
        assert f'href="{record.address}"' in svg
        assert f'href="{record.address}"' in page[page.index('id="i-ord"') :]


def test_a_tie_counts_the_instructions_behind_it() -> None:
    for outline in outlines():
        for name, ties in (("principles", outline.principles), ("actors", outline.actors)):
            for tie in ties:
                wanted = Instruction.objects.filter(guideline=outline.guideline, **{name: tie.record.pk})
                assert tie.count == wanted.count() > 0
        assert {tie.record.pk for tie in outline.actors} == set(
            Actor.objects.filter(instructions__guideline=outline.guideline).values_list("pk", flat=True)
        )


def test_every_tie_is_one_line_that_both_its_ends_know() -> None:
    whole = outlines()
    picture = draw(whole)
    assert len(picture.lines) == sum(len(outline.principles) + len(outline.actors) for outline in whole)
    names = sorted(line.name for line in picture.lines)
    assert sorted(name for node in picture.guidelines for name in node.lines) == names
    assert sorted(name for node in (*picture.principles, *picture.actors) for name in node.lines) == names


def test_the_more_instructions_the_wider_the_line() -> None:
    whole = outlines()
    counts = [tie.count for outline in whole for tie in (*outline.principles, *outline.actors)]
    widths = [line.width for line in draw(whole).lines]
    pairs = sorted(zip(counts, widths, strict=True))
    assert [width for _, width in pairs] == sorted(widths)
    assert widths[counts.index(max(counts))] > widths[counts.index(min(counts))]


def test_no_name_leaves_the_picture_or_covers_another() -> None:
    picture = draw(outlines())
    for column in (picture.principles, picture.guidelines, picture.actors):
        heights = [y for node in column for y, _ in node.rows]
        assert all(0 < y < picture.height for y in heights)
        assert all(after - before >= 16 for before, after in pairwise(heights))


def test_a_long_name_loses_no_word() -> None:
    longest = max(Guideline.objects.select_related("theme"), key=lambda guideline: len(guideline.title))
    [node] = draw([Outline(longest)]).guidelines
    assert " ".join(text for _, text in node.rows) == longest.title


def test_numbers_stand_in_the_picture_as_svg_writes_them(client: Client) -> None:
    page = client.get("/overblik/").content.decode()
    assert re.search(r'viewBox="0 0 \d+ \d+"', page)
    assert not re.findall(r'\s(?:x|y|stroke-width)="[^"]*[^\d"][^"]*"', page[page.index('<svg class="picture"') :])


def test_the_front_page_leads_to_the_picture(client: Client) -> None:
    assert 'href="/overblik/"' in client.get("/").content.decode()


def test_the_page_stands_before_any_content_is_loaded(client: Client, no_content: None) -> None:
    assert client.get("/overblik/").status_code == 200


def test_the_picture_asks_the_database_little(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        client.get("/overblik/")
