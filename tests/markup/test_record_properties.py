"""Whatever a record holds, its text and the record turn into each other without loss."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from markup.body import CONTROL, body_problems
from markup.kinds import ENTRY_FIELDS, NUMBERED, SCHEMA, Field, FieldType, Kind
from markup.normal import normal_body, one_line
from markup.problems import ContentError
from markup.record import Record, dump, parse

# What YAML, Markdown or a careless writer would take for something else.
TRICKY = (
    *("yes", "no", "null", "~", "1", "1.5", "0x1F", "1:30", "2020-01-01", "=", "<<", ".inf", "- a", "a: b", "a:"),
    *("# a", "a # b", "a#b", "'a'", '"a"', 'a "b" c', "\\n", "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">", "%a"),
    *("---", "...", "? a", "@a", "`a`", "blåbær", "Ærø", "Én", "🏠 hjem", "§ 110", "a\u00a0b", "»citat«", "a\u030a"),
)
words = st.one_of(st.sampled_from(TRICKY), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12))
texts = (
    st.lists(words, min_size=1, max_size=4)
    .map(" ".join)
    .filter(lambda text: one_line(text) and not CONTROL.search(text))
)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
numbers = st.integers(1, 99)
paragraphs = st.from_regex(r"[1-9][0-9]{0,2}( [a-zæøå])?", fullmatch=True)
urls = st.from_regex(r"https?://[a-z]{1,9}\.dk/[a-z0-9?=#&%:,_-]{0,20}", fullmatch=True)
bodies = st.lists(
    st.one_of(texts, st.sampled_from(["", "## Afsnit", "- punkt", "| a | b |", "    kode", "> citat"])), max_size=8
).map("\n".join)

VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: texts,
    FieldType.NUMBER: st.integers(0, 9999),
    FieldType.DATE: st.dates(date(1000, 1, 1)),
    FieldType.URL: urls,
    FieldType.SLUG: slugs,
    FieldType.PARAGRAPH: paragraphs,
    FieldType.TEXTS: st.lists(texts, min_size=1, max_size=4, unique_by=one_line),
    FieldType.SLUGS: st.lists(slugs, min_size=1, max_size=4, unique=True),
    FieldType.NUMBERS: st.lists(numbers, min_size=1, max_size=4, unique=True),
    FieldType.ANCHORS: st.lists(st.tuples(slugs, slugs).map("#".join), min_size=1, max_size=4, unique=True),
}


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.type in ENTRY_FIELDS:
        return st.lists(fields(ENTRY_FIELDS[field.type]), min_size=1, max_size=3)
    if field.choices:
        return st.sampled_from(field.choices)
    return VALUES[field.type].filter(lambda value: fits(value, field.most))


def fits(value: Any, most: int) -> bool:
    """Whether a text, or each of a list, has at most so many signs; 0 is no limit."""
    return not most or all(len(one_line(text)) <= most for text in (value if isinstance(value, list) else [value]))


def fields(schema: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    required = {field.name: values(field) for field in schema if field.required}
    optional = {field.name: values(field) for field in schema if not field.required}
    return st.fixed_dictionaries(required, optional=optional)


@st.composite
def records(draw: st.DrawFn) -> Record:
    kind = draw(st.sampled_from(Kind))
    return Record(
        kind,
        draw(slugs),
        draw(fields(SCHEMA[kind])),
        draw(bodies.filter(lambda body: not list(body_problems(normal_body(body), "")))),
        draw(numbers) if kind in NUMBERED else None,
        draw(slugs) if kind is Kind.GUIDELINE else "",
    )


@given(records())
def test_a_record_comes_back_from_its_text(record: Record) -> None:
    assert parse(dump(record), record.path) == record


@given(records())
def test_the_text_of_a_parsed_text_is_the_same_text(record: Record) -> None:
    text = dump(record)

    assert dump(parse(text, record.path)) == text


@given(records())
def test_line_ends_and_a_byte_order_mark_do_not_change_a_record(record: Record) -> None:
    windows = b"\xef\xbb\xbf" + dump(record).replace("\n", "\r\n").encode()

    assert parse(windows, record.path) == record


@given(records())
def test_every_field_and_the_body_lie_where_the_record_says(record: Record) -> None:
    text = dump(record)
    lines = text.split("\n")
    parsed = parse(text, record.path)

    for name in parsed.fields:
        assert lines[(parsed.line_of(name) or 0) - 1].startswith(f"{name}:")
    assert "\n".join(lines[parsed.offset :]).rstrip("\n") == parsed.body


@given(st.binary(max_size=200), st.sampled_from(["glossary/x.md", "laws/x.md", "guidelines/a/01-b.md"]))
def test_no_bytes_crash_the_parser(data: bytes, path: str) -> None:
    text = b"---\ntitle: X\nsummary: Y\n" + data + b"\n---\n" + data
    try:
        record = parse(text, path)
    except ContentError as error:
        outcome = [str(problem).startswith(path) for problem in error.problems]
    else:
        outcome = [parse(dump(record), path) == record]

    assert outcome
    assert all(outcome)
