"""A round of all addresses that are due: hosts side by side, the addresses of one host one after the other."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from linkcheck.asking import Asker, Finding
from linkcheck.collecting import holders
from linkcheck.models import MOST_SIGNS, ExternalLink, Outcome

HOSTS_AT_ONCE = 8


class OfflineError(Exception):
    """No server at all could be reached: the fault is ours, and says nothing about any address."""


def check(asker: Asker, max_age: timedelta) -> Counter[str]:
    """Ask for every address that was not asked for within `max_age`, and forget those that no text holds any more.

    Gives how many there are of each outcome, and how many were asked for as "asked". What has been found is stored as
    the round goes on, so that a round that is stopped is not lost. Raises OfflineError.
    """
    known = set(holders())
    gone = ExternalLink.objects.exclude(url__in=known)
    gone.delete()
    fresh = ExternalLink.objects.filter(checked_at__gt=timezone.now() - max_age).values_list("url", flat=True)
    due = known - set(fresh)
    waiting = _store_as_they_come(_ask(asker, due))
    if waiting and not _is_online(asker):
        raise OfflineError
    for url, finding in waiting:
        _store(url, finding)
    counts = Counter(ExternalLink.objects.values_list("outcome", flat=True))
    return Counter({"asked": len(due), **counts})


def _ask(asker: Asker, urls: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for url in sorted(urls):
        by_host[urlsplit(url).netloc].append(url)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        rounds = [pool.submit(_ask_host, asker, group) for group in by_host.values()]
        for done in as_completed(rounds):
            yield from done.result()


def _ask_host(asker: Asker, urls: Iterable[str]) -> list[tuple[str, Finding]]:
    return [(url, asker.ask(url)) for url in urls]


def _store_as_they_come(findings: Iterable[tuple[str, Finding]]) -> list[tuple[str, Finding]]:
    """Give back those that reached no server, unless some other of the round did: it may be us who are cut off."""
    waiting = []
    anyone_reached = False
    for url, finding in findings:
        anyone_reached = anyone_reached or finding.reached
        if finding.reached:
            _store(url, finding)
        else:
            waiting.append((url, finding))
    if not anyone_reached:
        return waiting
    for url, finding in waiting:
        _store(url, finding)
    return []


def _is_online(asker: Asker) -> bool:
    """Whether any of the addresses that worked last still has a server."""
    lately = ExternalLink.objects.filter(outcome=Outcome.WORKS).order_by("-checked_at")[:3]
    return any(asker.ask(link.url).reached for link in lately)


def _store(url: str, finding: Finding) -> None:
    row = ExternalLink.objects.filter(url=url).first() or ExternalLink(url=url)
    row.outcome, row.status, row.finding = finding.outcome, finding.status, finding.text
    row.final_url = finding.final_url[:MOST_SIGNS]
    row.checked_at = timezone.now()
    if finding.outcome == Outcome.WORKS:
        row.dead_since = None
    elif finding.outcome == Outcome.DEAD and row.dead_since is None:
        row.dead_since = row.checked_at
    row.save()
