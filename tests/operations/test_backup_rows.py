"""Rows become lines and rows again, whatever is in them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import JSONField, Model, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.models import Autosave
from feedback.models import Reply
from linkcheck.models import ExternalLink
from operations.backup.tables import columns_of, insert, rows_of

pytestmark = pytest.mark.django_db

# What both databases can hold.
TEXT = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=200)
TIMES = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda values: st.lists(values, max_size=3) | st.dictionaries(TEXT, values, max_size=3),
    max_leaves=8,
)
ANY_ROWS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)


def through_a_backup(model: type[Model]) -> list[Any]:
    """The rows of a table as they were, after they were taken out, removed and put in again."""
    before = list(model._base_manager.order_by("pk").values_list())
    lines = list(rows_of(model))
    model._base_manager.all().delete()
    insert(model, columns_of(model), iter(lines))
    assert list(model._base_manager.order_by("pk").values_list()) == before
    return before


@ANY_ROWS
@given(text=TEXT, day=st.dates(date(1900, 1, 1), date(2200, 1, 1)), helpful=st.booleans())
def test_texts_and_days(text: str, day: date, helpful: bool) -> None:
    Reply.objects.create(page="/", text=text, day=day, helpful=helpful)

    assert through_a_backup(Reply)


@ANY_ROWS
@given(checked=TIMES, dead=TIMES | st.none(), status=st.integers(0, 999) | st.none())
def test_times_to_the_microsecond_and_what_is_missing(
    checked: datetime, dead: datetime | None, status: int | None
) -> None:
    ExternalLink.objects.all().delete()
    ExternalLink.objects.create(url="https://x.dk", checked_at=checked, dead_since=dead, status=status)

    assert through_a_backup(ExternalLink)


@ANY_ROWS
@given(fields=JSON)
def test_json_even_where_it_is_null(fields: Any) -> None:
    Autosave.objects.all().delete()
    # `None` alone would be the null of SQL.
    stored = Value(None, JSONField()) if fields is None else fields
    user, _ = User.objects.get_or_create(username="skribent")
    Autosave.objects.create(user=user, token="glossary/+", fields=stored)

    through_a_backup(Autosave)
