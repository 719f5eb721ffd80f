"""The admin as an editor meets it: its name, and an index grouped by what things are for, not by app."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest

# Group → the models in it, in the order of the list. What is named nowhere comes under "Andet".
GROUPS: dict[str, tuple[str, ...]] = {
    "Vejledning": ("Theme", "Guideline", "Instruction", "Principle", "Situation"),
    "Opslag": ("Act", "GlossaryTerm", "Resource", "Actor", "Source"),
    "Drift": ("Tombstone",),
    "Brugere": ("User", "Group"),
}


class EditorialSite(AdminSite):
    site_title = "Hjemvej: redaktion"
    site_header = "Hjemvej: redaktion"
    index_title = "Hvad vil du rette?"

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Django's list regrouped; the page of a single app stays as it is."""
        apps = super().get_app_list(request, app_label)
        if app_label:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        groups = [
            {
                "name": title,
                "app_label": title.lower(),
                "models": [models.pop(name) for name in names if name in models],
            }
            for title, names in GROUPS.items()
        ]
        groups.append({"name": "Andet", "app_label": "andet", "models": list(models.values())})
        return [group for group in groups if group["models"]]


def _group(title: str, models: list[Any]) -> dict[str, Any]:
    return {"name": title, "app_label": title.lower(), "models": models}


class EditorialAdminConfig(AdminConfig):
    default_site = "content.admin_site.EditorialSite"
