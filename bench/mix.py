"""What readers ask for: all pages, searches with and without filters, and the API. The same seed, the same requests."""

import random
import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlencode, urlsplit

from bench import client
from scripts.console import ROOT

JUDGEMENTS = ROOT / "tests" / "search" / "judgements.tsv"
_LOCATION = re.compile(r"<loc>(.*?)</loc>")
_OBLIGATIONS = ("skal", "boer", "kan")
# Kinds of pages that the API has as data: the first step of the page's address → that of the API's.
_IN_API = {
    "retningslinjer": "guidelines",
    "aktoerer": "actors",
    "principper": "principles",
    "situationer": "situations",
    "love": "acts",
    "begreber": "glossary",
    "materialer": "resources",
    "kilder": "sources",
}
# Their pages that show no record, and so are not in the API.
_OF_NO_RECORD = frozenset({"/principper/matrix/"})
_API_LISTS = ("themes", "guidelines", "instructions", "acts", "glossary", "instructions?obligation=skal&limit=20")
_SHARES = {"page": 70, "search": 20, "api": 10}


class Mix:
    """The requests that the site at `port` is asked for."""

    def __init__(self, port: int, seed: int = 1) -> None:
        sitemap = client.fetch(port, "/sitemap.xml", {"Accept-Encoding": "identity"}).body.decode()
        self.pages = [urlsplit(location).path for location in _LOCATION.findall(sitemap)]
        self._random = random.Random(seed)
        self._searches = self._shuffled(self.searches())
        self._api = self._shuffled([*self._in_api(), *(f"/api/v1/search?{query}" for query in self._queries())])

    def guidelines(self) -> list[str]:
        """The addresses of all guidelines."""
        return [page for page in self.pages if page.startswith("/retningslinjer/") and page.count("/") == 4]

    def searches(self) -> list[str]:
        """Every judged query, without a filter, and with each of many choices of filters."""
        return [f"/soeg/?{query}" for query in self._queries()]

    def mixed(self, count: int) -> list[bytes]:
        """So many requests: 70 % pages, 20 % searches, 10 % API. Searches begin again only when all have been used."""
        sources = {"page": self._endless(self.pages), "search": self._endless(self._searches)}
        sources["api"] = self._endless(self._api)
        kinds = self._random.choices(list(_SHARES), list(_SHARES.values()), k=count)
        return [client.request(next(sources[kind])) for kind in kinds]

    def _queries(self) -> list[str]:
        actors = [page.split("/")[2] for page in self.pages if page.startswith("/aktoerer/") and page.count("/") == 3]
        choices: list[dict[str, str]] = [{}, *({"aktoer": actor} for actor in actors)]
        choices += [{"forpligtelse": word} for word in _OBLIGATIONS]
        choices += [{"forpligtelse": word, "aktoer": actor} for word, actor in product(_OBLIGATIONS, actors)]
        return [urlencode({"q": query, **choice}) for choice, query in product(choices, judged_queries())]

    def _in_api(self) -> Iterator[str]:
        yield from (f"/api/v1/{name}" for name in _API_LISTS)
        for page in self.pages:
            if page in _OF_NO_RECORD:
                continue
            kind, *rest = page.strip("/").split("/")
            if rest and kind in _IN_API and (len(rest) == 1) == (kind != "retningslinjer"):
                yield f"/api/v1/{_IN_API[kind]}/{rest[-1]}"

    def _endless(self, addresses: list[str]) -> Iterator[str]:
        while True:
            yield from self._shuffled(addresses)

    def _shuffled(self, addresses: list[str]) -> list[str]:
        return self._random.sample(addresses, len(addresses))


def judged_queries() -> list[str]:
    """What caseworkers and planners type, as the judgements of the search have it."""
    lines = JUDGEMENTS.read_text(encoding="utf-8").splitlines()
    return [line.partition("\t")[0] for line in lines if line and not line.startswith("#")]
