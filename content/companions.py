"""Files of the content that hold no records. The apps that they belong to register them here; they are read, checked,
loaded and exported together with the records, in the same transaction and under the same rules."""

from abc import ABC, abstractmethod
from collections import Counter
from typing import ClassVar


class Companion(ABC):
    """One such file. A file that is missing says the same as an empty one."""

    # Below the folder of the content.
    path: ClassVar[str]

    @abstractmethod
    def check(self, data: bytes) -> None:
        """Raises `ContentError` with all that is wrong in the file."""

    @abstractmethod
    def load(self, data: bytes, *, overwrite: bool, check: bool) -> Counter[str]:
        """Make the rows say what the file says, except where an editor has changed them since; `check` writes nothing.

        The caller publishes the change. Gives how many were created, updated, unchanged, deleted and kept.
        """

    @abstractmethod
    def dump(self) -> bytes:
        """The rows as the file; empty where there are none."""


COMPANIONS: list[Companion] = []
