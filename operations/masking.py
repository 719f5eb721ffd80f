"""What is left out of every line of the log: what may tell who somebody is, or what somebody searched for."""

import re
from urllib.parse import parse_qsl

from library.personal import without_cpr

_MAIL_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
# PostgreSQL quotes rows and statements, and so what somebody wrote, in the further lines of its errors.
_QUOTED_BY_DATABASE = re.compile(r"^(DETAIL|CONTEXT|QUERY|STATEMENT|LINE \d+): .*(?:\n\s*\^)?$", re.MULTILINE)
# The link by which a forgotten password is set anew.
_RESET_KEY = re.compile(r"(/glemt-kodeord/)[^/\s'\"]+")
# Shorter ones stand in every text.
_SHORTEST_VALUE = 3


def masked(text: str, query_string: str = "") -> str:
    """`text` without CPR-like numbers, mail addresses, reset keys, rows of the database, and values of the query.

    >>> masked("invalid literal: 'jens hansen' (jens@example.dk, 010190-1234)", "q=jens+hansen")
    "invalid literal: '[query]' ([e-mail], [CPR])"
    """
    text = _QUOTED_BY_DATABASE.sub(r"\1: [left out]", text)
    text = _RESET_KEY.sub(r"\1[key]", text)
    text = _MAIL_ADDRESS.sub("[e-mail]", without_cpr(text))
    if query_string:
        values = {value for _, value in parse_qsl(query_string, errors="replace") if len(value) >= _SHORTEST_VALUE}
        for value in sorted({query_string, *values}, key=len, reverse=True):
            # An error may quote a value as it is, or as Python writes it.
            for form in (value, repr(value)[1:-1]):
                text = text.replace(form, "[query]")
    return text
