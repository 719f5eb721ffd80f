"""How often one may write: counted for minutes in the memory of the process, under a name that leads to nobody."""

import hashlib
import secrets
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import timezone

from feedback.models import Reply

MOST_PER_SENDER = 5
SENDER_SECONDS = 10 * 60
# Whoever has many addresses shall not fill the database either.
MOST_PER_DAY = 500

# Made anew with the process and kept nowhere: no name can be traced back to an address, nor followed for long.
_KEY = secrets.token_bytes(32)


def may_write(request: HttpRequest) -> bool:
    """Whether one more reply is taken from where `request` comes from; asking counts."""
    if Reply.objects.filter(day=timezone.localdate()).count() >= MOST_PER_DAY:
        return False
    name = hashlib.blake2b(_network(request).encode(), key=_KEY, digest_size=16).hexdigest()
    key = f"feedback:{name}"
    cache = caches["memory"]
    if cache.add(key, 1, SENDER_SECONDS):
        return True
    try:
        return cache.incr(key) <= MOST_PER_SENDER
    except ValueError:
        # The count ran out between the two questions.
        return True


def _network(request: HttpRequest) -> str:
    """The sender's address; of IPv6 the part that one household has, as it has countless addresses."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    # The last one is what our own proxy saw; those before it are hearsay.
    text = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text
    return str(address if address.version == 4 else ip_network((address, 64), strict=False))
