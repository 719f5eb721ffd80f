from library.models.law import Act, Amendment, Provision
from library.models.record import Citation, Link, Record, RecordQuerySet, Tombstone
from library.models.reference import GlossaryTerm, Resource, Source
from library.models.tags import Tag, TaggedRecord

__all__ = [
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
