"""What is fuzzed: each target takes any bytes and raises `Finding` where something does not hold.

A target asks for more than that nothing crashes: what was read can be written and read again, what was rendered is
safe, what was found lies where it says. Errors that are ours (`ContentError`) are answers, not findings.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from fuzz.safety import offences
from markup.body import body_problems
from markup.catalogue import Catalogue, Entry
from markup.citations import find_citations
from markup.clean import clean as cleaned
from markup.guideline import split, with_anchors
from markup.images import Size
from markup.kinds import FOLDERS, Kind
from markup.problems import ContentError
from markup.prose import sentences
from markup.record import Record, dump, parse, read
from markup.render import plain_text, render, render_record, render_text_inline
from search import synonym_list
from search.danish import Analyzer
from search.synonyms import Thesaurus
from search.understanding import Interpreter
from search.vocabulary import Vocabulary
from search.words import clean, words

FIXTURES = Path(__file__).resolve().parent.parent / "content" / "fixtures"
# CPU time, not that of the clock: other programs do not count.
MOST_SECONDS = 1.0
# What the search page cuts a query to.
_LONGEST_QUERY = 400
_PATHS = ("glossary/x.md", "laws/x.md", "guidelines/a/01-b.md", "situations/01-x.md", "resources/x.md", "sources/x.md")
# Fields whose texts are most like what people search for.
_LIKE_QUERIES = (b"title: ", b"aliases: ", b"search_words: ", b"Kilder: ")
_IMAGE = "0123456789abcdef0123456789abcdef.png"


class Finding(Exception):
    """Something that should hold for every input, and does not for this one."""


def _expect(holds: bool, what: str) -> None:
    if not holds:
        raise Finding(what)


# ---------- The targets ----------


def parser(data: bytes) -> None:
    """The record parser, and what is done with a record before it is stored. The first byte chooses the kind."""
    path = _PATHS[data[0] % len(_PATHS)] if data else _PATHS[0]
    record, problems = read(data[1:], path)
    for problem in problems:
        _expect(str(problem).startswith(path), "a problem does not say its file")
    if record is None or problems:
        return
    text = dump(record)
    _expect(parse(text, path) == record, "a record does not come back from its text")
    _expect(dump(parse(text, path)) == text, "the canonical text is not canonical")
    sentences(record.body, record.offset + 1)
    try:
        if record.kind is Kind.GUIDELINE:
            record = Record(record.kind, record.slug, record.fields, with_anchors(record.body), record.number, "a")
        rendered = render_record(record, catalogue())
    except ContentError:
        return
    for html in (rendered.html, *(part["html"] for part in rendered.sections), *rendered.instructions.values()):
        _expect(not offences(html), "a rendered record holds something dangerous")


def renderer(data: bytes) -> None:
    """Markdown and one-line fields to HTML. Bodies with problems are rendered too: a preview does."""
    text = data.decode("utf-8", "replace")
    list(body_problems(text, "x.md"))
    html = render(text, catalogue(), own_act="serviceloven", id_prefix="x-").html
    _expect(not offences(html), "rendered Markdown holds something dangerous")
    _expect(cleaned(html) == html, "what was cleaned once is changed by cleaning it again")
    plain_text(html)
    inline = render_text_inline(text, catalogue(), "serviceloven")
    _expect(not offences(inline), "a rendered field holds something dangerous")


def citations(data: bytes) -> None:
    """The citation matcher. The first byte chooses whether the text is an act's own."""
    text = data[1:].decode("utf-8", "replace")
    end = 0
    for match in find_citations(text, catalogue(), "serviceloven" if data[:1] > b"\x80" else ""):
        _expect(0 <= match.start < match.end <= len(text), "a citation lies outside of its text")
        _expect(match.start >= end, "citations overlap")
        _expect(catalogue().get(Kind.ACT, match.act_slug) is not None, "a citation of an act that is not there")
        end = match.end


def query(data: bytes) -> None:
    """The analysis of texts, the understanding of queries, and the file of synonyms."""
    text = clean(data.decode("utf-8", "replace"))
    _expect(clean(text) == text, "cleaning twice gives something else")
    for token in analyzer().tokens(text):
        _expect(0 <= token.start <= token.end <= len(text), "a term lies outside of its text")
    asked = " ".join(text.split())[:_LONGEST_QUERY]
    for lenient in (False, True):
        understood = interpreter().understand(asked, lenient=lenient)
        # The way back that the page offers must itself be a query that can be asked.
        for note in understood.notes[:2]:
            interpreter().understand(clean(note.undone)[:_LONGEST_QUERY])
    try:
        lines = synonym_list.parse(data)
    except ContentError:
        return
    kept = synonym_list.parse(synonym_list.dump(lines))
    _expect(sorted(map(str, kept)) == sorted(map(str, lines)), "synonyms do not come back from their file")


Target = Callable[[bytes], object]
TARGETS: dict[str, Target] = {"parser": parser, "renderer": renderer, "citations": citations, "query": query}


def timed(target: Target, data: bytes) -> None:
    """Run a target on one input; to take too long is a finding too."""
    started = time.process_time()
    target(data)
    seconds = time.process_time() - started
    _expect(seconds <= MOST_SECONDS, f"{len(data)} bytes took {seconds:.1f} s")


# ---------- What they need: the real content, read once ----------


def files() -> list[Path]:
    """The texts of the real content."""
    return sorted(FIXTURES.rglob("*.md"))


def seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with: the real content in the form that the target takes."""
    for path in files():
        data = path.read_bytes()
        if name == "parser":
            folder = path.relative_to(FIXTURES).parts[0]
            kinds = [each.partition("/")[0] for each in _PATHS]
            yield bytes([kinds.index(folder) if folder in kinds else 0]) + data
        elif name == "renderer":
            yield data.rpartition(b"---\n")[2]
        elif name == "citations":
            yield from (b"\xff" + line for line in data.splitlines() if "§".encode() in line)
        else:
            yield from (line.partition(b": ")[2] for line in data.splitlines() if line.startswith(_LIKE_QUERIES))
    if name == "query":
        yield (FIXTURES / synonym_list.FILE).read_bytes()


@cache
def catalogue() -> Catalogue:
    """All that the real content can link to, and one image."""
    records = [parse(path.read_bytes(), path.relative_to(FIXTURES).as_posix()) for path in files()]
    return Catalogue(map(_entry, records), {_IMAGE: Size(800, 600)})


def _entry(record: Record) -> Entry:
    instructions: Sequence[str] = ()
    if record.kind is Kind.GUIDELINE:
        instructions = [part.anchor for part in split(with_anchors(record.body)).instructions]
    return Entry(
        record.kind,
        record.slug,
        record.fields.get("short_title", record.fields["title"]),
        f"/{FOLDERS[record.kind]}/{record.slug}/",
        tuple(record.fields.get("aliases", ())),
        provisions=frozenset(provision["number"] for provision in record.fields.get("provisions", ())),
        anchors=frozenset(instructions),
    )


@cache
def analyzer() -> Analyzer:
    """The analysis with the words of the real content."""
    texts = (clean(path.read_text(encoding="utf-8")) for path in files())
    return Analyzer(Vocabulary.of([word.text for word in words(text)] for text in texts), catalogue())


@cache
def interpreter() -> Interpreter:
    """The understanding with the synonyms of the real content."""
    lines = synonym_list.parse((FIXTURES / synonym_list.FILE).read_bytes())
    groups = [(entry.title, *entry.aliases) for entry in catalogue().of_kind(Kind.GLOSSARY)]
    return Interpreter(analyzer(), Thesaurus(groups, [(line.term, line.means) for line in lines]))
