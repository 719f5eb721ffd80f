"""What can be wrong with a text: where it is, what it is, and how it is mended."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from markup.problem_texts import WORDINGS

Level = Literal["error", "warning"]
Language = Literal["en", "da"]

# How the wordings name a kind; the keys are the values of `Kind`.
_KIND_NAMES_DA = {
    "theme": "tema",
    "principle": "princip",
    "guideline": "retningslinje",
    "actor": "aktør",
    "law": "lov",
    "glossary": "begreb",
    "resource": "materiale",
    "situation": "situation",
    "source": "kilde",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one text. `code` is a key of WORDINGS and `params` fills its patterns.

    `line` counts from the top of the file (or of the text given), `key` is the front-matter field,
    with place and part inside it ("provisions.3.number"), or "" for the body.
    Errors keep a text from being stored; warnings do not.
    """

    code: str
    path: str = ""
    line: int | None = None
    key: str = ""
    params: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    level: Level = "error"

    @property
    def field(self) -> str:
        """The front-matter field of `key`: "provisions" for "provisions.3.number"; "" for the body."""
        return self.key.partition(".")[0]

    def message(self, language: Language = "en") -> str:
        """What is wrong, in one sentence without a full stop."""
        wording = WORDINGS[self.code]
        return self._fill(wording.message_da if language == "da" else wording.message_en, language)

    def cure(self, language: Language = "en") -> str:
        """What to do about it."""
        wording = WORDINGS[self.code]
        return self._fill(wording.cure_da if language == "da" else wording.cure_en, language)

    def __str__(self) -> str:
        """path:line: key: message. cure"""
        place = ":".join([self.path] + ([str(self.line)] if self.line else []))
        parts = [part for part in (place, self.key) if part]
        return ": ".join([*parts, f"{self.message()}. {self.cure()}"])

    def _fill(self, pattern: str, language: Language) -> str:
        values = {"key": self.key, **self.params}
        if language == "da" and "kind" in values:
            values["kind"] = _KIND_NAMES_DA.get(values["kind"], values["kind"])
        return pattern.format_map(values)


class ContentError(Exception):
    """A text, or several, that cannot be stored as they are: carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
