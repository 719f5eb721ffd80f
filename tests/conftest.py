"""What all tests share: which tests belong to which database, and hypothesis without chance or clocks."""

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# The same examples in every run, and no deadline: a red test means a changed program, not a slow machine or
# bad luck.
hypothesis_settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("steady")

pytest_plugins = ["tests.content_fixtures"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that have nothing to say on the database of this run."""
    on_postgres = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    foreign = "sqlite" if on_postgres else "postgres"
    left_out = [item for item in items if item.get_closest_marker(foreign)]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker(foreign)]
        config.hook.pytest_deselected(items=left_out)
