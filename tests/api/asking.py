"""Asking the API as a program does."""

from typing import Any

from django.test import Client

ROOT = "/api/v1"


def ask(address: str, status: int = 200) -> Any:
    """The JSON at an address below the root, which must answer with `status`."""
    response = Client().get(f"{ROOT}{address}")
    assert response.status_code == status, f"{address}: {response.status_code} {response.content[:300]!r}"
    assert response["Content-Type"].startswith("application/json")
    return response.json()
