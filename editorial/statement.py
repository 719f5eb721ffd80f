"""The accessibility statement, which the law wants gone over every year: when that is due again."""

from datetime import date, timedelta

from django.conf import settings

_LASTS = timedelta(days=366)
_NOTICE = timedelta(days=30)


def last_day() -> date | None:
    """The last day on which the statement holds; None where there is no statement, or its day is not known."""
    if not settings.ACCESSIBILITY_STATEMENT_URL or settings.ACCESSIBILITY_STATEMENT_DATE is None:
        return None
    day: date = settings.ACCESSIBILITY_STATEMENT_DATE + _LASTS
    return day


def is_due_soon(today: date) -> bool:
    """Whether it is time to go over it: within a month, or overdue."""
    day = last_day()
    return day is not None and today >= day - _NOTICE
