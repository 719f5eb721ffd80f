"""Which model keeps which kind of record, and which fields are relations to which kind."""

from dataclasses import dataclass

from guidelines.models import Actor, Guideline, Situation, Theme
from library.models import Act, GlossaryTerm, Record, Resource, Source
from markup.kinds import Kind
from principles.models import Principle

# In the order in which they can be written: a kind stands behind those that its rows need.
MODELS: dict[Kind, type[Record]] = {
    Kind.SOURCE: Source,
    Kind.ACT: Act,
    Kind.GLOSSARY: GlossaryTerm,
    Kind.PRINCIPLE: Principle,
    Kind.ACTOR: Actor,
    Kind.THEME: Theme,
    Kind.RESOURCE: Resource,
    Kind.GUIDELINE: Guideline,
    Kind.SITUATION: Situation,
}


@dataclass(frozen=True)
class Relation:
    """The front-matter field `name` names records of kind `target`: by slug, or by number for principles."""

    name: str
    target: Kind


RELATIONS: dict[Kind, tuple[Relation, ...]] = {
    Kind.GLOSSARY: (Relation("sources", Kind.SOURCE),),
    Kind.RESOURCE: (
        Relation("guidelines", Kind.GUIDELINE),
        Relation("principles", Kind.PRINCIPLE),
        Relation("actors", Kind.ACTOR),
        Relation("sources", Kind.SOURCE),
    ),
    Kind.GUIDELINE: (
        Relation("principles", Kind.PRINCIPLE),
        Relation("actors", Kind.ACTOR),
        Relation("related", Kind.GUIDELINE),
        Relation("resources", Kind.RESOURCE),
        Relation("sources", Kind.SOURCE),
    ),
}

# Fields that a model keeps under their own name, and the two whose name Record has taken.
COLUMNS: dict[Kind, dict[str, str]] = {
    Kind.SOURCE: {name: name for name in ("publisher", "year", "url", "accessed", "license", "isbn")},
    Kind.ACT: {name: name for name in ("short_title", "aliases", "url")},
    Kind.GLOSSARY: {"aliases": "aliases"},
    Kind.PRINCIPLE: {"short": "short"},
    Kind.ACTOR: {"kind": "category"},
    Kind.THEME: {},
    Kind.RESOURCE: {"kind": "category", "publisher": "publisher", "year": "year", "url": "url"},
    Kind.GUIDELINE: {"draft_title": "draft_title", "law_checked": "law_checked"},
    Kind.SITUATION: {"aliases": "aliases"},
}
TAGGED = (Guideline, Resource)
