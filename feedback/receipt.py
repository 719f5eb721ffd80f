"""The signed slip in a form: which page it asks about, and when it was handed out.

It stands where a cookie against forgery would stand elsewhere. There is no account that a forged reply could
misuse; what is to be kept out is machines, and those are too quick, or come without a slip.
"""

from django.core.signing import BadSignature, TimestampSigner

SHORTEST_SECONDS = 3
LONGEST_SECONDS = 24 * 3600

signer = TimestampSigner(salt="feedback.receipt")


def receipt_for(page: str) -> str:
    return signer.sign(page)


def is_valid(receipt: str, page: str) -> bool:
    """Whether we made it for this page, and not too long ago."""
    return _page(receipt, LONGEST_SECONDS) == page


def is_too_fresh(receipt: str) -> bool:
    """Whether it was handed out so shortly ago that nobody can have read and answered."""
    return _page(receipt, SHORTEST_SECONDS) is not None


def _page(receipt: str, max_age: int) -> str | None:
    try:
        return signer.unsign(receipt, max_age=max_age)
    except BadSignature:
        return None
