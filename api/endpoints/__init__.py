"""The endpoints by topic. Importing them makes them part of the API."""

from api.application import api
from api.endpoints import guidelines, law, library, root, search, suggest

__all__ = ["api", "guidelines", "law", "library", "root", "search", "suggest"]
