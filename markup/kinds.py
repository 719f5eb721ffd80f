"""The kinds of record, the front-matter fields of each, and the three obligations."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    THEME = "theme"
    PRINCIPLE = "principle"
    GUIDELINE = "guideline"
    ACTOR = "actor"
    ACT = "law"
    GLOSSARY = "glossary"
    RESOURCE = "resource"
    SITUATION = "situation"
    SOURCE = "source"


FOLDERS: dict[Kind, str] = {
    Kind.THEME: "themes",
    Kind.PRINCIPLE: "principles",
    Kind.GUIDELINE: "guidelines",
    Kind.ACTOR: "actors",
    Kind.ACT: "laws",
    Kind.GLOSSARY: "glossary",
    Kind.RESOURCE: "resources",
    Kind.SITUATION: "situations",
    Kind.SOURCE: "sources",
}
KIND_OF_FOLDER: dict[str, Kind] = {folder: kind for kind, folder in FOLDERS.items()}
# Kinds whose file names begin with a number, NN-slug.md, that gives their order.
NUMBERED = frozenset({Kind.THEME, Kind.PRINCIPLE, Kind.GUIDELINE, Kind.SITUATION})


class Obligation(StrEnum):
    """Skal: the law demands it. Bør: good practice. Kan: an option."""

    SKAL = "skal"
    BOER = "boer"
    KAN = "kan"

    @property
    def label(self) -> str:
        """The word as readers see it: "Bør"."""
        return "Bør" if self is Obligation.BOER else self.value.capitalize()

    @classmethod
    def parse(cls, word: str) -> "Obligation":
        """The obligation that a word names, in any case: "Bør" → BOER. ValueError for any other word."""
        lowered = word.strip().lower()
        return cls("boer" if lowered == "bør" else lowered)


class FieldType(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    URL = "url"
    SLUG = "slug"
    TEXTS = "texts"
    SLUGS = "slugs"
    NUMBERS = "numbers"
    ANCHORS = "anchors"  # "guideline-slug#anchor"
    PARAGRAPH = "paragraph"  # the number of a provision as the act writes it: "110", "85 a"
    PROVISIONS = "provisions"
    CHANGES = "changes"


@dataclass(frozen=True)
class Field:
    """One front-matter key: what it holds, whether it must be there, and the closed list it is taken from.

    most: so many characters a value may have, those of a list each; 0 where it may be as long as the file.
    """

    name: str
    type: FieldType
    required: bool = False
    choices: tuple[str, ...] = ()
    most: int = 0


CHANGE_STATUSES = ("foreslaaet",)
ACTOR_KINDS = ("kommune", "boform", "boligorganisation", "region", "stat", "civilsamfund", "borger")
RESOURCE_KINDS = (
    "anbefalinger",
    "retningslinjer",
    "vidensnotat",
    "metodekatalog",
    "raadgivning",
    "indsatsforloeb",
    "redskab",
    "undervisning",
    "statistik",
    "metode",
)

_TITLE = Field("title", FieldType.TEXT, required=True, most=400)
_SUMMARY = Field("summary", FieldType.TEXT, required=True)
_REVIEW = Field("review", FieldType.TEXT)  # what is still unconfirmed, shown to readers as a caveat
_REVIEW_BY = Field("review_by", FieldType.DATE)  # when an editor is to go over the text again; not shown to readers
_TAGS = Field("tags", FieldType.TEXTS, most=100)
_SEARCH_WORDS = Field("search_words", FieldType.TEXTS)  # what people say and the text does not; never shown
_SOURCES = Field("sources", FieldType.SLUGS)
_PRINCIPLES = Field("principles", FieldType.NUMBERS)
_ACTORS = Field("actors", FieldType.SLUGS)
_ALIASES = Field("aliases", FieldType.TEXTS)
_YEAR = Field("year", FieldType.NUMBER)
_URL = Field("url", FieldType.URL, most=1000)

# The order here is the order in a canonical text.
SCHEMA: dict[Kind, tuple[Field, ...]] = {
    Kind.THEME: (_TITLE, _SUMMARY, _SEARCH_WORDS, _REVIEW, _REVIEW_BY),
    Kind.PRINCIPLE: (_TITLE, Field("short", FieldType.TEXT, most=40), _SUMMARY, _SEARCH_WORDS, _REVIEW, _REVIEW_BY),
    Kind.GUIDELINE: (
        _TITLE,
        _SUMMARY,
        Field("principles", FieldType.NUMBERS, required=True),
        Field("actors", FieldType.SLUGS, required=True),
        _TAGS,
        Field("related", FieldType.SLUGS),
        Field("resources", FieldType.SLUGS),
        _SOURCES,
        Field("draft_title", FieldType.TEXT, most=400),
        Field("law_checked", FieldType.DATE),
        _SEARCH_WORDS,
        _REVIEW,
        _REVIEW_BY,
    ),
    Kind.ACTOR: (
        _TITLE,
        _SUMMARY,
        Field("kind", FieldType.TEXT, required=True, choices=ACTOR_KINDS),
        Field("parent", FieldType.SLUG),
        _SEARCH_WORDS,
        _REVIEW,
        _REVIEW_BY,
    ),
    Kind.ACT: (
        _TITLE,
        Field("short_title", FieldType.TEXT, required=True, most=120),
        Field("aliases", FieldType.TEXTS, required=True),
        Field("url", FieldType.URL, required=True, most=500),
        _SEARCH_WORDS,
        _REVIEW,
        _REVIEW_BY,
        Field("provisions", FieldType.PROVISIONS, required=True),
        Field("changes", FieldType.CHANGES),
    ),
    Kind.GLOSSARY: (_TITLE, _ALIASES, _SUMMARY, _SOURCES, _SEARCH_WORDS, _REVIEW, _REVIEW_BY),
    Kind.RESOURCE: (
        _TITLE,
        Field("kind", FieldType.TEXT, required=True, choices=RESOURCE_KINDS),
        Field("publisher", FieldType.TEXT, most=300),
        _YEAR,
        _URL,
        _SUMMARY,
        Field("guidelines", FieldType.SLUGS),
        _PRINCIPLES,
        _ACTORS,
        _TAGS,
        _SOURCES,
        _SEARCH_WORDS,
        _REVIEW,
        _REVIEW_BY,
    ),
    Kind.SITUATION: (
        _TITLE,
        _SUMMARY,
        _ALIASES,
        Field("instructions", FieldType.ANCHORS, required=True),
        _REVIEW,
        _REVIEW_BY,
    ),
    Kind.SOURCE: (
        _TITLE,
        Field("publisher", FieldType.TEXT, required=True, most=300),
        _YEAR,
        _URL,
        Field("accessed", FieldType.DATE),
        Field("isbn", FieldType.TEXT, most=20),
        Field("license", FieldType.TEXT),
        _REVIEW,
    ),
}

# The fields of one entry of `provisions` and of `changes`.
PROVISION_FIELDS: tuple[Field, ...] = (
    Field("number", FieldType.PARAGRAPH, required=True),
    Field("heading", FieldType.TEXT, required=True, most=300),
    Field("summary", FieldType.TEXT, required=True),
)
CHANGE_FIELDS: tuple[Field, ...] = (
    Field("date", FieldType.DATE, required=True),
    Field("provision", FieldType.PARAGRAPH),
    Field("status", FieldType.TEXT, choices=CHANGE_STATUSES),  # absent: adopted
    Field("summary", FieldType.TEXT, required=True),
    Field("source", FieldType.SLUG),
)
ENTRY_FIELDS: dict[FieldType, tuple[Field, ...]] = {
    FieldType.PROVISIONS: PROVISION_FIELDS,
    FieldType.CHANGES: CHANGE_FIELDS,
}
