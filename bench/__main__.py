"""`make bench`: measure, and print tables. Nothing is asserted: machines differ, only the ratios travel.

Every server has one worker process, which has a processor to itself where there are two or more. Rounds take turns, and
the table has their medians: requests per second, and the ratio of the processor time that the servers took for each.

  pages     (a)–(c)  a guideline page against a bare Django view that returns the same bytes
  nginx     (d)      the same through the cache of the nginx of deploy/, against the bytes as a file
  load      (e), (f) searches with filters, and a mixed load for a minute, on both databases
  growth    (g)      a page with 10 and 100 times the content
  wagtail   (h)      the same texts as pages of a plain Wagtail site, installed for it
  search             both engines over many times the documents, beside their stock search; named alone, the most
"""

import argparse
import signal
import sys
from contextlib import ExitStack

from bench import edge, growth, load, pages, peer, searching, servers
from bench.scenarios import Effort
from bench.sites import Sites
from bench.table import Finding, Note, print_findings
from scripts.console import Stop, say

PARTS = {"pages": pages, "nginx": edge, "load": load, "growth": growth, "wagtail": peer}
SEARCH = "search"


def main() -> None:
    options = _options()
    if sys.platform != "linux":
        sys.exit("The benchmark reads processor time and memory from /proc, which only Linux has.")
    # Ended from outside, it ends what it started, as it does when interrupted.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = [name for name in PARTS if name in options.parts]
    if chosen:
        print_findings(_measure(chosen, Effort(options.rounds, options.seconds, options.clients)))
    if SEARCH in options.parts:
        searching.measure(options.documents, alone=options.parts == [SEARCH])


def _measure(chosen: list[str], effort: Effort) -> list[Finding]:
    findings: list[Finding] = []
    cores = "a processor of its own" if servers.SEPARATE else "the same processor as the client"
    findings.append(
        Note(f"Medians of {effort.rounds} rounds of {effort.seconds} s, {effort.clients} connections, {cores}.")
    )
    with ExitStack() as stack:
        sites = Sites(stack)
        servers.keep_client_apart()
        for name in chosen:
            say(f"Measuring: {name}")
            try:
                findings += PARTS[name].measure(sites, effort)
            except Stop as reason:
                findings.append(Note(f"The part {name} was NOT MEASURED: {reason}"))
    return findings


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    known = [*PARTS, SEARCH]
    parser.add_argument("parts", nargs="*", default=known, metavar="PART", help=f"of {', '.join(known)}; else all")
    parser.add_argument("--seconds", type=int, default=2, help="length of each measurement")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is repeated")
    parser.add_argument("--clients", type=int, default=4, help="connections at once")
    parser.add_argument("--documents", type=int, help="indexed documents for the part search, on both engines")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(known):
        parser.error(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(known)}.")
    return options


if __name__ == "__main__":
    main()
