from library.models.law import Act, Amendment, Provision
from library.models.record import NAMES, Citation, Link, Record, RecordQuerySet, Tombstone
from library.models.reference import GlossaryTerm, Resource, Source
from library.models.tags import Tag, TaggedRecord

__all__ = [
    "NAMES",
    "Act",
    "Amendment",
    "Citation",
    "GlossaryTerm",
    "Link",
    "Provision",
    "Record",
    "RecordQuerySet",
    "Resource",
    "Source",
    "Tag",
    "TaggedRecord",
    "Tombstone",
]
