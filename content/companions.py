"""Files of the content that hold no records. The apps that they belong to register them here; they are read, checked,
loaded and exported together with the records, in the same transaction and under the same rules."""

from abc import ABC, abstractmethod
from collections import Counter
from pathlib import Path
from typing import ClassVar


class Companion(ABC):
    """One such file, or one folder of them. What is missing says the same as what is empty.

    Each method is given the place where `path` is, or would be.
    """

    # Below the folder of the content.
    path: ClassVar[str]

    @abstractmethod
    def check(self, file: Path) -> None:
        """Raises `ContentError` with all that is wrong in the file, or in one file of the folder."""

    @abstractmethod
    def load(self, place: Path, *, overwrite: bool, check: bool) -> Counter[str]:
        """Make the rows say what the files say, except where an editor has changed them since.

        check: nothing is to remain; the caller takes back what was written to the database.
        The caller publishes the change. Gives how many were created, updated, unchanged, deleted and kept.
        """

    @abstractmethod
    def dump(self) -> dict[str, bytes]:
        """The files by their path below the folder of the content."""


COMPANIONS: list[Companion] = []
