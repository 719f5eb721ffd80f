"""The server answers several readers at once, each in a thread of its own."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from search.stems import stem

# Made up, so that nothing else has asked for them before and every stem is found by the stemmer itself.
WORDS = [
    f"{first}{second}{ending}"
    for first in ("bolig", "kommune", "herberg", "ophold", "handle")
    for second in ("indsats", "planlægger", "rådgiv", "visit", "samarbejd", "udred", "støtt")
    for ending in ("erne", "ernes", "ende", "heden", "elser", "elsens", "eren", "erens")
]


@pytest.fixture
def _hurried_threads() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_hurried_threads")
def test_readers_who_search_at_once_do_not_get_each_others_stems() -> None:
    alone = [stem.__wrapped__(word) for word in WORDS]

    with ThreadPoolExecutor(6) as pool:
        for together in pool.map(lambda _: [stem.__wrapped__(word) for word in WORDS], range(24)):
            assert together == alone
