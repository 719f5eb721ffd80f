"""The installations that are measured: each made when it is first asked for, in a folder that is gone at the end."""

import shutil
import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from scripts import instance, postgres

Environment = dict[str, str]


class Sites:
    """Hjemvej with the real content, on both databases; `stack` ends them."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hjemvej-bench-")))

    @cached_property
    def on_disk(self) -> Environment:
        """With SQLite and Whoosh."""
        return self._prepared("disk", "")

    @cached_property
    def in_postgres(self) -> Environment:
        """With PostgreSQL, which does the searching as well."""
        return self._prepared("postgres", self._stack.enter_context(postgres.running()))

    def copy(self, name: str) -> Environment:
        """Another installation like `on_disk`."""
        folder = self.folder / name
        shutil.copytree(self.on_disk["HJEMVEJ_VAR"], folder)
        return {**self.on_disk, "HJEMVEJ_VAR": str(folder)}

    def _prepared(self, name: str, url: str) -> Environment:
        folder = self.folder / name
        folder.mkdir(exist_ok=True)
        environment = {"HJEMVEJ_VAR": str(folder), "DATABASE_URL": url, "DEBUG": "0", "LOG_LEVEL": "ERROR"}
        # A file that is changed meanwhile would make all stored pages those of other code.
        environment["CODE_VERSION"] = "bench"
        instance.prepare(environment)
        return environment
