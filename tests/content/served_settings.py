"""The settings of the tests, with the tiny site of the page cache's tests at its addresses, for a server of its own."""

from tests.settings import *  # noqa: F403 - the same settings but for the addresses

ROOT_URLCONF = "tests.content.cache_urls"
