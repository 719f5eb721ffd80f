"""What Prometheus is told of the site as a whole, looked up when it asks."""

from collections.abc import Iterator

from django.db import DatabaseError, connection, connections
from django.db.models import Count
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from content import databases
from content.edition import code_version
from content.models import ContentVersion
from editorial.models import Revision
from operations import readiness


class SiteNumbers(Collector):
    """Gauges of the content and of the checks of `/readyz`. Without a database only the checks have values."""

    def describe(self) -> list[Metric]:
        """Nothing: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        try:
            with databases.reader():
                yield _info()
                yield _checks()
                yield from _content()
        except DatabaseError:
            # Told by the check of the database.
            return
        finally:
            # This thread ends with the answer, and its connections would stay.
            connections.close_all()


def _info() -> Metric:
    info = GaugeMetricFamily("hjemvej_info", "What is running.", labels=["code", "database"])
    info.add_metric([code_version(), connection.vendor], 1)
    return info


def _checks() -> Metric:
    checks = GaugeMetricFamily("hjemvej_check", "1 where a check of /readyz holds, else 0.", labels=["check"])
    problems = {**readiness.failures(), **readiness.concerns()}
    for name in (*readiness.CHECKS, *readiness.CONCERNS):
        checks.add_metric([name], int(name not in problems))
    return checks


def _content() -> Iterator[Metric]:
    yield GaugeMetricFamily("hjemvej_content_version", "Raised with each change.", value=ContentVersion.current())
    revisions = GaugeMetricFamily("hjemvej_open_revisions", "Texts being worked on, by state.", labels=["state"])
    for state, number in Revision.objects.open().values_list("state").annotate(Count("pk")).order_by():
        revisions.add_metric([state], number)
    yield revisions
    yield GaugeMetricFamily("hjemvej_due_publications", "Planned texts whose day has come.", value=len(readiness.due()))
