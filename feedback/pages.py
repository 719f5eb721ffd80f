"""The pages that readers can be asked about."""

from library.models import Provision, Record

HOME = "/"
_LONGEST = 300


def page_title(address: str) -> str | None:
    """What the page at `address` is called; None where no page is that one can answer about.

    Nothing else is ever stored as the address of a reply, so that nobody can write in that field.
    """
    if address == HOME:
        return "Hjemvej"
    if len(address) > _LONGEST or not address.isprintable():
        return None
    title: str | None = Record.objects.filter(address=address).values_list("title", flat=True).first()
    if title is not None:
        return title
    act, _, key = address.rstrip("/").rpartition("/")
    provision = Provision.objects.with_act().filter(act__address=f"{act}/", key=key).first()
    return str(provision) if provision and provision.get_absolute_url() == address else None
