"""The editors' desk, which opens the admin: what waits for whoever is signed in, a section for each sort of work.

Work that somebody may do nothing about is not on their desk.
"""

from django.contrib.auth.models import User

from editorial.desk import drafts, upkeep
from editorial.desk.sections import Part, part

__all__ = ["Part", "desk"]


def desk(user: User) -> list[Part]:
    """The desk of `user`: what people wait for, then what the texts wait for. Twenty queries at most."""
    return [part("Kladder", drafts.sections(user)), part("Vedligehold", upkeep.sections(user))]
