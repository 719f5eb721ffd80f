"""`make bench`: measure, and print tables. Nothing is asserted: machines differ, only the ratios travel.

The real site with the real content, and a bare Django view that returns the same bytes, each under the application
server that production uses, one worker each. Rounds take turns, and the table has their medians. Then both search
engines over a corpus many times as large; named alone, the part "search" measures the largest.
"""

import argparse
import json
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from bench import client, searching, servers, table
from bench.scenarios import Result, Scenario, search_requests
from scripts import instance

PARTS = ("pages", "search")
PAGE = "/retningslinjer/forebyggelse/generel-forebyggelse/"


def main() -> None:
    options = _options()
    if "pages" in options.parts:
        _measure_pages(options)
    if "search" in options.parts:
        searching.measure(options.documents, alone=options.parts == ["search"])


def _measure_pages(options: argparse.Namespace) -> None:
    if sys.platform != "linux":
        sys.exit("The benchmark reads processor time and memory from /proc, which only Linux has.")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="hjemvej-bench-"))
        site = {"HJEMVEJ_VAR": folder, "DEBUG": "0", "DATABASE_URL": "", "LOG_LEVEL": "ERROR"}
        instance.prepare(site)

        def serve(application: str, environment: dict[str, str]) -> servers.Server:
            server = servers.Server(application, environment)
            stack.callback(server.stop)
            return server

        kept = serve("config.wsgi:application", {**site, "PAGE_CACHE": "1"})
        made = serve("config.wsgi:application", {**site, "PAGE_CACHE": "0"})
        answer = client.fetch(kept.port, options.page)
        bare = serve("bench.bare:application", {"BARE_PAGE": _captured(answer, Path(folder))})
        servers.keep_client_apart()
        _measure(options, answer, bare, kept, made)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--page", default=PAGE, help="the guideline page that is measured")
    parser.add_argument("--seconds", type=float, default=2, help="length of each measurement")
    parser.add_argument("--rounds", type=int, default=7, help="how often each is repeated")
    parser.add_argument("--clients", type=int, default=4, help="connections at once")
    parser.add_argument("--documents", type=int, help="indexed documents for the part search, on both engines")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    return options


def _captured(answer: client.Answer, folder: Path) -> str:
    """Files with the body of `answer` and the headers that say what it is; gives the path of the first."""
    if answer.status != 200:
        sys.exit(f"The page to be measured answers {answer.status}.")
    body = folder / "page.bin"
    body.write_bytes(answer.body)
    wanted = ("content-type", "content-encoding", "content-length")
    headers = {name: answer.headers[name] for name in wanted if name in answer.headers}
    body.with_suffix(".json").write_text(json.dumps(headers), encoding="utf-8")
    return str(body)


def _measure(
    options: argparse.Namespace,
    answer: client.Answer,
    bare: servers.Server,
    kept: servers.Server,
    made: servers.Server,
) -> None:
    page = client.request(options.page)
    known = client.request(options.page, {"If-None-Match": answer.headers["etag"]})
    scenarios = [
        Scenario("bare Django view, same bytes", bare, [client.request("/")], 200),
        Scenario("guideline page from the page cache", kept, [page], 200, target=0.6),
        Scenario("guideline page, not modified", kept, [known], 304, target=0.9),
        Scenario("guideline page from the database", made, [page], 200, target=0.2),
    ]
    before = [scenario.server.megabytes() for scenario in scenarios]
    results: list[list[Result]] = [[] for _ in scenarios]
    for number in range(options.rounds + 1):
        for scenario, own in zip(scenarios, results, strict=True):
            result = scenario.run(options.seconds, options.clients)
            if number:  # the first round warms up
                own.append(result)
    encoding = answer.headers.get("content-encoding", "not compressed")
    print(f"\n{options.page}: {len(answer.body):,} bytes, {encoding}; {options.clients} connections,")
    print(f"medians of {options.rounds} rounds of {options.seconds:g} s; memory in MB before and after\n")
    table.print_ratios(scenarios, results, before)
    searches = {count: client.load(made.port, search_requests(), options.seconds * 3, count) for count in (1, 8)}
    table.print_searches(searches)


if __name__ == "__main__":
    main()
