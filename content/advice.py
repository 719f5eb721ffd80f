"""What one record's words alone call for: advice on its language, and no number that points to a person."""

from collections.abc import Iterator

from library.personal import find_cpr
from markup.actor_names import ActorNames
from markup.advice import advice
from markup.catalogue import Catalogue
from markup.images import images_in
from markup.kinds import Kind
from markup.problems import Problem
from markup.record import Record

# The citizen is in nearly every sentence, and acts in few.
_NAMED_EVERYWHERE = "borger"
# They hold long numbers, and none of a person.
_NUMBERED_FIELDS = frozenset({"url", "isbn"})


def actor_names(catalogue: Catalogue) -> ActorNames:
    """The names of the actors that a text can forget to list. Make them once for many texts."""
    return ActorNames(actor for actor in catalogue.of_kind(Kind.ACTOR) if actor.slug != _NAMED_EVERYWHERE)


def advise(record: Record, names: ActorNames) -> list[Problem]:
    """Warnings on how `record` is written, and the error of a possible CPR number."""
    return [*_personal_numbers(record), *advice(record, names)]


def _personal_numbers(record: Record) -> Iterator[Problem]:
    for key, value in record.fields.items():
        if key not in _NUMBERED_FIELDS and find_cpr(str(value)) is not None:
            yield Problem("possible_cpr", record.path, record.line_of(key), key)
    body = record.body
    for name in images_in(body):
        body = body.replace(name, "-" * len(name))
    place = find_cpr(body)
    if place is not None:
        yield Problem("possible_cpr", record.path, record.offset + record.body.count("\n", 0, place) + 1)
