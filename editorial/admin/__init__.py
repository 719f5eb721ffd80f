"""The admin of all content: one class for each kind, all of which save through `content.store`."""

from editorial.admin import accounts, guidance, library

__all__ = ["accounts", "guidance", "library"]
