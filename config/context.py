"""What every template knows about the site as a whole."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

OFFICIAL_URL = "https://www.sbst.dk/udgivelser/2020/nationale-retningslinjer-for-indsatsen-mod-hjemloeshed"
# The API promises its addresses, which is why this one can be written out.
API_DOCS_URL = "/api/v1/docs"

# The main menu: what it says and where it leads.
MENU = (
    ("Retningslinjer", "guidelines:themes"),
    ("Principper", "principles:principles"),
    ("Situationer", "guidelines:situations"),
    ("Love", "library:acts"),
    ("Aktører", "guidelines:actors"),
    ("Begreber", "library:glossary"),
)

# The pages about the site, which the foot of every page leads to; the API is there by its address.
ABOUT = (
    ("Om Hjemvej", "library:about"),
    ("Nyt", "changes:news"),
    ("Alle anvisninger", "guidelines:instructions"),
    ("Materialer", "library:resources"),
    ("Kilder", "library:sources"),
    ("Data og API", API_DOCS_URL),
    ("Tilgængelighedserklæring", "accessibility-statement"),
    ("Privatliv: ingen cookies", "library:privacy"),
)


@cache
def _address(name: str) -> str:
    """The address of a view without arguments: the same on every page of a process, and asked for on every page."""
    return name if name.startswith("/") else reverse(name)


@dataclass(frozen=True)
class MenuItem:
    """`current` is the value of aria-current: "page" on the page itself, "true" below it, empty elsewhere."""

    label: str
    url: str
    current: str


def menu(path: str) -> list[MenuItem]:
    """The main menu as seen from the address `path`."""
    items = []
    for label, name in MENU:
        url = _address(name)
        current = "page" if path == url else "true" if path.startswith(url) else ""
        items.append(MenuItem(label, url, current))
    return items


def site(request: HttpRequest) -> dict[str, Any]:
    """`site` in every template; asks neither the database nor the session, so that any page may be cached."""
    items = menu(request.path)
    return {
        "site": {
            "url": settings.SITE_URL,
            "canonical": settings.SITE_URL + request.path,
            "official_url": OFFICIAL_URL,
            "api_docs_url": API_DOCS_URL,
            "statement_url": _address("accessibility-statement"),
            "contact_email": settings.CONTACT_EMAIL,
            "contact_phone": settings.CONTACT_PHONE,
            "home_url": _address("guidelines:home"),
            "search_url": _address("search:search"),
            "menu": items,
            # Where the menu says that the reader is.
            "section": "".join(f"{item.current} {item.url}" for item in items if item.current),
            "about": [(label, _address(name)) for label, name in ABOUT],
        }
    }
