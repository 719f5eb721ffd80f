"""What a browser would send: the fields of the admin's form as they stand on the page."""

from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from accounts.groups import ADMINISTRATOR, APPROVER
from editorial.models import Revision, Significance
from editorial.publishing import approve
from editorial.revisions import submit
from library.models import Record
from tests.editorial.writing import approver

Fields = dict[str, Any]


def editor_client() -> Client:
    """A signed-in member of the group that may edit everything."""
    user = User.objects.create_user("redaktoer", password="hemmelig", is_staff=True)
    user.groups.add(*Group.objects.filter(name__in=[APPROVER, ADMINISTRATOR]))
    client = Client()
    client.force_login(user)
    return client


def change_address(record: Record) -> str:
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_change", args=[record.pk])


def add_address(model: type[Record]) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_add")


def fields_of(client: Client, address: str) -> Fields:
    """The form at `address` as it would be sent without touching it."""
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return fields_in(response)


def fields_in(response: Any) -> Fields:
    """The form on a page as it would be sent without touching it."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    return reader.fields


def save(client: Client, address: str, /, **changes: Any) -> Any:
    """Open the form at `address`, change some fields, press save. `a__b` in a name stands for `a-b`.

    A text is saved as a draft; `publish` is what brings it to readers.
    """
    fields = fields_of(client, address)
    fields |= {name.replace("__", "-"): value for name, value in changes.items()}
    response = client.post(address, fields, follow=True)
    assert response.status_code == 200
    return response


def publish(record: Record | None = None) -> Revision:
    """Send the only open draft (or that of `record`) for approval, and approve it as somebody else."""
    drafts = Revision.objects.open()
    draft = drafts.of(record.kind, record.slug).get() if record else drafts.get()
    Revision.objects.filter(pk=draft.pk).update(significance=Significance.MINOR, public_note="Gjort tydeligere.")
    submit(draft.pk, edition=draft.edition)
    return approve(draft.pk, approver("en-anden"), edition=draft.edition)


def errors_of(response: Any) -> dict[str, list[str]]:
    """Field → messages, "__all__" for those of the whole form: why it was not saved, or cannot be published so."""
    context = response.context or {}
    if "adminform" not in context:
        return {}
    return {name: list(messages) for name, messages in context["adminform"].form.errors.items()}


class _FormReader(HTMLParser):
    """Collects the successful controls of the page's one large form, as HTML calls them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: Fields = {}
        self._select = self._textarea = ""
        self._in_template = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        attrs = dict(attributes)
        name = attrs.get("name") or ""
        if tag == "template":
            self._in_template = True
        elif self._in_template:
            return
        elif tag == "input" and name and attrs.get("type") not in ("submit", "button"):
            self._add_input(name, attrs)
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
            self.fields.setdefault(name, [])
        elif tag == "option" and self._select and "selected" in attrs:
            self.fields[self._select].append(attrs.get("value") or "")

    def _add_input(self, name: str, attrs: dict[str, str | None]) -> None:
        if attrs.get("type") in ("checkbox", "radio"):
            if "checked" in attrs:
                self.fields.setdefault(name, []).append(attrs.get("value") or "on")
        else:
            self.fields[name] = attrs.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._in_template = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._textarea:
            # HTML leaves out the line break that stands right after <textarea>.
            self.fields[self._textarea] = self.fields[self._textarea].removeprefix("\n")
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea and not self._in_template:
            self.fields[self._textarea] += data
