from library.views.law import act, act_list, provision
from library.views.reference import glossary, resource, resource_list, source, source_list, term
from library.views.site import about, privacy

__all__ = [
    "about",
    "act",
    "act_list",
    "glossary",
    "privacy",
    "provision",
    "resource",
    "resource_list",
    "source",
    "source_list",
    "term",
]
