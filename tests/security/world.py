"""Something of everything that has an address, and somebody of each kind that may ask for it."""

from dataclasses import replace
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.contrib.admin import site
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from accounts import audit, strong
from accounts.groups import ADMINISTRATOR, APPROVER, EDITOR
from accounts.models import Action
from content.plan import record_of
from content.registry import MODELS
from editorial.models import Revision
from feedback.models import Reply
from images.cleaning import clean
from images.files import keep
from library.models import Source, Tombstone
from linkcheck.models import ExternalLink, Outcome
from markup.kinds import Kind
from search.models import SearchCount, Synonym
from tests.accounts.visiting import PASSWORD
from tests.editorial.writing import changed, drafted, editor, submitted
from tests.images.pictures import picture

NEW = "ny-tekst-paa-vej"


# Role → the account of one: its groups, or what else sets it apart; None for somebody without an account.
ROLES: dict[str, dict[str, Any] | None] = {
    "stranger": None,
    "member": {"is_staff": False},
    "staff": {},
    "editor": {"group": EDITOR},
    "approver": {"group": APPROVER},
    "administrator": {"group": ADMINISTRATOR},
    "superuser": {"is_superuser": True},
    "no-factor": {"group": ADMINISTRATOR},
}


def visitor(role: str) -> Client:
    """Somebody of the role, signed in with a second factor where the role's name does not say otherwise."""
    client, traits = Client(), ROLES[role]
    if traits is None:
        return client
    fields = {"is_staff": True, **traits}
    groups = Group.objects.filter(name=fields.pop("group", ""))
    user = User.objects.create_user(role, password=PASSWORD, **fields)
    user.groups.set(groups)
    client.force_login(user)
    if role != "no-factor":
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        session = client.session
        strong.mark(session, user, strong.FACTOR)
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def make_world() -> dict[str, object]:
    """Name → what stands for it in an address of the table: an object of each kind that the admin shows, and more."""
    other = User.objects.create_user("en-anden")
    RecoveryCodes.activate(other)
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Nøgle"})
    audit.record(Action.SIGNED_IN, actor=other)
    Reply.objects.create(page="/", helpful=True, text="Tak")
    SearchCount.objects.create(text="fogeden", hits=3)
    Synonym.objects.create(term="ordpaaproeve", means="herberg")
    Tombstone.objects.create(address="/begreber/gammelt/", title="Gammelt")
    ExternalLink.objects.create(
        url="https://example.dk/", outcome=Outcome.DEAD, finding="404", checked_at=timezone.now()
    )
    image = keep(clean(picture()), "Et hus")
    revision = submitted(drafted(changed(Kind.SOURCE, Source.objects.order_by("pk")[0].slug, add="En sætning til.")))
    names: dict[str, object] = {model._meta.model_name or "": _first(model) for model in site._registry}
    names |= {f"{kind}-draft": _new_draft(kind).pk for kind in Kind}
    names |= {
        "user": other.pk,
        "key": key.pk,
        "revision": revision.pk,
        "version": Revision.objects.public().of(Kind.GLOSSARY, "herberg").get().content_version,
        "image-name": image.name,
        "type": ContentType.objects.get_for_model(MODELS[Kind.GLOSSARY]).pk,
    }
    return names


def _first(model: type[Model]) -> object:
    return model._default_manager.order_by("pk").values_list("pk", flat=True).first()


def _new_draft(kind: Kind) -> Revision:
    """A draft of a text that readers have nothing of yet."""
    record = record_of(MODELS[kind].objects.order_by("pk")[0])
    return drafted(replace(record, slug=NEW), editor())
