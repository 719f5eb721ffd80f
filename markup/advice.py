"""Advice on how one record is written: what an editor should see, and what may yet be published.

The limits are those of plain-language practice in Danish administration: LIX 50 (`readability.lix`), sentences of 30
words, titles of 80 characters, two passives in a sentence. Sections and instructions are measured one by one, so that
the advice has a place.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from markup.actor_names import ActorNames, acts
from markup.guideline import InstructionText, sections, split
from markup.kinds import Kind
from markup.obligation_words import disagreeing_words
from markup.problems import ContentError, Problem
from markup.prose import Sentence, sentences
from markup.readability import MOST_LIX, MOST_PASSIVES, MOST_WORDS, lix, passives
from markup.record import Record

MOST_TITLE = 80
_SHOWN_WORDS = 5
# What stands above the first heading.
_INTRODUCTION = "Indledningen"
# Their titles are given by others, and must be as they are.
_FOREIGN_TITLES = frozenset({Kind.ACT, Kind.RESOURCE, Kind.SOURCE})


@dataclass(frozen=True)
class _Part:
    """A piece of the text that is measured by itself: its title, the sentences, the actors that it lists."""

    title: str
    line: int
    sentences: list[Sentence]
    actors: Collection[str]
    instruction: InstructionText | None = None


def advice(record: Record, names: ActorNames) -> list[Problem]:
    """Warnings about the language of `record`, in the order of its lines; none where its structure is broken.

    names: the actors that a text can name.
    """
    try:
        parts = list(_parts(record))
    except ContentError:
        return []
    found = [*_titles(record, parts)]
    for part in parts:
        found += [*_readability(part), *_verbs(part, names)]
        if record.kind is Kind.GUIDELINE and part.actors:
            found += _unlisted_actors(part, names)
    placed = (replace(problem, path=record.path, level="warning") for problem in found)
    return sorted(placed, key=lambda problem: problem.line or 0)


def _parts(record: Record) -> Iterator[_Part]:
    first_line = record.offset + 1
    actors = set(record.fields.get("actors", ()))
    if record.kind is Kind.GUIDELINE:
        body = split(record.body, record.path, record.offset)
        intro, others = body.intro, body.sections
        for each in body.instructions:
            text = sentences(each.body, each.body_line)
            yield _Part(each.title, each.line, text, each.actors, each)
        if actors:
            actors |= {actor for each in body.instructions for actor in each.actors}
    else:
        intro, others = sections(record.body, record.offset)
    yield _Part(_INTRODUCTION, first_line, sentences(intro, first_line), actors)
    for section in others:
        yield _Part(section.title, section.line, sentences(section.body, section.body_line), actors)


def _titles(record: Record, parts: Iterable[_Part]) -> Iterator[Problem]:
    titles: list[tuple[str, int | None, str]] = [(part.title, part.line, "") for part in parts if part.instruction]
    if record.kind not in _FOREIGN_TITLES:
        titles.append((record.fields.get("title", ""), record.line_of("title"), "title"))
    for title, line, key in titles:
        if len(title) > MOST_TITLE:
            params = {"length": str(len(title)), "title": title, "most": str(MOST_TITLE)}
            yield Problem("long_title", line=line, key=key, params=params)


def _readability(part: _Part) -> Iterator[Problem]:
    if (value := lix(part.sentences)) > MOST_LIX:
        params = {"part": part.title, "lix": str(value), "most": str(MOST_LIX)}
        yield Problem("hard_to_read", line=part.line, params=params)
    for sentence in part.sentences:
        if (count := len(sentence.words)) > MOST_WORDS:
            start = " ".join(sentence.text.split()[:_SHOWN_WORDS])
            params = {"count": str(count), "start": start, "most": str(MOST_WORDS)}
            yield Problem("long_sentence", line=sentence.line, params=params)
        if len(verbs := passives(sentence.text)) > MOST_PASSIVES:
            params = {"count": str(len(verbs)), "verbs": ", ".join(verbs)}
            yield Problem("many_passives", line=sentence.line, params=params)


def _verbs(part: _Part, names: ActorNames) -> Iterator[Problem]:
    if part.instruction is None:
        return
    obligation = part.instruction.obligation
    code = "verb_too_weak" if obligation == "skal" else "verb_too_strong"
    for sentence, word in disagreeing_words(obligation, part.actors, part.sentences, names):
        params = {"word": word, "instruction": part.title, "obligation": obligation.label}
        yield Problem(code, line=sentence.line, params=params)


def _unlisted_actors(part: _Part, names: ActorNames) -> Iterator[Problem]:
    """Each actor who does something in the text of `part` and is not among its actors, once."""
    listed = set(part.actors)
    for sentence in part.sentences:
        for mention in names.find(sentence.text):
            if acts(sentence.text, mention) and not mention.slugs & listed:
                listed |= mention.slugs
                name = sentence.text[mention.start : mention.end]
                params = {"name": name, "place": f"»{part.title}«", "slugs": ", ".join(sorted(mention.slugs))}
                yield Problem("unlisted_actor", line=sentence.line, params=params)
