"""Accounts and visits to the account pages, as the tests of this folder make them."""

import base64
import hashlib
import hmac
import re
import struct
import time
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client

LOGIN = "/admin/konto/log-ind/"
CODE = "/admin/konto/log-ind/kode/"
ACCOUNT = "/admin/konto/"
PASSWORD = "en-lang-sætning-27"


def make_user(name: str = "anna", *permissions: str, **fields: Any) -> User:
    """A member of staff with an address and the permissions named by their codenames."""
    fields = {"is_staff": True, "email": f"{name}@example.dk", "password": PASSWORD, **fields}
    user = User.objects.create_user(name, **fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def sign_in(client: Client, name: str = "anna", password: str = PASSWORD, next_page: str = "", **headers: Any) -> Any:
    """The answer to the form sent with a name and a password."""
    fields = {"login": name, "password": password, **({"next": next_page} if next_page else {})}
    return client.post(LOGIN, fields, headers=headers)


def is_in(client: Client) -> bool:
    """Whether the client's session gets it to the admin's front page."""
    return client.get("/admin/").status_code == 200


def totp(secret: str, steps: int = 0) -> str:
    """The code that an app shows for `secret` now, or `steps` half-minutes from now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def set_up_app(client: Client) -> str:
    """Switch the app on for whoever is signed in to `client`; the secret that the app then knows."""
    page = client.get("/admin/konto/app/", follow=True)
    if page.request["PATH_INFO"] != "/admin/konto/app/":
        page = client.post(page.request["PATH_INFO"] + "?next=/admin/konto/app/", {"password": PASSWORD}, follow=True)
    found = re.search(r'class="secret">([A-Z2-7]+)<', page.content.decode())
    assert found, "no secret on the page"
    answer = client.post("/admin/konto/app/", {"code": totp(found[1])})
    assert answer.status_code == 302, answer.content.decode()
    return found[1]
