"""The part "pages": a guideline page held against a bare Django view that returns the same bytes."""

import json
from contextlib import ExitStack
from pathlib import Path

from bench import client, servers
from bench.scenarios import Effort, Scenario, ratio, take_turns
from bench.sites import Sites
from bench.table import Finding, Note
from scripts.console import Stop

PAGE = "/retningslinjer/forebyggelse/generel-forebyggelse/"


def measure(sites: Sites, effort: Effort) -> list[Finding]:
    with ExitStack() as stack:
        kept = stack.enter_context(servers.running({**sites.on_disk, "PAGE_CACHE": "1"}))
        made = stack.enter_context(servers.running({**sites.on_disk, "PAGE_CACHE": "0"}))
        anew = {**sites.on_disk, "PAGE_CACHE": "0", "STORED_PAGES": "0"}
        view = stack.enter_context(servers.running(anew))
        answer = client.fetch(kept.port, PAGE)
        captured = {"BARE_PAGE": str(capture(answer, sites.folder))}
        bare = stack.enter_context(servers.running(captured, "bench.bare:application"))
        known = {"If-None-Match": answer.headers["etag"]}
        if (status := client.fetch(kept.port, PAGE, known).status) != 304:
            raise Stop(f"A page that the reader has already is answered with {status}.")
        scenarios = [
            Scenario(bare, ["/"]),
            Scenario(kept, [PAGE]),
            Scenario(made, [PAGE]),
            Scenario(kept, [PAGE], known),
            Scenario(view, [PAGE]),
        ]
        plain, from_cache, from_database, not_modified, from_view = take_turns(scenarios, effort)
    encoding = answer.headers.get("content-encoding", "not compressed")
    return [
        ratio("(a) page from the page cache ÷ bare Django view", from_cache, plain, 0.6),
        ratio("(b) page from the database ÷ bare Django view", from_database, plain, 0.2),
        ratio("(b) page made by its view, nothing stored ÷ bare Django view", from_view, plain),
        ratio("(c) page not modified ÷ bare Django view", not_modified, plain, 0.9),
        Note(f"(a)–(d): {PAGE}, {len(answer.body):,} bytes, {encoding}; the bare view returns the same bytes."),
    ]


def capture(answer: client.Answer, folder: Path) -> Path:
    """Files with the body of `answer` and the headers that say what it is; gives the path of the first."""
    if answer.status != 200:
        raise Stop(f"The page to be measured answers {answer.status}.")
    body = folder / "page.bin"
    body.write_bytes(answer.body)
    wanted = ("content-type", "content-encoding", "content-length")
    headers = {name: answer.headers[name] for name in wanted if name in answer.headers}
    body.with_suffix(".json").write_text(json.dumps(headers), encoding="utf-8")
    return body
